/** Declared names in the lecture's letters: Z_in of every instance is Z^{in,i}, d_in is d_{in}. */

import { greekNames } from "../language/letters.js";
import { type IndexMap, type Loss, mapOfMatrix, matrixNamed, type World } from "./world.js";

/** A declared name: a matrix, a differential dX, the matrix of an index map, a loss's gradient, a size. */
export function texName(world: World, name: string): string {
  for (const loss of world.losses.values()) {
    if (name === loss.gradient) return texGradient(world, loss);
    if (name === loss.hessian) return texHessian(world, loss);
  }
  const matrix = matrixNamed(world, name);
  if (matrix && !world.matrices.has(name)) return `\\mathrm{d}${texName(world, name.slice(1))}`;
  if (matrix) return raised(name, matrix.each);
  const map = mapOfMatrix(world, name);
  return map ? texMapMatrix(map) : texSizeName(name);
}

/** A size: d_{\text{in}}. */
export function texSizeName(name: string): string {
  const { letter, marks } = partsOf(name);
  return marks.length > 0 ? `${letter}_{${marks.join(",")}}` : letter;
}

/** An index map as a function: \phi, \operatorname{pad}, \phi^{1}. */
export function texMap({ name, chosen }: IndexMap): string {
  const { base, marks } = partsOf(name);
  const letter = base.length > 1 && !greekNames.has(base) ? `\\operatorname{${base}}` : texLetter(base);
  return withMarks(letter, marks, chosen);
}

/** P_\phi, and P_{\text{pool}}^{i} where it differs from instance to instance. */
function texMapMatrix({ name, matrix, chosen }: IndexMap): string {
  const { base, marks } = partsOf(name);
  return withMarks(`${matrix[0]}_{${texMark(base)}}`, marks, chosen);
}

/** A loss as a function: \xi, or \xi_{i} where each instance has its own. */
export function texLoss(world: World, { name, gradient }: Loss): string {
  const letter = texSizeName(name);
  return world.matrices.get(gradient)?.each ? `${letter}_{i}` : letter;
}

function texGradient(world: World, loss: Loss): string {
  return `\\frac{\\partial ${texLoss(world, loss)}}{\\partial ${texArgument(world, loss)}}`;
}

function texHessian(world: World, loss: Loss): string {
  const vec = `\\partial \\operatorname{vec}(${texArgument(world, loss)})`;
  return `\\frac{\\partial^{2} ${texLoss(world, loss)}}{${vec} \\, ${vec}^{T}}`;
}

function texArgument(world: World, { argument, gradient }: Loss): string {
  return raised(argument, world.matrices.get(gradient)?.each ?? false);
}

function raised(name: string, each: boolean): string {
  const { letter, marks } = partsOf(name);
  return withMarks(letter, marks, each);
}

function withMarks(letter: string, marks: readonly string[], each: boolean): string {
  const all = each ? [...marks, "i"] : marks;
  return all.length > 0 ? `${letter}^{${all.join(",")}}` : letter;
}

/** W_1 and W1 are the letter W with the mark 1. */
function partsOf(name: string): { base: string; letter: string; marks: string[] } {
  const [first, ...rest] = name.split("_").filter((part) => part !== "");
  const numbered = rest.length === 0 ? /^([A-Za-z]+)(\d+)$/.exec(first) : null;
  const base = numbered ? numbered[1] : first;
  return { base, letter: texLetter(base), marks: (numbered ? [numbered[2]] : rest).map(texMark) };
}

function texLetter(base: string): string {
  if (greekNames.has(base)) return `\\${base}`;
  return base.length > 1 ? `\\mathrm{${base}}` : base;
}

function texMark(mark: string): string {
  if (greekNames.has(mark)) return `\\${mark}`;
  return mark.length > 1 && !/^\d+$/.test(mark) ? `\\text{${mark}}` : mark;
}
