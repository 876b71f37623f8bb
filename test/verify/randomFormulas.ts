/** Random formulas of a declared world, each of a wanted size: numbers scale anywhere, products nest on either side. */

import {
  apply,
  binary,
  call,
  type Expression,
  name,
  negated,
  number,
  productOf,
} from "../../src/symbolic/language/expression.js";

/** One of so many choices, from 0. */
export type Choose = (count: number) => number;

/** A side of a matrix as a product of declared sizes; without any it is 1. */
type Side = readonly string[];

/** What is declared: matrices with their sides, maps with the sides of argument and result. */
export const formulaWorld = `
  dims m n k h s p q d a b l
  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  a_pad = a + 2*p;  b_pad = b + 2*p
  a_half = floor(a/q);  b_half = floor(b/q)
  scalar c
  A : m x n;  B : n x k;  C : k x m;  D : n x n;  x : n x 1;  y : n x 1;  u : m x 1;  r : 1 x n
  E : m x n each;  z : n x 1 each;  t : 1 x 1 each
  Z : d x a*b;  T : d x a*b each
  phi, P = conv(h, s, d, a, b)
  pad, P_pad = padding(p, d, a, b)
  mean, P_mean = avgpool(q, d, a, b)
  pool, P_pool = maxpool(q, d, a, b)
  map turn, P_turn(x:b, c:d; y:a) = (c; a - 1 - y, x) from d x a*b
`;

export const matrices: Record<string, readonly [Side, Side]> = {
  ...{ c: [[], []], A: [["m"], ["n"]], B: [["n"], ["k"]], C: [["k"], ["m"]], D: [["n"], ["n"]] },
  ...{ x: [["n"], []], y: [["n"], []], u: [["m"], []], r: [[], ["n"]], Z: [["d"], ["a", "b"]] },
};

export const eachMatrices: Record<string, readonly [Side, Side]> = {
  ...{ E: [["m"], ["n"]], z: [["n"], []], t: [[], []], T: [["d"], ["a", "b"]] },
};

const image: readonly [Side, Side] = [["d"], ["a", "b"]];
const maps: Record<string, { readonly matrix?: string; readonly result: readonly [Side, Side] }> = {
  phi: {
    matrix: "P",
    result: [
      ["h", "h", "d"],
      ["a_out", "b_out"],
    ],
  },
  pad: { matrix: "P_pad", result: [["d"], ["a_pad", "b_pad"]] },
  mean: { matrix: "P_mean", result: [["d"], ["a_half", "b_half"]] },
  turn: { matrix: "P_turn", result: [["b", "d"], ["a"]] },
  pool: { result: [["d"], ["a_half", "b_half"]] },
};

/** Sizes of one run, and how the formula is drawn. */
export interface Drawing {
  readonly sizes: Readonly<Record<string, number>>;
  readonly choose: Choose;
}

/** A formula of a size that is drawn as well. */
export function anyFormula(drawing: Drawing): Expression {
  const sides: Side[] = [[], ["m"], ["n"], ["k"], ["n"], [], ["m", "n"]];
  const side = () => sides[drawing.choose(sides.length)];
  const shapes = [...Object.values(maps).map(({ result }) => result), image];
  const [rows, cols] =
    drawing.choose(4) === 0 ? shapes[drawing.choose(shapes.length)] : ([side(), side()] as const);
  return formula({ ...drawing, isInSum: false }, { rows, cols, depth: 2 + drawing.choose(3) });
}

interface Wanted {
  readonly rows: Side;
  readonly cols: Side;
  readonly depth: number;
}

interface Here extends Drawing {
  readonly isInSum: boolean;
}

function formula(here: Here, wanted: Wanted): Expression {
  if (wanted.depth <= 0) return leaf(here, wanted);
  for (;;) {
    const e = kinds[here.choose(kinds.length)](here, { ...wanted, depth: wanted.depth - 1 });
    if (e) return e;
  }
}

type Kind = (here: Here, wanted: Wanted) => Expression | undefined;

const scalarOf = (here: Here, depth: number) => formula(here, { rows: [], cols: [], depth });

/** Undefined where the size is not that kind's. Products and numbers are what this is about: they stand twice. */
const kinds: readonly Kind[] = [
  (here, wanted) => leaf(here, wanted),
  multiple,
  multiple,
  multiple,
  matrixProduct,
  matrixProduct,
  matrixProduct,
  (here, wanted) =>
    binary((["+", "-", ".*"] as const)[here.choose(3)], formula(here, wanted), formula(here, wanted)),
  (here, { rows, cols, depth }) => transposeOf(formula(here, { rows: cols, cols: rows, depth })),
  (here, wanted) => (here.choose(2) === 0 ? negated(formula(here, wanted)) : undefined),
  (here, wanted) =>
    call((["sigma", "dsigma", "relu", "drelu"] as const)[here.choose(4)], formula(here, wanted)),
  vecOf,
  matOf,
  kronOf,
  diagOf,
  mapOf,
  numberOf,
  (here, wanted) => (here.isInSum ? undefined : call("Sum", formula({ ...here, isInSum: true }, wanted))),
];

/** c A, A c, A/c, with a formula for c. */
function multiple(here: Here, wanted: Wanted): Expression {
  const [c, A] = [scalarOf(here, wanted.depth), formula(here, wanted)];
  const form = here.choose(5);
  return form < 2 ? binary("*", c, A) : form < 4 ? binary("*", A, c) : binary("/", A, c);
}

function matrixProduct(here: Here, { rows, cols, depth }: Wanted): Expression {
  const inner: Side[] = [[], ["n"], ["m"], ["k"], ["n"]];
  const side = inner[here.choose(inner.length)];
  return binary(
    "*",
    formula(here, { rows, cols: side, depth }),
    formula(here, { rows: side, cols, depth: depth - here.choose(2) }),
  );
}

function transposeOf(e: Expression): Expression {
  return { kind: "unary", op: "'", of: e };
}

/** A side cut in two. */
function cut(here: Here, side: Side): [Side, Side] {
  const at = here.choose(side.length + 1);
  return [side.slice(0, at), side.slice(at)];
}

function vecOf(here: Here, { rows, cols, depth }: Wanted): Expression | undefined {
  if (cols.length > 0) return undefined;
  const [of, by] = cut(here, rows);
  return call("vec", formula(here, { rows: of, cols: by, depth }));
}

function matOf(here: Here, { rows, cols, depth }: Wanted): Expression | undefined {
  if (!isSmall(here, [...rows, ...cols])) return undefined;
  const v = formula(here, { rows: [...rows, ...cols], cols: [], depth });
  return call("mat", v, sizeOf(rows), sizeOf(cols));
}

function kronOf(here: Here, { rows, cols, depth }: Wanted): Expression {
  const [[m, p], [n, q]] = [cut(here, rows), cut(here, cols)];
  return call("kron", formula(here, { rows: m, cols: n, depth }), formula(here, { rows: p, cols: q, depth }));
}

function diagOf(here: Here, { rows, cols, depth }: Wanted): Expression | undefined {
  return isSame(rows, cols) ? call("diag", formula(here, { rows, cols: [], depth })) : undefined;
}

function mapOf(here: Here, { rows, cols, depth }: Wanted): Expression | undefined {
  const [f] = named(maps, ({ result }) => isSame(result[0], rows) && isSame(result[1], cols));
  return f === undefined ? undefined : apply(f, formula(here, { rows: image[0], cols: image[1], depth }));
}

/** What gives one number. */
function numberOf(here: Here, { rows, cols, depth }: Wanted): Expression | undefined {
  if (rows.length + cols.length > 0) return undefined;
  const sides: Side[] = [["m"], ["n"], ["k"], []];
  const [of, by] = [sides[here.choose(4)], sides[here.choose(4)]];
  if (here.choose(2) === 0) return call("norm2", formula(here, { rows: of, cols: by, depth }));
  return call("trace", formula(here, { rows: of, cols: of, depth }));
}

function leaf(here: Here, { rows, cols }: Wanted): Expression {
  const known = here.isInSum ? { ...matrices, ...eachMatrices } : matrices;
  const plain = named(known, ([m, n]) => isSame(m, rows) && isSame(n, cols)).map(name);
  const turned = named(known, ([m, n]) => isSame(n, rows) && isSame(m, cols)).map((A) =>
    transposeOf(name(A)),
  );
  const of = named(maps, ({ result, matrix }) => {
    return (
      matrix !== undefined && isSame([...result[0], ...result[1]], rows) && isSame(["d", "a", "b"], cols)
    );
  }).map((f) => name(maps[f].matrix ?? ""));
  const ones = cols.length === 0 ? call("ones", sizeOf(rows)) : call("ones", sizeOf(rows), sizeOf(cols));
  const square = isSame(rows, cols) ? [call("I", sizeOf(rows))] : [];
  const exchanged =
    isSame(rows, cols) && rows.length === 2 ? [call("K", ...rows.map((size) => name(size)))] : [];
  const numbers = rows.length + cols.length > 0 ? [] : [number(here.choose(4)), name("n"), name("h")];
  const choices = [...plain, ...plain, ...turned, ...of, ones, ...square, ...exchanged, ...numbers];
  return choices[here.choose(choices.length)];
}

function named<T>(all: Readonly<Record<string, T>>, isWanted: (one: T) => boolean): string[] {
  return Object.keys(all).filter((key) => isWanted(all[key]));
}

function isSame(x: Side, y: Side): boolean {
  return [...x].sort().join() === [...y].sort().join();
}

function isSmall({ sizes }: Drawing, side: Side): boolean {
  return side.reduce((product, size) => product * sizes[size], 1) <= 40;
}

function sizeOf(side: Side): Expression {
  return side.length === 0 ? number(1) : productOf(side.map(name));
}
