/** Random declarations: sizes called as a prover might call its own, maps with offsets, strides, flips and repetitions. */

import type { Declared, IndexMap, Loss, Matrix, OwnMap } from "./declared.js";
import { sizesOfMap } from "./declared.js";
import type { Random } from "./random.js";

/** Among them names of indices, of functions, and words that machinery likes. */
const sizeNames =
  "m n k p q d h s a b t u v r0 c0 x0 x1 r1 c1 x2 i j K I r c y z instance choice l0 tr0 m0 n1 e".split(" ");

export const matrixNames: readonly string[] =
  "A B X Y W S T V U C D M N x y v w c z g2 tr1 trx r2 row c2 x3 choice1 P0 one".split(" ");

/** The counters' names may be those of sizes. */
const counterNames = "c p q i j r0 c0 x0 u v k".split(" ");

/** Of everything something. */
export function drawAnything(random: Random): Declared {
  const [o, t, d, u, v, h, ...others] = random.some(sizeNames, 9);
  const free = [o, t, d, u, v, h, ...others];
  const sides = drawSides(random, free);
  const maps = drawMaps(random, { o, t, d, u, v, h }, sides);
  const matrices = drawMatrices(random, free, maps);
  const losses = drawLosses(random, matrices);
  return { sizes: [...free, "l"], defined: sides.defined, matrices, maps, losses };
}

interface Sides {
  readonly defined: { readonly name: string; readonly text: string }[];
  /** The sides of the source of own maps. */
  readonly source: readonly [string, string];
}

function drawSides(random: Random, free: readonly string[]): Sides {
  const [o, t, , u, v, h] = free;
  const source = random.some(
    ["a_in", "b_in", "x_1", "r_0", "n_2"].filter((name) => !free.includes(name)),
    2,
  ) as [string, string];
  const extent = (side: string) =>
    random.of([`${side} + ${o} + ${t}`, `${side}*${h} + ${o} + ${t}`, `${h}*${side} + ${o} + ${t} + ${h}`]);
  const text = extent("•");
  const defined = [
    { name: source[0], text: text.replace("•", u) },
    { name: source[1], text: (random.oneIn(3) ? extent("•") : text).replace("•", v) },
  ];
  return { source, defined };
}

type Letters = Readonly<Record<"o" | "t" | "d" | "u" | "v" | "h", string>>;

function drawMaps(random: Random, at: Letters, { source, defined }: Sides): IndexMap[] {
  const own = drawOwnMaps(random, at, source);
  const [kind, side1, side2] = [random.of(["conv", "padding", "avgpool"] as const), "a_0", "b_0"];
  const named: IndexMap[] = [];
  const add = (
    map: "conv" | "padding" | "maxpool" | "avgpool",
    out: [string, string],
    names: [string, string],
  ) => {
    const args = map === "conv" ? [at.h, at.o, at.d, at.u, at.v] : [at.h, at.d, at.u, at.v];
    defined.push(
      { name: out[0], text: outText(map, at.u, at) },
      { name: out[1], text: outText(map, at.v, at) },
    );
    named.push({ kind: map, name: names[0], matrix: names[1], args, out });
  };
  if (random.oneIn(2)) add(kind, [side1, side2], ["phi", "P_phi"]);
  if (random.oneIn(2)) add("maxpool", ["a_q", "b_q"], ["pool", "P_pool"]);
  return random.oneIn(4) && named.length > 0 ? named : [...own, ...named];
}

function outText(map: IndexMap["kind"], side: string, { h, o }: Letters): string {
  if (map === "conv") return `floor((${side} - ${h})/${o}) + 1`;
  return map === "padding" ? `${side} + 2*${h}` : `floor(${side}/${h})`;
}

/** Two maps from one source whose results have one size. */
function drawOwnMaps(random: Random, at: Letters, source: readonly [string, string]): OwnMap[] {
  const [c, p, q, i, j] = random.some(counterNames, 5);
  const isPatch = random.oneIn(3);
  const rowCounters = [
    ...(isPatch
      ? [
          { name: i, size: at.h },
          { name: j, size: at.h },
        ]
      : []),
    { name: c, size: at.d },
  ];
  const colCounters = [
    { name: p, size: at.u },
    { name: q, size: at.v },
  ];
  const place = (letter: string, size: string, side: string, offset: string) =>
    random.of([
      letter,
      `${letter} + ${at.o}`,
      `${letter} + ${at.t}`,
      `${letter} + ${at.o}`,
      `${letter} + ${at.t}`,
      `${at.h}*${letter}`,
      `${at.h}*${letter} + ${at.o}`,
      `${size} - 1 - ${letter}`,
      `${side} - 1 - ${letter}`,
      at.o,
      "0",
      ...(isPatch
        ? [`${letter} + ${offset}`, `${at.h}*${letter} + ${offset}`, `${at.h}*${letter} + ${offset}`]
        : []),
    ]);
  const one = (name: string, matrix: string): OwnMap => ({
    kind: "own",
    name,
    matrix,
    rowCounters,
    colCounters,
    placeRows: [{ at: random.of([c, c, c, `${at.d} - 1 - ${c}`, "0"]), size: at.d }],
    placeCols: [
      { at: place(p, at.u, source[0], i), size: source[0] },
      { at: place(q, at.v, source[1], j), size: source[1] },
    ],
  });
  return [one("f", "P"), one("g", "Q")];
}

function drawMatrices(random: Random, free: readonly string[], maps: readonly IndexMap[]): Matrix[] {
  const names = random.some(
    matrixNames.filter((name) => !free.includes(name)),
    matrixNames.length,
  );
  const size = () => random.of([...free.slice(0, 5), ...free.slice(0, 5), "1"]);
  const next = (rows: string, cols: string, each = false): Matrix => ({
    name: names.pop() as string,
    rows,
    cols,
    each,
  });
  const [m, n, k] = random.some(free, 3);
  const shaped = [next(m, n), next(m, n), next(n, k), next(n, n), next(m, "1"), next(m, "1"), next("1", "1")];
  const instances = [next(m, n, true), next(random.of([n, "1"]), random.of(["1", k]), true)];
  const written = random.oneIn(4) ? [next(`(${m}-${n})`, random.of([n, "1"]))] : [];
  const sources = maps
    .flatMap((map) => [sizesOfMap(map).from])
    .filter((from, at, all) => all.findIndex((other) => other.join() === from.join()) === at)
    .flatMap(([rows, cols]) => [next(rows, cols), next(rows, cols, random.oneIn(2))]);
  return [...shaped, ...instances, ...written, ...sources, next(size(), size())];
}

/** Two losses on matrices that there are, and the letters of their derivatives; one in so many has a Hessian. */
export function drawLosses(
  random: Random,
  matrices: Matrix[],
  count: number = random.whole(0, 2),
  hessianIn = 4,
): Loss[] {
  return random.some(matrices, count).map((of, k) => {
    const [name, gradient, hessian] = [["xi", "G", "H"] as const, ["rho", "G2", "H2"] as const][k];
    const each = of.each !== random.oneIn(4);
    const { rows, cols } = of;
    matrices.push({ name: gradient, rows, cols, each });
    if (!random.oneIn(hessianIn)) return { name, gradient };
    const size = [rows, cols].filter((text) => text !== "1").join("*") || "1";
    matrices.push({ name: hessian, rows: size, cols: size, each });
    return { name, gradient, hessian };
  });
}
