/** A matrix as on a slide: its first entries, dots, and its last ones, with symbols for sizes. */

import type { Expression } from "../expression.js";
import { constant, minus, one, type Polynomial, plus, variable, variables, written } from "../polynomial.js";
import { texName } from "../texNames.js";
import type { World } from "../world.js";
import { type Indexed, indexed, nothingShared, type Shared } from "./axes.js";
import { type Digit, digitsOfSize, leaves, OutsideError } from "./digits.js";
import { entryOf } from "./indexForm.js";
import { simplified } from "./solve.js";
import type { Factor, Term } from "./terms.js";

/**
 * The TeX of a matrix whose entries are entries of one declared matrix, as Z, vec(W) or phi(Z): z_{1,1,1} at the top
 * left, with ⋯ and ⋮. An image's entry is written pixel first, z_{i,j,c}, all counted from 1, as the lecture does.
 * Throws OutsideError for an expression whose entries are sums.
 */
export function entryView(world: World, e: Expression): string {
  const shared = nothingShared();
  for (const { name, rowDigits, colDigits } of world.matrices.values()) {
    shared.axes.set(name, { rows: rowDigits.flatMap(digitsOfSize), cols: colDigits.flatMap(digitsOfSize) });
  }
  const node = indexed(world, e, shared);
  const [rows, cols] = [shownPlaces(node.rows), shownPlaces(node.cols)];
  const cell = (row: readonly Polynomial[], col: readonly Polynomial[]) =>
    entryTex(world, node, row, col, shared);
  const lines = rows.map((row) =>
    withDots(
      cols.map((col) => cell(row, col)),
      cols.length > 1 ? "\\cdots" : undefined,
    ),
  );
  const dots = withDots(
    cols.map(() => "\\vdots"),
    cols.length > 1 ? "\\ddots" : undefined,
  );
  const all = rows.length > 1 ? [...lines.slice(0, -1), dots, lines[lines.length - 1]] : lines;
  const columns = "c".repeat(all[0].length);
  return `\\left[\\begin{array}{${columns}}${all.map((line) => line.join(" & ")).join(" \\\\ ")}\\end{array}\\right]`;
}

/** The first value of an index, its second and its last; for an index with a single value just that. */
function shownPlaces(digits: readonly Digit[]): Polynomial[][] {
  const parts = leaves(digits);
  if (parts.length === 0) return [[]];
  const first = parts.map(() => constant(0));
  const second = [constant(1), ...first.slice(1)];
  return [first, second, parts.map(({ size }) => minus(size, one))];
}

function withDots(cells: string[], dots: string | undefined): string[] {
  return dots === undefined ? cells : [...cells.slice(0, -1), dots, cells[cells.length - 1]];
}

function entryTex(
  world: World,
  node: Indexed,
  rows: readonly Polynomial[],
  cols: readonly Polynomial[],
  shared: Shared,
): string {
  let count = 0;
  const at = { rows, cols, instance: variable("instance") };
  const fresh = () => `x${count++}`;
  const terms: Term[] = simplified(entryOf(world, node, at, fresh), { ranges: new Map(), fresh });
  const [term] = terms;
  const [factor] = term?.factors ?? [];
  if (terms.length !== 1 || term.factors.length !== 1 || factor.kind !== "entry" || term.sums.size > 0) {
    throw new OutsideError("an entry that is more than one entry of a declared matrix");
  }
  return factorTex(world, factor, shared);
}

/** z_{i,j,c}: the letter in lower case; of a matrix with one row digit the columns come first. */
function factorTex(
  world: World,
  { name, index }: Extract<Factor, { kind: "entry" }>,
  shared: Shared,
): string {
  const axes = shared.axes.get(name);
  const own = index.filter((place) => !variables(place).includes("instance"));
  const rowCount = axes ? leaves(axes.rows).length : own.length;
  const [rows, cols] = [own.slice(0, rowCount), own.slice(rowCount)];
  const isImage = rows.length === 1 && cols.length === 2;
  const places = (isImage ? [...cols, ...rows] : own).map((place) => placeTex(world, plus(place, one)));
  const letter = texName(world, name).replace(/^[A-Z]/, (capital) => capital.toLowerCase());
  const base = letter.includes("^") ? `{${letter}}` : letter;
  return `${base}_{${places.join(",")}}`;
}

function placeTex(world: World, place: Polynomial): string {
  return written(place, (name) => texName(world, name), " ").replaceAll("−", "-");
}
