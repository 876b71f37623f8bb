/** What a bench measured, as rows: one per quantity and subject; told as a table or as lines of JSON. */

import { columns } from "./table.js";

/** One quantity of one subject. Times are milliseconds. */
export interface Row {
  readonly bench: string;
  readonly measure: string;
  /** What was measured; the first subject of a measure is ours, and the others are compared with it. */
  readonly subject: string;
  readonly samples: readonly number[];
  /** What came instead of numbers, or beside them. */
  readonly note?: string;
}

/** The middle sample, or the mean of the two in the middle; NaN of none. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((x, y) => x - y);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** A row of `rows` as one finding: median, minimum, the ratio of its median to ours, and its number of runs. */
export function finding(rows: readonly Row[], { samples, ...row }: Row): object {
  const [middle, least] = samples.length > 0 ? [median(samples), Math.min(...samples)] : [null, null];
  const ours = median(first(rows, { samples, ...row }).samples);
  const toOurs = middle === null || Number.isNaN(ours) ? null : middle / ours;
  const numbers = {
    median: rounded(middle),
    minimum: rounded(least),
    ratio: rounded(toOurs),
    runs: samples.length,
  };
  return { ...row, unit: "ms", ...numbers };
}

/** Five digits: more are noise. */
export function rounded<T extends number | null>(value: T): T {
  return (value === null ? null : Number(value.toPrecision(5))) as T;
}

/** All rows for reading: a line per measure and subject, with the ratio of its median to ours. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row === first(rows, row) ? row.measure : "",
    row.subject,
    row.samples.length > 0 ? milliseconds(median(row.samples)) : "—",
    row.samples.length > 0 ? milliseconds(Math.min(...row.samples)) : "—",
    ratio(row, first(rows, row)),
    row.note ?? "",
  ]);
  return columns([["", "", "median ms", "minimum", "÷ ours", ""], ...lines], [2, 3, 4]);
}

function first(rows: readonly Row[], { measure }: Row): Row {
  return rows.find((row) => row.measure === measure)!;
}

function ratio(row: Row, ours: Row): string {
  if (row === ours || row.samples.length === 0 || ours.samples.length === 0) return "";
  return (median(row.samples) / median(ours.samples)).toFixed(2);
}

function milliseconds(value: number): string {
  return value < 100 ? value.toPrecision(3) : value.toFixed(0);
}
