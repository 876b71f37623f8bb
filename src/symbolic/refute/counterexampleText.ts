/** A counterexample in words and numbers, from which a reader calculates it again. */

import { type Sizes, sizesText } from "../sizes/sizes.js";
import type { ShownLoss } from "./shownLosses.js";
import type { ShownMatrix } from "./shownNumbers.js";

/** Where the sides differ, and everything that they are calculated from. */
export interface Counterexample {
  /** The sizes that no other gives, of those that matter. */
  readonly sizes: Sizes;
  /** How many instances a Sum adds up, where no size says it. */
  readonly instances?: number;
  /** Every matrix in full; of what differs from instance to instance, that of each, and i = 1 outside of sums. */
  readonly matrices: readonly ShownMatrix[];
  /** What stands for σ, as "σ(x) = x²". */
  readonly sigma?: string;
  /** What stands for each loss. */
  readonly losses: readonly ShownLoss[];
  /** Whether largest entries are selected; of equal ones the first. */
  readonly selects: boolean;
  /** Both sides in full, row by row. */
  readonly sides: {
    readonly left: readonly (readonly number[])[];
    readonly right: readonly (readonly number[])[];
  };
  /** The first entry, down the columns, that differs; counted from 1. */
  readonly entry: readonly [row: number, col: number];
  readonly left: number;
  readonly right: number;
  /** The prime that the numbers are remainders of, where no whole numbers were found. */
  readonly modulo?: number;
  /** "the two sides differ at m=1 n=2: entry (2, 1) is 1 on the left, 0 on the right", and below it the matrices. */
  readonly text: string;
}

type Rows = readonly (readonly number[])[];

/** Where the sides differ; below it the matrices and functions, and both sides. */
export function counterexampleText(found: Omit<Counterexample, "text">): string {
  const { entry, left, right, sides, matrices } = found;
  const at = [sizesText(found.sizes), instancesText(found)].filter((part) => part !== "").join(", ");
  const values = `entry (${entry.join(", ")}) is ${numberText(left)} on the left, ${numberText(right)} on the right`;
  const modulo =
    found.modulo === undefined ? "" : ` (modulo ${found.modulo}; letters, σ and losses at random)`;
  const lines = [
    `the two sides differ${at === "" ? "" : ` at ${at}`}: ${values}${modulo}`,
    matrices.map((one) => `${matrixName(one)} = ${matrixText(one.rows)}`).join(", "),
    ...functionTexts(found),
    ...(entriesIn(sides.left) > 1
      ? [`left side ${matrixText(sides.left)}, right side ${matrixText(sides.right)}`]
      : []),
  ];
  return lines.filter((line) => line !== "").join("\n  ");
}

/** "Z^2" for that of the second instance. */
export function matrixName({ name, instance }: Pick<ShownMatrix, "name" | "instance">): string {
  return instance === undefined ? name : `${name}^${instance}`;
}

/** What a σ that fails is introduced by: another may not. */
export const notForEvery = "not for every σ: ";

/** What stands for σ and losses, and which entries are selected. */
export function functionTexts({ sigma, losses, selects, matrices }: Omit<Counterexample, "text">): string[] {
  return [
    ...(sigma === undefined ? [] : [notForEvery + sigma]),
    ...losses.map(lossText),
    ...(matrices.some(({ instance }) => instance !== undefined) ? ["outside of a Sum, i is 1"] : []),
    ...(selects ? ["of each window the largest entry is taken, of equal ones the first"] : []),
  ];
}

function instancesText({ instances }: Pick<Counterexample, "instances">): string {
  return instances === undefined ? "" : `${instances} instance${instances === 1 ? "" : "s"}`;
}

/** xi(X) = 1 + vec(G)' vec(X) + ½ vec(X − X0)' H vec(X − X0) */
function lossText({ name, instance, gradientName, constant, hessian, at }: ShownLoss): string {
  const of = instance === 0 ? name : `${name}^${instance}`;
  const linear = `${constant === 0 ? "" : `${constant} + `}vec(${gradientName})'*vec(X)`;
  if (!hessian || !at) return `${of}(X) = ${linear}`;
  const bent = "vec(X - X0)'*H*vec(X - X0)/2";
  return `${of}(X) = ${linear} + ${bent}, vec(X0) = ${matrixText(at.map((x) => [x]))}, H = ${matrixText(hessian)}`;
}

/** How many rows and columns are written in full, and how many entries that are not 0 are listed. */
const small = { side: 6, listed: 12 } as const;

/** "[1, 0; 0, 1]"; of a larger matrix its size and what is not 0, or the size alone. */
export function matrixText(rows: Rows): string {
  if (isSmall(rows)) return `[${rows.map((row) => row.map(numberText).join(", ")).join("; ")}]`;
  const size = `${rows.length} × ${rows[0].length}`;
  const others = rows.flatMap((row, i) =>
    row.flatMap((x, j) => (x === 0 ? [] : [`${numberText(x)} at (${i + 1}, ${j + 1})`])),
  );
  if (others.length > small.listed) return `${size}, not shown`;
  return `0 of ${size}${others.length > 0 ? ` but for ${others.join(", ")}` : ""}`;
}

/** Whether a matrix is written in full. */
function isSmall(rows: Rows): boolean {
  return rows.length <= small.side && rows[0].length <= small.side;
}

export function numberText(x: number): string {
  return String(Number(x.toPrecision(Number.isInteger(x) ? 17 : 6)));
}

function entriesIn(rows: Rows): number {
  return rows.length * (rows[0]?.length ?? 0);
}
