/** What a refutation shows: the statement, the numbers, both sides, as text and in TeX. */

import { name as nameOf, type Statement } from "../language/expression.js";
import { printStatement } from "../language/print.js";
import { texOf, texStatement } from "../world/tex.js";
import type { World } from "../world/world.js";
import type { Counterexample } from "./counterexampleText.js";
import {
  functionTexts,
  isSmall,
  matrixName,
  matrixText,
  notForEvery,
  numberText,
} from "./counterexampleText.js";
import type { ShownMatrix } from "./shownNumbers.js";
import { sigmas } from "./sigmas.js";
import { type Suggestion, suggestionText } from "./suggestions.js";

/** A piece of a line: words, or TeX. */
export type RefutationPiece = string | { readonly tex: string };

export interface RefutationRecord {
  readonly statement: { readonly text: string; readonly tex: string };
  /** What stands below the statement, as text. */
  readonly text: string;
  /** The same line by line. */
  readonly lines: readonly (readonly RefutationPiece[])[];
}

/** Why a statement does not hold. */
export interface Refuted {
  readonly why: string;
  readonly counterexample?: Counterexample;
  readonly suggestions: readonly Suggestion[];
}

export function recordOfRefutation(world: World, statement: Statement, refuted: Refuted): RefutationRecord {
  const { why, counterexample, suggestions } = refuted;
  const repairs = suggestions.map((one) => `Did you mean (verified): ${suggestionText(one)}`);
  const lines = counterexample ? numberLines(world, counterexample) : [[why]];
  return {
    statement: { text: printStatement(statement), tex: texStatement(world, statement) },
    text: [why, ...repairs].map((line) => `  ${line}`).join("\n"),
    lines: [...lines, ...repairs.map((line) => [line])],
  };
}

function numberLines(world: World, found: Counterexample): RefutationPiece[][] {
  const { sides, entry, left, right, matrices, modulo } = found;
  const at = Object.entries(found.sizes).map(([size, value]) => `${texOf(world, nameOf(size))} = ${value}`);
  const place: RefutationPiece[] = [
    `entry (${entry.join(", ")}) is `,
    { tex: numberText(left) },
    " on the left, ",
    { tex: numberText(right) },
    ` on the right${modulo === undefined ? "" : ` (modulo ${modulo})`}`,
  ];
  const lines: RefutationPiece[][] = [
    at.length > 0 ? [{ tex: at.join(",\\ ") }] : [],
    ...matrices.map((one) => named(world, one)),
    ...functionTexts(found).map(functionPieces),
    sides.left.length * (sides.left[0]?.length ?? 0) > 1
      ? ["left side ", matrixPiece(sides.left, entry), ", right side ", matrixPiece(sides.right, entry)]
      : [],
    place,
  ];
  return lines.filter((line) => line.length > 0);
}

function functionPieces(text: string): RefutationPiece[] {
  const sigma = sigmas.find((one) => text === notForEvery + one.text);
  return sigma ? [notForEvery, { tex: sigma.tex }] : [text];
}

/** Z^{2} = [1, 0] */
function named(world: World, one: ShownMatrix): RefutationPiece[] {
  const letter = texOf(world, nameOf(one.name));
  const own = one.instance === undefined ? letter : letter.replace(/i\}$/, `${one.instance}}`);
  const isOwn = letter.startsWith("\\frac"); // the gradient of a loss, which functions call by its name
  if (isSmall(one.rows) && isOwn)
    return [`${matrixName(one)} = `, { tex: `${own} = ` }, matrixPiece(one.rows)];
  if (isSmall(one.rows)) return [{ tex: `${own} = ` }, matrixPiece(one.rows)];
  return [`${matrixName(one)} = ${matrixText(one.rows)}`];
}

/** In full where it is small, with a box around the entry. */
function matrixPiece(rows: ShownMatrix["rows"], boxed?: readonly [number, number]): RefutationPiece {
  if (!isSmall(rows)) return matrixText(rows);
  const cell = (x: number, i: number, j: number) =>
    boxed && boxed[0] === i + 1 && boxed[1] === j + 1 ? `\\boxed{${numberText(x)}}` : numberText(x);
  const lines = rows.map((row, i) => row.map((x, j) => cell(x, i, j)).join(" & "));
  return { tex: `\\begin{bmatrix} ${lines.join(" \\\\ ")} \\end{bmatrix}` };
}
