/** How a matrix looks: as text, and as LaTeX in brackets; large ones show their corners with ⋯ and ⋮. */

/** The method by which a value says how it looks in a notebook; the name is a convention that Deno's kernel began. */
export const displayKey: unique symbol = Symbol.for("Jupyter.display");

/** The method by which a value says how it looks in a terminal: Node's own name. */
export const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/**
 * By which a value answers the view that shows it: `{ about, answer(question) }`, where `about` is the name that its
 * payload has for it.
 */
export const answersKey: unique symbol = Symbol.for("philab.answers");

/**
 * By which a value shows a list that begins with it: it is given the list's entries, each with its name in an object, and
 * gives the bundle of all; undefined where they are not all of its kind.
 */
export const listKey: unique symbol = Symbol.for("philab.list");

/**
 * Lets the values of a class say how they look: `look` is MIME type → data, `text` what console.log writes. For classes
 * that cannot say it themselves, because they are another package's or stand where no MIME type is known.
 */
export function shows<T extends object>(
  values: { readonly prototype: T },
  look: (value: T) => Readonly<Record<string, unknown>>,
  text?: (value: T) => string,
): void {
  const methods: [symbol, (value: T) => unknown][] = [[displayKey, look]];
  if (text) methods.push([inspect, text]);
  for (const [name, method] of methods) {
    Object.defineProperty(values.prototype, name, {
      configurable: true,
      value(this: T) {
        return method(this);
      },
    });
  }
}

/** How a value looks: as text, and as Markdown where that says it better. */
export interface PlainLook {
  readonly text: string;
  readonly markdown?: string;
}

/** The same value, which shows itself so in notebooks and terminals; its own fields stay all that it has. */
export function withLook<T extends object>(value: T, look: () => PlainLook): T {
  return Object.defineProperties(value, {
    [displayKey]: { configurable: true, value: () => lookBundle(look()) },
    [inspect]: { configurable: true, value: () => look().text },
  });
}

/** text/plain, and text/markdown where there is one. */
export function lookBundle({ text, markdown }: PlainLook): Readonly<Record<string, string>> {
  return { "text/plain": text, ...(markdown !== undefined && { "text/markdown": markdown }) };
}

/** More rows or columns than this are cut to the first six and the last. */
const mostShown = 12;
const firstShown = 6;

/** What is shown of a matrix: its entries in column order. */
interface Entries {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
}

/** text/plain and text/latex of M. */
export function showMatrix(M: Entries): { "text/plain": string; "text/latex": string } {
  const precision = M.data instanceof Float32Array ? ", float32" : "";
  const text = (i: number, j: number) => written(M.data[i + M.rows * j]);
  return {
    "text/plain": `Matrix ${M.rows} × ${M.cols}${precision}\n${plainGrid(M.rows, M.cols, text)}`,
    "text/latex": `$$${texNumbers(M.rows, M.cols, (i, j) => M.data[i + M.rows * j])}$$`,
  };
}

/** A LaTeX matrix of numbers, in each column the decimal points below each other. */
export function texNumbers(rows: number, cols: number, at: (i: number, j: number) => number): string {
  const seen = shownIndices(rows).filter((i) => i !== undefined);
  const room = (j: number) => Math.max(...seen.map((i) => behindPoint(texNumber(at(i, j))).length));
  const rooms = new Map(shownIndices(cols).map((j) => [j, j === undefined ? 0 : room(j)]));
  const padded = (i: number, j: number): string => {
    const number = texNumber(at(i, j));
    const missing = "." + "0".repeat(Math.max(0, (rooms.get(j) ?? 0) - 1));
    const blank = missing.slice(behindPoint(number).length, rooms.get(j) || 0);
    return blank === "" ? number : `${number}\\phantom{${blank}}`;
  };
  return texMatrix(rows, cols, padded, "r");
}

/** The point and the digits behind it; nothing of a power of ten, whose digits stand elsewhere. */
function behindPoint(number: string): string {
  return /^[^\\]*?(\.\d+)$/.exec(number)?.[1] ?? "";
}

/** A LaTeX matrix in brackets whose entry (i, j), counted from 0, is tex(i, j); `side`: where entries stand in their columns. */
export function texMatrix(
  rows: number,
  cols: number,
  tex: (i: number, j: number) => string,
  side: "c" | "r" = "c",
): string {
  const lines = grid(rows, cols, tex, { across: "\\cdots", down: "\\vdots", both: "\\ddots" });
  // The default of MathJax's and KaTeX's matrix is ten columns; an array states how many there are.
  const columns = shownIndices(cols)
    .map((j) => (j === undefined ? "c" : side))
    .join("");
  return `\\left[\\begin{array}{${columns}}${lines.map((line) => line.join(" & ")).join(" \\\\ ")}\\end{array}\\right]`;
}

/** The same as lines of text, right-aligned. */
export function plainGrid(rows: number, cols: number, text: (i: number, j: number) => string): string {
  const lines = grid(rows, cols, text, { across: "⋯", down: "⋮", both: "⋱" });
  const widths = lines[0].map((_, j) => Math.max(...lines.map((line) => line[j].length)));
  return lines.map((line) => line.map((x, j) => x.padStart(widths[j])).join("  ")).join("\n");
}

interface Dots {
  readonly across: string;
  readonly down: string;
  readonly both: string;
}

/** The shown entries, with a row and a column of dots where some are left out. */
function grid(rows: number, cols: number, text: (i: number, j: number) => string, dots: Dots): string[][] {
  const across = shownIndices(cols);
  return shownIndices(rows).map((i) =>
    across.map((j) => {
      if (i === undefined) return j === undefined ? dots.both : dots.down;
      return j === undefined ? dots.across : text(i, j);
    }),
  );
}

/** 0 … n − 1, or the first ones, a gap (undefined) and the last. */
function shownIndices(n: number): (number | undefined)[] {
  if (n <= mostShown) return Array.from({ length: n }, (_, i) => i);
  return [...Array.from({ length: firstShown }, (_, i) => i), undefined, n - 1];
}

function written(x: number): string {
  return Number.isInteger(x) && Math.abs(x) < 1e9 ? String(x) : String(Number(x.toPrecision(5)));
}

function texNumber(x: number): string {
  if (Number.isNaN(x)) return "\\mathrm{NaN}";
  if (!Number.isFinite(x)) return x > 0 ? "\\infty" : "-\\infty";
  const [digits, exponent] = written(x).split("e");
  return exponent === undefined ? digits : `${digits} \\cdot 10^{${Number(exponent)}}`;
}
