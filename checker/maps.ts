/** Index maps: read, and at a shape. */
import { compare, type Exact } from "./exact.js";
import { amountOf, digitsOf, readPair, readSize, type SizeOf, wholeOf } from "./sizes.js";
import { Stop } from "./stop.js";
import { type Expression, node, type Words, whole, within } from "./words.js";

interface Counter {
  readonly name: string;
  readonly size: Expression;
}

/** Rows and columns are numbered by their counters; window has those of the entries that one entry of f(Z) is made of. */
export interface IndexMap {
  /** map, conv, padding, avgpool or maxpool. */
  readonly kind: string;
  readonly rows: readonly Counter[];
  readonly columns: readonly Counter[];
  readonly window: readonly Counter[];
  /** Of the source; place has its digits. */
  readonly size: readonly Expression[];
  readonly place: readonly (readonly Expression[])[];
}

const convText = `($i:h, $j:h, $c:d; $p:floor((a - h)/s) + 1, $q:floor((b - h)/s) + 1)
  = ($c; $p*s + $i, $q*s + $j) from d x a*b`;
const paddingText = "($c:d; $y:a + 2*p, $x:b + 2*p) = ($c; $y - p, $x - p) from d x a*b"; // 0 outside
const poolText = `($c:d; $u:floor(a/q), $v:floor(b/q); $i:q, $j:q) = ($c; $u*q + $i, $v*q + $j) from d x a*b`;

/** The lecture's maps, with the names of their arguments; no name of a lecture begins with $. */
export const lectureMaps: ReadonlyMap<string, readonly [args: string, text: string]> = new Map([
  ["conv", ["h s d a b", convText]],
  ["padding", ["p d a b", paddingText]],
  ["avgpool", ["q d a b", poolText]],
  ["maxpool", ["q d a b", poolText]],
]);
/** One of the lecture's, with sizes in parentheses for its arguments, each of which is one digit, and so no product. */
export function readLectureMap(words: Words): IndexMap {
  words.accept("=");
  const kind = words.take();
  const [names = "", text = ""] = lectureMaps.get(kind) ?? [];
  words.need("(");
  const given = words.list(")", () => node("floor", [readSize(words)]));
  if (given.length !== names.split(" ").length) throw new Stop("not judged", `${kind} has sizes ${names}`);
  const sizes = new Map(names.split(" ").map((name, k) => [name, given[k]]));
  return whole(text, (own) => readMap(own, kind, sizes));
}

/** A map by its counters, its places and its source; given sizes stand for names in it. */
export function readMap(
  words: Words,
  kind: string,
  given: ReadonlyMap<string, Expression> = new Map(),
): IndexMap {
  const size = (): Expression => replaced(readSize(words), given);
  const counter = (): Counter => {
    const name = words.name();
    words.need(":");
    return { name, size: size() };
  };
  words.need("(");
  const rows = words.list(";", counter);
  const hasWindow = kind.endsWith("pool");
  const columns = words.list(hasWindow ? ";" : ")", counter);
  const window = hasWindow ? words.list(")", counter) : [];
  for (const word of ["=", "("]) words.need(word);
  const place = [words.list(";", size), words.list(")", size)];
  words.need("from");
  const source = readPair(words).map((one) => replaced(one, given));
  const names = [...rows, ...columns, ...window].map(({ name }) => name);
  if (
    new Set(names).size < names.length ||
    place.some((list, k) => list.length !== digitsOf(source[k]).length)
  )
    throw new Stop("not judged", "the digits or the counters of a map");
  return { kind, rows, columns, window, size: source, place };
}

function replaced(size: Expression, given: ReadonlyMap<string, Expression>): Expression {
  if (size.op === "size") return given.get(size.name) ?? size;
  return node(
    size.op,
    size.args.map((arg) => replaced(arg, given)),
    size.name,
  );
}

/** Those of its counters and of its matrix, and the sizes that its places name. */
export function sizesOfMap({ rows, columns, window, size, place }: IndexMap): Expression[] {
  const counters = [...rows, ...columns, ...window];
  const named = place.flat().flatMap((digit) => [...within(digit)].filter(({ op }) => op === "size"));
  const others = named.filter(({ name }) => counters.every((counter) => counter.name !== name));
  return [...counters.map((counter) => counter.size), ...size, ...others];
}

/** f takes a matrix of source to one of result; entry k of it is made of the entries windows[k]. */
export interface Table {
  readonly kind: string;
  readonly source: readonly [number, number];
  readonly result: readonly [number, number];
  readonly windows: readonly (readonly number[])[];
}

export function tableOf({ kind, rows, columns, window, size, place }: IndexMap, sizes: SizeOf): Table {
  const numbered = (counters: readonly Counter[]): number =>
    counters.reduce((n, counter) => n * wholeOf(counter.size, sizes), 1);
  const [result, source] = [
    [numbered(rows), numbered(columns)] as const,
    [wholeOf(size[0], sizes), wholeOf(size[1], sizes)] as const,
  ];
  const length = numbered(window);
  if (Math.max(result[0] * result[1] * length, source[0] * source[1]) > 20_000)
    throw new Stop("too large", "an index map");
  const digits = size.map((one) => digitsOf(one).map((digit) => wholeOf(digit, sizes)));
  const windows: number[][] = Array.from({ length: result[0] * result[1] }, () => []);
  for (const [k, setting] of settingsOf([...window, ...rows, ...columns], sizes).entries()) {
    const [row, column] = place.map((list, side) =>
      numberOf(
        list.map((digit) => amountOf(digit, (name) => setting.get(name) ?? sizes(name))),
        digits[side],
      ),
    );
    const isInside = row !== undefined && column !== undefined;
    if (isInside) windows[Math.floor(k / length)].push(row + column * source[0]);
    else if (kind !== "padding") throw new Stop("inadmissible", "a place of a map is outside of its source");
  }
  return { kind, source, result, windows };
}

/** All values of the counters, the first fastest. */
function settingsOf(counters: readonly Counter[], sizes: SizeOf): ReadonlyMap<string, bigint>[] {
  let settings: ReadonlyMap<string, bigint>[] = [new Map()];
  for (const { name, size } of counters.toReversed()) {
    const values = Array.from({ length: wholeOf(size, sizes) }, (_, value) => BigInt(value));
    settings = settings.flatMap((setting) => values.map((value) => new Map([...setting, [name, value]])));
  }
  return settings;
}

/** The number with these digits, the first fastest, each of which is below its end; undefined where one is not. */
function numberOf(digits: readonly Exact[], ends: readonly number[]): number | undefined {
  let [number, unit] = [0, 1];
  for (const [k, digit] of digits.entries()) {
    if (typeof digit !== "bigint" || digit < 0n || digit >= BigInt(ends[k])) return undefined;
    number += Number(digit) * unit;
    unit *= ends[k];
  }
  return number;
}

/** The first of the largest entries of each window in this image, and whether there is a second one. */
export function largest(
  windows: Table["windows"],
  image: readonly Exact[],
): { windows: number[][]; tie: boolean } {
  const first = windows.map((window) =>
    window.reduce((best, k) => (compare(image[k], image[best]) > 0 ? k : best)),
  );
  const tie = windows.some((window, w) =>
    window.some((k) => k !== first[w] && compare(image[k], image[first[w]]) === 0),
  );
  return { windows: first.map((k) => [k]), tie };
}
