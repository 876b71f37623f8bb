/** What a reader may have meant: names that resemble one that is not declared, and how functions are called. */

import { builtInNames, builtIns, isBuiltIn } from "../language/builtIns.js";
import { nearestName } from "../language/nearest.js";
import { mapOfMatrix, type World } from "./world.js";

/** "; did you mean Z?", or how a function or a product is written; empty where nothing resembles it. */
export function hintForName(world: World, text: string): string {
  const indexed = /^(I|ones)_(.+)$/.exec(text);
  if (indexed) return `; write ${indexed[1]}(${indexed[2]})`;
  if (isBuiltIn(text)) return `; write ${builtIns[text].form}`;
  if (world.maps.has(text)) return `; ${text} is an index map, write ${text}(Z)`;
  if (world.losses.has(text)) return `; ${text} is a loss, write ${text}(S)`;
  return resembling(text, [...namesOf(world), ...builtInNames]);
}

/** The same for a name that stands before parentheses. */
export function hintForFunction(world: World, text: string): string {
  if (world.matrices.has(text) || mapOfMatrix(world, text))
    return `; ${text} is a matrix, a product is ${text}*(…)`;
  if (world.dimensions.has(text)) return `; ${text} is a size, a product is ${text}*(…)`;
  const usual = others[text];
  if (usual !== undefined) return `; write ${usual}`;
  return resembling(text, [...world.maps.keys(), ...world.losses.keys(), ...builtInNames]);
}

/** What other systems call the same. */
const others: Readonly<Record<string, string>> = {
  transpose: "A'",
  reshape: "mat(v, rows, columns)",
  eye: "I(n)",
  identity: "I(n)",
  norm: "norm2(A), which is ‖A‖²",
  sum: "Sum(A), over the instances, or ones(n)'*A",
  inv: "no inverse: the lecture has none",
  grad: "d(E, X)",
  conv: "phi(Z) of a declared map",
};

function namesOf(world: World): string[] {
  const matrices = [...world.matrices.keys()];
  return [
    ...matrices,
    ...matrices.map((X) => `d${X}`),
    ...[...world.maps.values()].map(({ matrix }) => matrix),
    ...world.dimensions.keys(),
  ];
}

function resembling(text: string, names: readonly string[]): string {
  const meant = nearestName(text, names);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}
