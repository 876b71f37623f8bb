/** Index maps for mathjs: it evaluates the formulas, and the entries are moved in its matrices. */

import type { Matrix } from "mathjs";
import { plainMathjs as math } from "../../foreign/mathjs.js";
import { type Polynomial, written } from "../language/polynomial.js";
import type { Sizes } from "../sizes/sizes.js";
import type { Counter, IndexMap, Place } from "../world/world.js";
import type { Setting } from "./setting.js";

/** An entry over the counters and one at the places, each as (row, column) from 0. */
interface Pair {
  readonly counter: readonly [row: number, col: number];
  readonly place: readonly [row: number, col: number];
  readonly option: number;
}

/** f(X) as a mathjs matrix. */
export function mapByMathjs(map: IndexMap, X: Matrix, setting: Setting<number>, instance: number): Matrix {
  const from = X.toArray() as number[][];
  const to = zeros(
    ...(map.kind === "read" ? counterSize(map, setting.sizes) : placeSize(map, setting.sizes)),
  );
  const weight = numberAt(map.weight, setting.sizes);
  for (const { counter, place } of chosenPairs(map, setting, instance)) {
    const [[r, c], [i, j]] = map.kind === "read" ? [counter, place] : [place, counter];
    to[r][c] += from[i][j] / weight;
  }
  return math.matrix(to);
}

/** The matrix of f as a mathjs matrix. */
export function matrixByMathjs(map: IndexMap, setting: Setting<number>, instance: number): Matrix {
  const [m, n] = counterSize(map, setting.sizes);
  const [a, b] = placeSize(map, setting.sizes);
  const P = map.kind === "read" ? zeros(m * n, a * b) : zeros(a * b, m * n);
  const weight = numberAt(map.weight, setting.sizes);
  for (const { counter, place } of chosenPairs(map, setting, instance)) {
    const [at, from] = [counter[0] + m * counter[1], place[0] + a * place[1]];
    if (map.kind === "read") P[at][from] += 1 / weight;
    else P[from][at] += 1 / weight;
  }
  return math.matrix(P);
}

function chosenPairs(map: IndexMap, setting: Setting<number>, instance: number): readonly Pair[] {
  const pairs = pairsOf(map, setting.sizes);
  if (!map.chosen) return pairs;
  const [rows, cols] = counterSize(map, setting.sizes);
  const options = pairs.length / (rows * cols);
  const image = setting.selections?.get(map.name);
  return pairs.filter(
    ({ counter, option }) =>
      option === setting.choice(map, instance, counter[0] + rows * counter[1], options, image),
  );
}

const known = new WeakMap<Sizes, Map<IndexMap, readonly Pair[]>>();

function pairsOf(map: IndexMap, sizes: Sizes): readonly Pair[] {
  const ofSizes = known.get(sizes) ?? new Map<IndexMap, readonly Pair[]>();
  known.set(sizes, ofSizes);
  const pairs = ofSizes.get(map) ?? makePairs(map, sizes);
  ofSizes.set(map, pairs);
  return pairs;
}

function makePairs(map: IndexMap, sizes: Sizes): Pair[] {
  const [rowAt, colAt] = [numberedBy(map.placeRows, sizes), numberedBy(map.placeCols, sizes)];
  return odometer(map.cols, sizes).flatMap((colValues, col) =>
    odometer(map.rows, sizes).flatMap((rowValues, row) =>
      odometer(map.sums, sizes).map((sumValues, option): Pair => {
        const values = { ...sizes, ...colValues, ...rowValues, ...sumValues };
        return { counter: [row, col], place: [rowAt(values), colAt(values)], option };
      }),
    ),
  );
}

/** All values of the counters, the first fastest. */
function odometer(counters: readonly Counter[], sizes: Sizes): Sizes[] {
  return counters.reduceRight<Sizes[]>(
    (slower, { name, size }) =>
      slower.flatMap((values) =>
        Array.from({ length: numberAt(size, sizes) }, (_, value) => ({ ...values, [name]: value })),
      ),
    [{}],
  );
}

/** The number of places written as one formula: x₁ + n₁ (x₂ + n₂ (…)). */
function numberedBy(places: readonly Place[], sizes: Sizes): (values: Sizes) => number {
  const text = places.reduceRight(
    (rest, { at, size }) => `(${textOf(at)}) + (${textOf(size)}) * (${rest})`,
    "0",
  );
  const formula = math.compile(text);
  return (values) => formula.evaluate(new Map(Object.entries({ ...sizes, ...values })));
}

function counterSize({ rows, cols }: IndexMap, sizes: Sizes): [number, number] {
  return [countOf(rows, sizes), countOf(cols, sizes)];
}

function placeSize({ placeRows, placeCols }: IndexMap, sizes: Sizes): [number, number] {
  return [countOf(placeRows, sizes), countOf(placeCols, sizes)];
}

function countOf(list: readonly (Counter | Place)[], sizes: Sizes): number {
  return list.reduce((count, { size }) => count * numberAt(size, sizes), 1);
}

function numberAt(x: Polynomial, sizes: Sizes): number {
  return math.evaluate(textOf(x), new Map(Object.entries(sizes)));
}

function textOf(x: Polynomial): string {
  return written(x, (name) => name, "*").replaceAll("−", "-");
}

function zeros(rows: number, cols: number): number[][] {
  return Array.from({ length: rows }, () => new Array<number>(cols).fill(0));
}
