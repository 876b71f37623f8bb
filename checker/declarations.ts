/** Declarations, read from their text: each has one of a few forms. */

import { need } from "./exact.js";
import { type Expression, parseSize, within } from "./parser.js";
import { plainText } from "./spelling.js";

/** What a name is. */
export interface Thing {
  /** size, matrix, differential, map, selector (a map's matrix) or loss. */
  readonly kind: string;
  /** The sizes written in it: what a size is defined as, rows and columns of a matrix, those of a map. */
  readonly sizes: readonly Expression[];
  /** Of a differential its matrix, of a selector its map, of a loss its gradient and its Hessian, of these the loss. */
  readonly others: string[];
  /** A matrix for each instance. */
  readonly each: boolean;
  readonly map?: IndexMap;
}

export interface IndexMap {
  /** map, conv, padding, avgpool or maxpool. */
  readonly kind: string;
  /** Of rows, of columns, and of the entries that one entry of f(Z) is made of: names and sizes. */
  readonly counters: readonly (readonly (readonly [name: string, size: Expression])[])[];
  /** Rows and columns of the source, and the digits of the place in it. */
  readonly source: readonly Expression[];
  readonly place: readonly Expression[];
}

const conv = "($i:h,$j:h,$c:d;$p:floor((a-h)/s)+1,$q:floor((b-h)/s)+1)=($c;$p*s+$i,$q*s+$j)from d x a*b";
const pool = "($c:d;$u:floor(a/q),$v:floor(b/q);$i:q,$j:q)=($c;$u*q+$i,$v*q+$j)from d x a*b";
/** The lecture's maps, with the names of their arguments; no name of a lecture begins with $. */
const lectureMaps: Readonly<Record<string, readonly [letters: string, text: string]>> = {
  conv: ["hsdab", conv],
  padding: ["pdab", "($c:d;$y:a+2*p,$x:b+2*p)=($c;$y-p,$x-p)from d x a*b"], // 0 outside
  avgpool: ["qdab", pool],
  maxpool: ["qdab", pool],
};

export type Names = Map<string, Thing>;

/** A name with its marks. */
const N = "([A-Za-z]\\w*(?:\\^\\w+)?@?)";
/** Each form of a declaration, where spaces stand between words alone, and what it declares. */
const forms: readonly (readonly [form: string, read: (names: Names, ...parts: string[]) => void])[] = [
  ["dims (.+)", (names, list) => list.split(/[ ,]/).map((name) => add(names, name, "size"))],
  ["scalars? (.+)", (names, list) => list.split(/[ ,]/).map((name) => addMatrix(names, name, "1 x 1"))],
  [`map ${N}(?:,${N})?(\\(.+)`, (names, f, P, text) => addMap(names, f, P, "map", text)],
  [`${N}(?:,${N})?=(conv|padding|avgpool|maxpool)\\((.+)\\)`, addLectureMap],
  [`${N}=(.+)`, (names, name, size) => add(names, name, "size", { sizes: [parseSize(size)] })],
  [`${N}:(.+?)(\\beach)?`, addMatrix],
  [`${N} ?\\bin R\\^(?:\\{(.+)\\}|\\((.+)\\)|(.+?))(\\beach)?`, addRealMatrix],
  [`${N}\\([^()]+\\)with gradient ${N}(?:[, ]hessian ${N})?`, addLoss],
];

export function readDeclarations(text: string): Names {
  const names: Names = new Map();
  let depth = 0;
  const ended = (sign: string): string => {
    depth = sign === "\n" ? 0 : depth + Number(sign === "(") - Number(sign === ")");
    return sign === ";" && depth === 0 ? "\n" : sign;
  };
  const plain = plainText(text).replace(/\/\/.*/g, "");
  const lines = plain.replace(/[\n;()]/g, ended).split("\n");
  for (const line of lines.map((line) => line.trim().replace(/\s+/g, " ")).filter(Boolean)) {
    const tight = line.replace(/ ?([^\w ]) ?/g, "$1");
    const found = forms.map(([form, read]) => ({ parts: new RegExp(`^${form}$`).exec(tight), read }));
    const first = found.find(({ parts }) => parts !== null);
    need(first !== undefined, `"${line}" is no declaration`);
    first.read(names, ...first.parts!.slice(1));
  }
  for (const [loss, { kind, others }] of names)
    for (const name of kind === "loss" ? others : []) {
      const thing = names.get(name);
      const fits = thing?.kind === "matrix" && thing.others.length === 0;
      need(fits, `${name} is no matrix, or is of two losses`);
      thing.others.push(loss);
    }
  return names;
}

/** W^1 is W_1; Z^i is Z, and @ stands behind a name that carried the mark of the instance among others. */
const unmarked = (name: string): string => name.replace(/(\^i)?@?$/, "").replace("^", "_");

/** One name is one thing, and l is the number of instances. */
function add(names: Names, marked: string, kind: string, more: Partial<Thing> = {}): void {
  const [name, isOfInstance] = [unmarked(marked), /(\^i|@)$/.test(marked)];
  const thing = { kind, sizes: [], others: [], each: isOfInstance, ...more };
  const isSize = kind === "size" && !isOfInstance && (name !== "l" || thing.sizes.length === 0);
  const fits = isSize || (name !== "l" && kind !== "size");
  need(fits && /^[A-Za-z]\w*$/.test(name) && !names.has(name), `${name} is no name, or is two`);
  names.set(name, thing);
}

/** Rows x columns. */
function twoSizes(text: string): Expression[] {
  const parts = /^(.+?)\bx\b(.+)$/.exec(text);
  need(parts !== null, `"${text}" are no rows x columns`);
  return parts.slice(1).map(parseSize);
}

function addMatrix(names: Names, name: string, size: string, each?: string): void {
  const isEach = each !== undefined || /(\^i|@)$/.test(name);
  add(names, name, "matrix", { sizes: twoSizes(size), each: isEach });
  add(names, `d${unmarked(name)}`, "differential", { others: [unmarked(name)] });
}

/** R^ with rows x columns, or with rows alone, of a column; in braces, in parentheses or bare. */
function addRealMatrix(names: Names, name: string, ...[a, b, c, each]: string[]): void {
  const size = a ?? b ?? c;
  addMatrix(names, name, /\bx\b/.test(size) ? size : `${size} x 1`, each);
}

function addLoss(names: Names, xi: string, ...derivatives: (string | undefined)[]): void {
  add(names, xi, "loss", { others: derivatives.flatMap((name) => (name ? [unmarked(name)] : [])) });
}

/** One of the lecture's, with sizes for its arguments, each of which is one digit, and so no product. */
function addLectureMap(names: Names, f: string, P: string, kind: string, list: string): void {
  const [letters, text] = lectureMaps[kind];
  const args = list.split(",");
  need(args.length === letters.length, `${kind} has sizes ${letters}`);
  const filled = text.replace(/(?<![$\w])[a-wyz]\b/g, (letter) => `floor(${args[letters.indexOf(letter)]})`);
  addMap(names, f, P, kind, filled, args);
}

/** A map by its counters, its places and its source; the sizes of which it is made too. */
function addMap(names: Names, f: string, P: string, kind: string, text: string, args: string[] = []): void {
  const [, head = "", tail = "", from = ""] = /^\((.*)\)=\((.*)\)from\b(.+)$/.exec(text) ?? [];
  const lists = (all: string): string[][] => all.split(";").map((list) => list.split(",").filter(Boolean));
  const counters = lists(head).map((list) => list.map(counterOf));
  const places = lists(tail).map((list) => list.map(parseSize));
  const source = twoSizes(from);
  const all = counters.flat();
  const counted = all.map(([name]) => name);
  const isWhole = counters.length === (/pool$/.test(kind) ? 3 : 2) && new Set(counted).size === all.length;
  const hasDigits = source.every((size, k) => places[k]?.length === digitsOf(size).length);
  need(isWhole && hasDigits && places.length === 2, "the digits or the counters of a map");
  const place = places.flat();
  const others = place.flatMap(within).filter(({ op, name }) => op === "size" && !counted.includes(name));
  const sizes = [...all.map(([, size]) => size), ...source, ...others, ...args.map(parseSize)];
  add(names, f, "map", { sizes, map: { kind, counters, source, place } });
  add(names, P ?? `P_${unmarked(f)}`, "selector", { others: [unmarked(f)] });
}

function counterOf(text: string): [name: string, size: Expression] {
  const [, name = "", size = ""] = /^([A-Za-z$]\w*):(.+)$/.exec(text) ?? [];
  return [name, parseSize(size)];
}

/** The factors of a size as written, the first fastest; the size 1 has none. */
export function digitsOf(size: Expression): readonly Expression[] {
  if (size.op === "written" || size.op === "*") return size.args.flatMap(digitsOf);
  return size.name === "1" ? [] : [size];
}
