/** What a derived formula is: ∂ξ/∂vec(W)ᵀ, and its kin, as the left side of the last line. */

import type { Expression } from "../symbolic/language/expression.js";
import { equal, one } from "../symbolic/language/polynomial.js";
import type { Written } from "../symbolic/world/cardRecord.js";
import { spoken } from "../symbolic/world/spoken.js";
import { texInParentheses, texOf } from "../symbolic/world/tex.js";
import { texLoss, texName } from "../symbolic/world/texNames.js";
import { matrixNamed, type World } from "../symbolic/world/world.js";

/** A name for what was asked, in all three notations. */
export type LeftSide = Required<Written>;

/** ∂ξ/∂vec(X)ᵀ; what is long stands beside the fraction. */
export function gradientOf(world: World, e: Expression, X: string): LeftSide {
  return derivative(world, texNumber(world, e), e, X);
}

/** ∂vec(E)/∂vec(X)ᵀ. */
export function derivativeOf(world: World, e: Expression, X: string): LeftSide {
  return derivative(world, `\\operatorname{vec}(${texOf(world, e)})`, e, X);
}

/** J vec(dX) as a matrix: the differential along X, Y, …. */
export function alongOf(world: World, e: Expression, X: string | readonly string[]): LeftSide {
  const names = [X].flat();
  const tex = `\\mathrm{d}_{${names.map((name) => texName(world, name)).join(",")}}${texInParentheses(texOf(world, e))}`;
  const text = `d(…, ${names.join(", ")})`;
  return { text, tex, words: `the differential by ${names.join(" and ")} of ${spoken(world, e)}` };
}

/** Jᵀ vec(U). */
export function pulledBackOf(world: World, X: string, U: Expression): LeftSide {
  const J = `J_{${texName(world, X)}}`;
  const words = `J ${X} transposed times vec of ${spoken(world, U)}`;
  return { text: `J_${X}' * vec(U)`, tex: `${J}^{T} \\operatorname{vec}(${texOf(world, U)})`, words };
}

/** The Gauss–Newton product G vec(dX). */
export function gaussNewtonOf(world: World, X: string): LeftSide {
  const tex = `G_{${texName(world, X)}} \\operatorname{vec}(\\mathrm{d}${texName(world, X)})`;
  return { text: `G_${X} * vec(d${X})`, tex, words: `the Gauss-Newton matrix of ${X} times vec of d ${X}` };
}

function derivative(world: World, over: string, e: Expression, X: string): LeftSide {
  const under = `\\partial ${texVec(world, X)}^{T}`;
  const tex =
    over.length <= longestNumerator
      ? `\\frac{\\partial ${over}}{${under}}`
      : `\\frac{\\partial}{${under}} ${texInParentheses(over)}`;
  const words = `the derivative of ${spoken(world, e)} by vec of ${X} transposed`;
  return { text: `d/d(vec(${X})')`, tex, words };
}

/** More than this makes a fraction that nobody reads. */
const longestNumerator = 24;

/** ξ(S) is ξ to a reader who differentiates it. */
function texNumber(world: World, e: Expression): string {
  const loss = e.kind === "apply" ? world.losses.get(e.name) : undefined;
  return loss ? texLoss(world, loss) : texOf(world, e);
}

/** vec(W); a column is its own vec. */
function texVec(world: World, X: string): string {
  const matrix = matrixNamed(world, X);
  const letter = texName(world, X);
  if (matrix && equal(matrix.cols, one)) return /\^/.test(letter) ? `(${letter})` : letter;
  return `\\operatorname{vec}(${letter})`;
}
