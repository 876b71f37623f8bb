/** What a reader may have meant: names that resemble one that is not declared, and how functions are called. */

import { builtInNames, builtIns, isBuiltIn } from "../language/builtIns.js";
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
  const plain = (name: string) => name.replaceAll("_", "").toLowerCase();
  const ranked = names
    .filter((name) => name[0].toLowerCase() === text[0].toLowerCase())
    .map((name) => ({ name, distance: distance(plain(text), plain(name)) }))
    .filter((near) => near.distance <= (text.length > 3 ? 2 : 1) && near.name.length > near.distance)
    .sort((x, y) => x.distance - y.distance);
  return ranked.length > 0 ? `; did you mean ${ranked[0].name}?` : "";
}

/** How many letters must be put in, left out or changed (Levenshtein's distance). */
function distance(x: string, y: string): number {
  let row = Array.from({ length: y.length + 1 }, (_, k) => k);
  for (let i = 1; i <= x.length; i++) {
    const next = [i];
    for (let j = 1; j <= y.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (x[i - 1] === y[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[y.length];
}
