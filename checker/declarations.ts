/** Declarations, read from their text: each has one of a few forms. */
import { type Expression, node, parseSize, within } from "./parser.js";
import { plainText } from "./spelling.js";
import { need, Stop } from "./stop.js";

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

const pool = "($c:d;$u:floor(a/q),$v:floor(b/q);$i:q,$j:q)=($c;$u*q+$i,$v*q+$j)from d x a*b";
/** The lecture's maps, with the names of their arguments; no name of a lecture begins with $. */
const lectureMaps: Readonly<Record<string, readonly [args: string, text: string]>> = {
  conv: [
    "h,s,d,a,b",
    "($i:h,$j:h,$c:d;$p:floor((a-h)/s)+1,$q:floor((b-h)/s)+1)=($c;$p*s+$i,$q*s+$j)from d x a*b",
  ],
  padding: ["p,d,a,b", "($c:d;$y:a+2*p,$x:b+2*p)=($c;$y-p,$x-p)from d x a*b"], // 0 outside
  avgpool: ["q,d,a,b", pool],
  maxpool: ["q,d,a,b", pool],
};

export type Names = Map<string, Thing>;

/** A name with its marks. */
const N = "([A-Za-z]\\w*(?:\\^\\w+)?@?)";
/** Each form of a declaration, where spaces stand between words alone. */
const forms: readonly (readonly [string, (names: Names, ...parts: string[]) => void])[] = [
  ["dims (.+)", (names, list) => list.split(/[ ,]/).map((name) => addSize(names, name))],
  ["scalars? (.+)", (names, list) => list.split(/[ ,]/).map((name) => addMatrix(names, name, "1 x 1"))],
  [`map ${N}(?:,${N})?(\\(.+)`, (names, f, P, text) => addMap(names, f, P, "map", text)],
  [`${N}(?:,${N})?=(conv|padding|avgpool|maxpool)\\((.+)\\)`, addLectureMap],
  [`${N}=(.+)`, addSize],
  [`${N}:(.+?)(\\beach)?`, addMatrix],
  [
    `${N} ?\\bin R\\^(?:\\{(.+)\\}|\\((.+)\\)|(.+?))(\\beach)?`,
    (names, name, a, b, c, each) =>
      addMatrix(names, name, (a ?? b ?? c).replace(/^((?!.*\bx\b).*)$/, "$1 x 1"), each),
  ],
  [`${N}\\([^()]+\\)with gradient ${N}(?:[, ]hessian ${N})?`, addLoss],
];

export function readDeclarations(text: string): Names {
  const names: Names = new Map();
  const lines = plainText(text).replace(/\/\/.*/g, "");
  let depth = 0;
  const lineEnd = (sign: string): string => {
    depth = sign === "\n" ? 0 : depth + Number(sign === "(") - Number(sign === ")");
    return sign === ";" && depth === 0 ? "\n" : sign;
  };
  for (const line of lines.replace(/[\n;()]/g, lineEnd).split("\n")) readLine(names, line);
  const losses = [...names].filter(([, { kind }]) => kind === "loss");
  for (const [loss, { others }] of losses)
    for (const name of others) {
      const thing = names.get(name);
      const fits = thing?.kind === "matrix" && thing.others.length === 0;
      need(fits, "not judged", `${name} is no matrix, or is of two losses`);
      thing.others.push(loss);
    }
  return names;
}

function readLine(names: Names, line: string): void {
  const plain = line
    .trim()
    .replace(/\s+/g, " ")
    .replace(/ ?([^\w ]) ?/g, "$1");
  if (plain === "") return;
  for (const [form, read] of forms) {
    const parts = new RegExp(`^${form}$`).exec(plain);
    if (parts !== null) read(names, ...parts.slice(1));
    if (parts !== null) return;
  }
  throw new Stop("not judged", `"${line}" is no declaration`);
}

/** W^1 is W_1; Z^i is Z, and @ stands behind a name that carried the mark of the instance among others. */
function unmarked(name: string): string {
  return name.replace(/@$/, "").replace(/\^i$/, "").replace("^", "_");
}

const isOfInstance = (name: string): boolean => /@$|\^i$/.test(name);

/** One name is one thing, and l is the number of instances. */
function add(names: Names, name: string, kind: string, more: Partial<Thing> = {}): void {
  const fits = /^[A-Za-z]\w*$/.test(name) && !names.has(name) && (name !== "l" || kind === "size");
  need(fits, "not judged", `${name} is declared twice, or no name`);
  names.set(name, { kind, sizes: [], others: [], each: false, ...more });
}

function written(text: string): Expression {
  return node("written", [parseSize(text)]);
}

function addSize(names: Names, name: string, definition?: string): void {
  const fits = !isOfInstance(name) && (name !== "l" || definition === undefined);
  need(fits, "not judged", `the size ${name}`);
  add(names, unmarked(name), "size", { sizes: definition === undefined ? [] : [written(definition)] });
}

function addMatrix(names: Names, name: string, size: string, each?: string): void {
  const sizes = twoSizes(size).map(written);
  add(names, unmarked(name), "matrix", { sizes, each: each !== undefined || isOfInstance(name) });
  add(names, `d${unmarked(name)}`, "differential", { others: [unmarked(name)] });
}

/** Rows x columns. */
function twoSizes(text: string): string[] {
  const parts = /^(.+?)\bx\b(.+)$/.exec(text);
  need(parts !== null, "not judged", `"${text}" are no rows x columns`);
  return parts.slice(1);
}

function addLoss(names: Names, xi: string, ...derivatives: string[]): void {
  add(names, unmarked(xi), "loss", { others: derivatives.filter(Boolean).map(unmarked) });
}

/** One of the lecture's, with sizes for its arguments, each of which is one digit, and so no product. */
function addLectureMap(names: Names, f: string, P: string, kind: string, list: string): void {
  const [letters, text] = lectureMaps[kind];
  const args = list.split(",");
  need(args.length === letters.split(",").length, "not judged", `${kind} has sizes ${letters}`);
  const floors = new Map(letters.split(",").map((letter, k) => [letter, `floor(${args[k]})`]));
  const filled = text.replace(/(?<![$\w])[a-z]\b/g, (letter) => floors.get(letter) ?? letter);
  addMap(names, f, P, kind, filled, args.map(written));
}

/** A map by its counters, its places and its source, and the sizes that it was made of. */
function addMap(
  names: Names,
  f: string,
  P: string,
  kind: string,
  text: string,
  args: Expression[] = [],
): void {
  const [, head = "", tail = "", from = ""] = /^\((.*)\)=\((.*)\)from\b(.+)$/.exec(text) ?? [];
  const counters = head.split(";").map((list) => listOf(list).map(counterOf));
  const places = tail.split(";").map((list) => listOf(list).map(parseSize));
  const source = twoSizes(from).map(parseSize);
  const all = counters.flat();
  const counted = new Set(all.map(([name]) => name));
  const place = places.flat();
  const fits =
    counters.length === (kind.endsWith("pool") ? 3 : 2) && places.length === 2 && counted.size === all.length;
  const hasDigits = source.every((size, k) => places[k].length === digitsOf(size).length);
  need(fits && hasDigits, "not judged", "the digits or the counters of a map");
  const others = place.flatMap(within).filter(({ op, name }) => op === "size" && !counted.has(name));
  const sizes = [...all.map(([, size]) => size), ...source, ...others].map((size) => node("written", [size]));
  add(names, unmarked(f), "map", { sizes: [...sizes, ...args], map: { kind, counters, source, place } });
  add(names, P ? unmarked(P) : `P_${unmarked(f)}`, "selector", { others: [unmarked(f)] });
}

function listOf(text: string): string[] {
  return text === "" ? [] : text.split(",");
}

function counterOf(text: string): [name: string, size: Expression] {
  const [, name, size = ""] = /^([A-Za-z$]\w*):(.+)$/.exec(text) ?? [];
  return [name, parseSize(size)];
}

/** The factors of a size as written, the first fastest; the size 1 has none. */
export function digitsOf(size: Expression): readonly Expression[] {
  return size.op === "*" ? size.args.flatMap(digitsOf) : size.name === "1" ? [] : [size];
}
