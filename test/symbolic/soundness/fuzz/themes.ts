/**
 * Small declarations, each about one thing that can go wrong: two maps that are a slip apart, selections, losses, sums over
 * instances. Sizes are called as the prover might call its own indices.
 */

import { drawAnything, drawLosses, matrixNames } from "./declarations.js";
import type { Declared, IndexMap, Matrix, NamedMap, OwnMap } from "./declared.js";
import { sizesOfMap } from "./declared.js";
import type { Random } from "./random.js";

/** What indices are, or might be, called. */
const indices = "r0 c0 r1 c1 r2 c2 x0 x1 x2 x3 x4 x5".split(" ");

const others = "u v d m n k q i j p s h instance choice tr0 a1 r c y".split(" ");

export function drawDeclared(random: Random): Declared {
  const draw = random.of([
    ...[drawTwoMaps, drawTwoMaps, drawTwoMaps, drawTwoMaps, drawPooling, drawPooling],
    ...[drawLossesAlone, drawLossesAlone, drawMatricesAlone, drawAnything],
  ]);
  return draw(random);
}

/** One index of an image: what counts it and how far, where it reads, and how long the source is there. */
interface Digit {
  readonly counter: string;
  readonly size: string;
  readonly at: string;
  readonly source: string;
}

/** Two maps from one source that are a slip apart: an offset, a stride, a flip, a constant, another count. */
function drawTwoMaps(random: Random): Declared {
  const [o, t] = random.of([
    ...[
      ["r0", "c0"],
      ["r0", "c0"],
      ["c0", "r0"],
      ["r1", "c1"],
      ["r2", "c2"],
      ["c1", "r0"],
      ["x0", "x1"],
    ],
    ...[random.some(indices, 2), random.some(indices, 2), random.some(others, 2)],
  ]);
  const [u, v, d, w] = random.some(
    [...others, ...indices].filter((name) => name !== o && name !== t),
    4,
  );
  const stride = random.of(["1", "1", "2", "3", w]);
  const [first, second, third] = random.some(counters, 3);
  const reading = (counter: string, size: string, source: string, offset: string): Digit => {
    const scaled = stride === "1" ? counter : `${stride}*${counter}`;
    return { counter, size, source, at: random.oneIn(6) ? scaled : `${scaled} + ${offset}` };
  };
  // Two offsets exchanged: were one of them an index, both maps would be one.
  const isExchange = random.oneIn(2);
  const offsets = !isExchange && random.oneIn(2) ? [o, o] : [o, t];
  const channel = { counter: first, size: d, source: d, at: first };
  const [y, x] = [reading(second, u, "a_in", offsets[0]), reading(third, v, "b_in", offsets[1])];
  const digits = random.of(
    isExchange
      ? [
          [channel, y],
          [channel, y, x],
        ]
      : [
          [y, x],
          [channel, y],
          [channel, y, x],
        ],
  );
  const defined = digits
    .filter(({ source }) => source !== d)
    .map(({ size, source }) => ({
      name: source,
      text: `${stride === "1" ? size : `${stride}*${size}`} + ${random.oneIn(8) ? `${w} + ` : ""}${o} + ${t}`,
    }));
  const maps = [
    mapOf("f", "P", digits),
    mapOf("g", "Q", isExchange ? exchange(digits, o, t) : slipped(random, digits, [o, t, u, v, w])),
  ];
  return withMatrices(random, { sizes: [o, t, u, v, d, w], defined, maps });
}

const counters = [..."cpqijuvk", "r0", "c0", "x0"];

function mapOf(name: string, matrix: string, digits: readonly Digit[]): OwnMap {
  const list = digits.map(({ counter, size }) => ({ name: counter, size }));
  const places = digits.map(({ at, source }) => ({ at, size: source }));
  return {
    ...{ kind: "own", name, matrix },
    ...{ rowCounters: list.slice(0, 1), colCounters: list.slice(1) },
    ...{ placeRows: places.slice(0, 1), placeCols: places.slice(1) },
  };
}

/** The same map but for one thing. */
function slipped(random: Random, digits: readonly Digit[], names: readonly string[]): readonly Digit[] {
  const [o, t, u, v, w] = names;
  const n = random.whole(0, digits.length - 1);
  const { counter, size, source } = digits[n];
  const here = (change: Partial<Digit>) =>
    digits.map((digit, k) => (k === n ? { ...digit, ...change } : digit));
  const at = random.of([
    ...[`${counter} + ${o}`, `${counter} + ${t}`, `${size} - 1 - ${counter}`, `${source} - 1 - ${counter}`],
    ...[o, "0", counter, `2*${counter}`, `2*${counter} + ${o}`, `${counter} + ${o}`, `${counter} + ${t}`],
  ]);
  return random.of([
    () => here({ at }),
    () => here({ at }),
    () => digits.map((digit) => ({ ...digit, at: digit.at.replace(/^\w+\*/, random.of(["", "2*"])) })),
    () => digits.map((digit) => ({ ...digit, at: digit.at.replace(/^\w+\*/, random.of(["", "2*"])) })),
    () => digits.map((digit) => ({ ...digit, size: exchanged(digit.size, u, v) })),
    () => here({ size: w }),
    () => here({ size: random.of([u, v]) }),
  ])();
}

function exchange(digits: readonly Digit[], o: string, t: string): readonly Digit[] {
  return digits.map((digit) => ({ ...digit, at: exchanged(digit.at, o, t) }));
}

function exchanged(text: string, x: string, y: string): string {
  return text.replaceAll(/\b\w+\b/g, (name) => (name === x ? y : name === y ? x : name));
}

/** Images, of each instance too, and their pooling. */
function drawPooling(random: Random): Declared {
  const [q, d, a, b, m] = random.some([...indices.slice(0, 6), ...others], 5);
  const defined = [
    { name: "a_q", text: `floor(${a}/${q})` },
    { name: "b_q", text: `floor(${b}/${q})` },
  ];
  const named = (kind: NamedMap["kind"], name: string, matrix: string): NamedMap => ({
    ...{ kind, name, matrix, args: [q, d, a, b] },
    out: ["a_q", "b_q"],
  });
  const pool = named("maxpool", "pool", "P_pool");
  const second = random.of([
    undefined,
    undefined,
    named("avgpool", "mean", "P_mean"),
    named("maxpool", "top", "P_top"),
  ]);
  return withMatrices(random, { sizes: [q, d, a, b, m], defined, maps: second ? [pool, second] : [pool] });
}

/** What layers are made of, without losses. */
export function drawLayers(random: Random): Declared {
  return random.of([drawMatricesAlone, drawMatricesAlone, drawTwoMaps, drawPooling, drawWithoutLosses])(
    random,
  );
}

/** The same with a loss or two, each second one with a Hessian. */
export function drawLayersWithLosses(random: Random): Declared {
  const declared = drawLayers(random);
  const matrices = [...declared.matrices];
  return { ...declared, losses: drawLosses(random, matrices, random.whole(1, 2), 2), matrices };
}

function drawWithoutLosses(random: Random): Declared {
  const declared = drawAnything(random);
  const letters = declared.losses.flatMap(({ gradient, hessian }) => [gradient, hessian]);
  return {
    ...declared,
    losses: [],
    matrices: declared.matrices.filter(({ name }) => !letters.includes(name)),
  };
}

/** Two losses or one, with an argument that may be of each instance. */
function drawLossesAlone(random: Random): Declared {
  const sizes = random.some([...indices.slice(0, 6), ...others], 3);
  const declared = withMatrices(random, { sizes, defined: [], maps: [] });
  const matrices = [...declared.matrices];
  return { ...declared, losses: drawLosses(random, matrices, random.whole(1, 2)), matrices };
}

function drawMatricesAlone(random: Random): Declared {
  return withMatrices(random, {
    sizes: random.some([...indices, ...others], random.whole(3, 4)),
    defined: [],
    maps: [],
  });
}

interface Begun {
  readonly sizes: readonly string[];
  readonly defined: Declared["defined"];
  readonly maps: readonly IndexMap[];
}

/** With two matrices of the source of each map, one of its result, one of each instance, a number, and some others. */
function withMatrices(random: Random, begun: Begun): Declared {
  const taken = [...begun.sizes, ...begun.defined.map(({ name }) => name)];
  const names = random.some(
    matrixNames.filter((name) => !taken.includes(name)),
    matrixNames.length,
  );
  const next = ([rows, cols]: readonly [string, string], each = false): Matrix => ({
    name: names.pop() as string,
    rows,
    cols,
    each,
  });
  const [m, n, k] = begun.sizes;
  const plain = [next([m, n]), next([m, n]), next([n, n]), next([m, "1"]), next([n, "1"]), next(["1", "1"])];
  const instances = [next([m, n], true), next([n, random.of(["1", k ?? n])], true)];
  const images = begun.maps
    .map(sizesOfMap)
    .filter(({ from }, at, all) => all.findIndex((other) => other.from.join() === from.join()) === at)
    .flatMap(({ from, to }) => [next(from), next(from), next(from, true), next(to)]);
  const some = begun.maps.length > 0 ? [...plain.slice(4), ...images] : [...plain, ...instances];
  return { ...begun, sizes: [...begun.sizes, "l"], matrices: some, losses: [] };
}
