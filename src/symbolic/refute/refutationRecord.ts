/** What a refutation shows: the statement, the numbers, both sides with the entry that differs, and what holds instead. */

import { name as nameOf, type Statement } from "../language/expression.js";
import { parse } from "../language/parse.js";
import { printStatement } from "../language/print.js";
import type { CardPiece, CardRecord, CardSection, Written } from "../world/cardRecord.js";
import { spoken, spokenStatement } from "../world/spoken.js";
import { texMarked, texOf, texStatement } from "../world/tex.js";
import type { World } from "../world/world.js";
import type { Counterexample } from "./counterexampleText.js";
import { functionTexts, matrixName, matrixText, notForEvery, numberText } from "./counterexampleText.js";
import type { ShownMatrix } from "./shownNumbers.js";
import { sigmas } from "./sigmas.js";
import type { Suggestion } from "./suggestions.js";

/** Why a statement does not hold. */
export interface Refuted {
  readonly why: string;
  readonly counterexample?: Counterexample;
  readonly suggestions: readonly Suggestion[];
}

/** What stands beside a statement that is false. */
export const saying = "does not hold";

/** A refutation as a card: for which sizes and numbers, both sides, what holds instead. */
export function recordOfRefutation(world: World, statement: Statement, refuted: Refuted): CardRecord {
  const { why, counterexample, suggestions } = refuted;
  const written = { text: printStatement(statement), tex: texStatement(world, statement) };
  return {
    version: 1,
    kind: "refutation",
    title: [{ ...written, words: spokenStatement(world, statement) }],
    badge: { of: { mark: "fails", caveats: [] }, text: saying },
    sections: [
      ...(counterexample ? numberSections(world, counterexample) : [{ lines: [[why]] }]),
      ...repairs(world, suggestions),
    ],
  };
}

function repairs(world: World, suggestions: readonly Suggestion[]): CardSection[] {
  if (suggestions.length === 0) return [];
  const line = ({ slip, expression }: Suggestion): CardPiece[] => {
    const e = parse(expression);
    return [{ text: expression, tex: texOf(world, e), words: spoken(world, e) }, ` (${slip})`];
  };
  return [{ heading: "Did you mean (verified)", lines: suggestions.map(line) }];
}

function numberSections(world: World, found: Counterexample): CardSection[] {
  const { sides, entry, matrices } = found;
  const isNumber = sides.left.length * (sides.left[0]?.length ?? 0) <= 1;
  const given = [
    ...sizeLine(world, found),
    ...matrices.map((one) => named(world, one)),
    ...functionTexts(found).map(functionPieces),
  ];
  const both: CardPiece[][] = [
    ["left side ", matrixPiece(sides.left, entry)],
    ["right side ", matrixPiece(sides.right, entry)],
  ];
  return [
    ...(given.length > 0 ? [{ heading: "For", lines: given }] : []),
    { heading: "the two sides differ", lines: [...(isNumber ? [] : both), differenceLine(found)] },
  ];
}

function sizeLine(world: World, { sizes }: Counterexample): CardPiece[][] {
  const at = Object.entries(sizes).map(([size, value]) =>
    formula(`${texOf(world, nameOf(size))} = ${value}`, `${size} = ${value}`),
  );
  return at.length === 0 ? [] : [at.flatMap((piece, k) => (k === 0 ? [piece] : [", ", piece]))];
}

function differenceLine({ entry, left, right, modulo }: Counterexample): CardPiece[] {
  const number = (x: number): Written => formula(texMarked(0, numberText(x)), numberText(x));
  const place = `entry (${entry.join(", ")}) is `;
  const counted = modulo === undefined ? "" : ` (modulo ${modulo})`;
  return [place, number(left), " on the left, ", number(right), ` on the right${counted}`];
}

function functionPieces(text: string): CardPiece[] {
  const sigma = sigmas.find((one) => text === notForEvery + one.text);
  return sigma ? [notForEvery, formula(sigma.tex, sigma.text)] : [text];
}

/** Z^{2} = [1, 0] */
function named(world: World, one: ShownMatrix): CardPiece[] {
  const letter = texOf(world, nameOf(one.name));
  const own = one.instance === undefined ? letter : letter.replace(/i\}$/, `${one.instance}}`);
  const isOwn = letter.startsWith("\\frac"); // the gradient of a loss, which functions call by its name
  const equals = formula(`${own} = `, `${matrixName(one)} = `);
  const said = isOwn ? [`${matrixName(one)} = `, equals] : [equals];
  return [...said, matrixPiece(one.rows)];
}

/** As many rows and columns have room on a card. */
const mostSet = 9;

/** In full where there is room, with a box around the entry that differs. */
function matrixPiece(rows: ShownMatrix["rows"], boxed?: readonly [number, number]): CardPiece {
  if (rows.length > mostSet || rows[0].length > mostSet) return matrixText(rows);
  const cell = (x: number, i: number, j: number) =>
    boxed && boxed[0] === i + 1 && boxed[1] === j + 1
      ? texMarked(0, `\\boxed{${numberText(x)}}`)
      : numberText(x);
  const lines = rows.map((row, i) => row.map((x, j) => cell(x, i, j)).join(" & "));
  // A box is wider than its number: among numbers of one width it stands in the middle.
  const isOneWide = new Set(rows.flat().map((x) => numberText(x).length)).size === 1;
  const columns = (isOneWide ? "c" : "r").repeat(rows[0].length);
  const array = `\\begin{array}{${columns}} ${lines.join(" \\\\ ")} \\end{array}`;
  return formula(`\\left[${array}\\right]`, matrixText(rows));
}

/** A formula of numbers, which is said as it is written. */
function formula(tex: string, text: string): Written {
  return { tex, text };
}
