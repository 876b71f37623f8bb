/** What a text displays under the name of an equation, compared with what is certified under that name. */

import { declare } from "../symbolic/declare/declare.js";
import type { Expression, Statement } from "../symbolic/language/expression.js";
import { ParseError, parse, parseStatement } from "../symbolic/language/parse.js";
import { equal } from "../symbolic/language/polynomial.js";
import { print, printStatement } from "../symbolic/language/print.js";
import { derivativeName, readTex, unwrittenSize } from "../symbolic/world/readTex.js";
import { ShapeError, shapeOf, sizeOf } from "../symbolic/world/shapes.js";
import { texStatement } from "../symbolic/world/tex.js";
import { TexError, texWords } from "../symbolic/world/texWords.js";
import type { World } from "../symbolic/world/world.js";
import { WrittenNames } from "../symbolic/world/writtenNames.js";
import { says } from "./displayForms.js";

/** Whether a display says what is certified. */
export interface DisplayComparison {
  /** Whether the display says what is certified, or something else, or could not be read. */
  readonly result: "same" | "differs" | "not compared";
  /** What the display says, as it was read; or what in it cannot be read. */
  readonly why: string;
}

/**
 * Compares a display in LaTeX, without its tag, with a certified statement, by the certificate's declarations. The same is
 * what is set alike, what is equal side by side for all sizes, and
 *
 * - S = E, where S is not declared, and E, or vec(E), is a side of the statement;
 * - vec(S) = E, or G v = E, where one name is not declared, and stands in the place of a part of the statement;
 * - ∂ξ/∂vec(X)ᵀ = E, where the statement says that the differential is E vec(dX);
 * - X ∈ R^{m × n}, where X is declared with that size.
 *
 * A size that is not written, as that of 𝟙ᵀ, is one of the statement's. Throws ParseError or ShapeError for a certificate
 * that cannot be read.
 */
export function compareDisplay(
  tex: string,
  certified: { readonly declarations: string; readonly statement: string },
): DisplayComparison {
  const world = declare(certified.declarations);
  const statement = parseStatement(certified.statement);
  const display = tex.replace(/[.,;\s]+$/, "");
  try {
    const words = texWords(display);
    if (words.join("") === texWords(texStatement(world, statement)).join(""))
      return { result: "same", why: printStatement(statement) };
    return compareRead(world, readDisplay(world, display), statement);
  } catch (error) {
    if (error instanceof TexError || error instanceof ParseError || error instanceof RangeError)
      return { result: "not compared", why: shortened(error.message) };
    throw error;
  }
}

/** A display as it was read: one side or two, and the size that it says the last one has. */
interface Display {
  readonly sides: readonly Expression[];
  readonly size: readonly Expression[] | undefined;
}

const inSpace = /^(.*?)\\in(?![A-Za-z])\s*(?:\\mathbb\s*\{\s*R\s*\}|R)\s*\^\s*\{(.*)\}$/s;

/** Throws TexError, ParseError, or RangeError where it nests too deeply. */
function readDisplay(world: World, tex: string): Display {
  const [, said = tex, space] = inSpace.exec(tex) ?? [];
  const names = new WrittenNames(world);
  const sides = readTex(said, names).replace(":=", "=").split("=");
  if (sides.length > 2) throw new TexError(`${sides.length - 1} signs of equality`);
  if (sides.length < 2 && space === undefined) throw new TexError("no sign of equality");
  const sizes = space?.split("\\times").map((size) => readTex(size, names)) ?? [];
  const read = names.declared([...sides, ...sizes].map(parse));
  return {
    sides: read.slice(0, sides.length),
    size: space === undefined ? undefined : read.slice(sides.length),
  };
}

function compareRead(world: World, { sides, size }: Display, certified: Statement): DisplayComparison {
  const [left, right] = sides;
  const why = shortened(
    `${saidText(sides)}${size === undefined ? "" : ` of size ${size.map(print).join(" × ")}`}`,
  );
  const isOfSize = size === undefined || hasSize(world, sides.at(-1) as Expression, size);
  const isSaid = right === undefined || says(world, { left, right }, certified);
  return { result: isOfSize && isSaid ? "same" : "differs", why };
}

function hasSize(world: World, e: Expression, [rows, cols]: readonly Expression[]): boolean {
  try {
    const shape = shapeOf(world, e);
    const columns = cols === undefined ? parse("1") : cols;
    return equal(shape.rows, sizeOf(world, rows)) && equal(shape.cols, sizeOf(world, columns));
  } catch (error) {
    if (error instanceof ShapeError) return false;
    throw error;
  }
}

function saidText(sides: readonly Expression[]): string {
  return sides
    .map(print)
    .join(" = ")
    .replaceAll(new RegExp(`${unwrittenSize}\\d+`, "g"), "?")
    .replace(new RegExp(`^${derivativeName}\\((\\w+), (.*?)\\) = `), "∂$1/∂$2 = ");
}

const longest = 160;

function shortened(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
