/** Index maps as declared: a map of one's own by its text, the lecture's maps by a text of the same form. */
import { digitsOf, readSize, type Size, sizePair, Words } from "./sizes.js";
import { Stop } from "./stop.js";

export interface Counter {
  readonly name: string;
  readonly size: Size;
}

/** Rows and columns are numbered by their counters; window has those of the entries that one entry of f(Z) is made of. */
export interface IndexMap {
  readonly kind: "reads" | "puts" | "mean" | "largest";
  readonly rows: readonly Counter[];
  readonly columns: readonly Counter[];
  readonly window: readonly Counter[];
  /** Of the matrix whose places are given, digit by digit: the source, but the result where the map puts. */
  readonly size: readonly [Size, Size];
  readonly place: readonly [readonly Size[], readonly Size[]];
}

/** The lecture's maps, by their arguments; each argument is one digit, and no name of a lecture begins with $. */
const knownMaps: Readonly<Record<string, (...of: string[]) => IndexMap>> = {
  conv: (h, s, d, a, b) =>
    mapFrom(
      "reads",
      `($i:${h}, $j:${h}, $c:${d}; $p:floor((${a} - ${h})/${s}) + 1, $q:floor((${b} - ${h})/${s}) + 1)
        = ($c; $p*${s} + $i, $q*${s} + $j) from ${d} x ${a}*${b}`,
    ),
  padding: (p, d, a, b) =>
    mapFrom(
      "puts",
      `($c:${d}; $y:${a}, $x:${b}) = ($c; $y + ${p}, $x + ${p}) from ${d} x (${a} + 2*${p})*(${b} + 2*${p})`,
    ),
  avgpool: (q, d, a, b) => mapFrom("mean", poolText(q!, d!, a!, b!)),
  maxpool: (q, d, a, b) => mapFrom("largest", poolText(q!, d!, a!, b!)),
};

function poolText(q: string, d: string, a: string, b: string): string {
  return `($c:${d}; $u:floor(${a}/${q}), $v:floor(${b}/${q}); $i:${q}, $j:${q})
    = ($c; $u*${q} + $i, $v*${q} + $j) from ${d} x ${a}*${b}`;
}

export function knownMap(kind: string, text: string): IndexMap {
  const given = text.split(",").map((size) => `(0 + ${size})`);
  const make = knownMaps[kind]!;
  if (given.length !== make.length) throw new Stop("unreadable", `${kind} has ${make.length} sizes`);
  return make(...given);
}

export function mapFrom(kind: IndexMap["kind"], text: string): IndexMap {
  const words = new Words(text);
  const counter = (): Counter => {
    const name = words.name();
    words.need(":");
    return { name, size: readSize(words) };
  };
  words.need("(");
  const rows = listUpTo(";", words, counter);
  const pooled = kind === "mean" || kind === "largest";
  const columns = listUpTo(pooled ? ";" : ")", words, counter);
  const window = pooled ? listUpTo(")", words, counter) : [];
  for (const word of ["=", "("]) words.need(word);
  const place = [listUpTo(";", words, readSize), listUpTo(")", words, readSize)] as const;
  words.need("from");
  const size = sizePair(words);
  words.end();
  const counters = [...rows, ...columns, ...window].map(({ name }) => name);
  const fits = place.every((digits, k) => digits.length === digitsOf(size[k]!).length);
  if (!fits || new Set(counters).size < counters.length)
    throw new Stop("unreadable", `the digits or the counters of a map in "${text}"`);
  return { kind, rows, columns, window, size, place };
}

function listUpTo<T>(end: string, words: Words, read: (words: Words) => T): T[] {
  const list: T[] = [];
  if (words.accept(end)) return list;
  do list.push(read(words));
  while (words.accept(","));
  words.need(end);
  return list;
}
