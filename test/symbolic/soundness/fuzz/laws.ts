/** Laws of the field with random terms in them, and what a hurried reader might take for one. */

import {
  isSameShape,
  type LossTerm,
  type MapTerm,
  type Shape,
  type Size,
  scalar,
  type Terms,
  textOf,
} from "./terms.js";

export type Sides = readonly [left: string, right: string];
type Law = (t: Terms) => Sides | undefined;

/** Sizes and terms that many laws begin with. Sizes of K are short: it has the square of their product entries. */
function begin(t: Terms): { A: string; B: string; C: string; m: Size; n: Size; k: Size; D: string } {
  const { rows: m, cols: n } = t.shape();
  const k = t.inner();
  const of = (rows: Size, cols: Size) => t.term({ rows, cols }, t.random.whole(0, 2));
  return { m, n, k, A: of(m, n), B: of(n, k), C: of(m, n), D: of(n, k) };
}

function times(...sizes: Size[]): string {
  return textOf(sizes.flat());
}

/** Sizes of which a K is small. */
function short(t: Terms, ...sizes: readonly Size[]): boolean {
  return sizes.every((list) => list.length <= 1 && list.every((name) => t.declared.sizes.includes(name)));
}

function ofMap(law: (t: Terms, map: MapTerm, X: string, Y: string) => Sides | undefined): Law {
  return (t) => {
    if (t.maps.length === 0) return undefined;
    const map = t.random.of(t.maps);
    const inside = () => t.term(map.from, t.random.whole(0, 1));
    return law(t, map, inside(), inside());
  };
}

function ofLoss(law: (t: Terms, loss: LossTerm, S: string, X: string) => Sides | undefined): Law {
  return (t) => {
    if (t.losses.length === 0) return undefined;
    const loss = t.random.of(t.losses);
    const S = t.term(loss.of, t.random.whole(0, 2));
    const inside = t.variables.filter((name) =>
      new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`).test(S),
    );
    return law(t, loss, S, t.random.of(inside.length > 0 ? inside : t.variables));
  };
}

/** Of a number that may move. */
function ofNumber(law: (c: string) => Sides): Law {
  return (t) => {
    const numbers = t.matrices.filter(
      ({ name, shape }) => isSameShape(shape, scalar) && t.variables.includes(name),
    );
    return numbers.length > 0 ? law(t.random.of(numbers).name) : undefined;
  };
}

/** True whatever the terms are. */
export const laws: readonly Law[] = [
  (t) => (({ A, C }) => [`${A} + ${C}`, `${C} + ${A}`] as const)(begin(t)),
  (t) => (({ A, B, C }) => [`(${A} + ${C})*${B}`, `${A}*${B} + ${C}*${B}`] as const)(begin(t)),
  (t) => (({ A, B }) => [`(${A}*${B})'`, `${B}'*${A}'`] as const)(begin(t)),
  (t) => (({ A, B, C }) => [`${A}*(${B}*${B}')*${C}'`, `(${A}*${B})*(${C}*${B})'`] as const)(begin(t)),
  (t) => (({ A, B, m }) => [`vec(${A}*${B})`, `kron(${B}', I(${times(m)}))*vec(${A})`] as const)(begin(t)),
  (t) => (({ A, B, k }) => [`vec(${A}*${B})`, `kron(I(${times(k)}), ${A})*vec(${B})`] as const)(begin(t)),
  (t) =>
    (({ A, B, C, D }) => [`kron(${A}, ${C})*kron(${B}, ${D})`, `kron(${A}*${B}, ${C}*${D})`] as const)(
      begin(t),
    ),
  (t) => (({ A, B }) => [`kron(${A}, ${B})'`, `kron(${A}', ${B}')`] as const)(begin(t)),
  (t) =>
    (({ A, m, n }) =>
      short(t, m, n) ? ([`K(${times(m)}, ${times(n)})*vec(${A})`, `vec(${A}')`] as const) : undefined)(
      begin(t),
    ),
  (t) =>
    (({ m, n }) =>
      short(t, m, n)
        ? ([`K(${times(m)}, ${times(n)})*K(${times(n)}, ${times(m)})`, `I(${times(m, n)})`] as const)
        : undefined)(begin(t)),
  (t) =>
    (({ A, B, m, n, k }) =>
      short(t, m, n, k)
        ? ([
            `K(${times(n)}, ${times(m)})*kron(${A}, ${B})*K(${times(n)}, ${times(k)})`,
            `kron(${B}, ${A})`,
          ] as const)
        : undefined)(begin(t)),
  (t) => (({ A, C }) => [`trace(${A}*${C}')`, `trace(${C}'*${A})`] as const)(begin(t)),
  (t) => (({ A, C }) => [`vec(${A})'*vec(${C})`, `trace(${A}'*${C})`] as const)(begin(t)),
  (t) => (({ A }) => [`norm2(${A})`, `trace(${A}'*${A})`] as const)(begin(t)),
  (t) => (({ A, m, n }) => [`mat(vec(${A}), ${times(m)}, ${times(n)})`, A] as const)(begin(t)),
  (t) =>
    (({ A, C }) => [`norm2(${A} + ${C})`, `norm2(${A}) + 2*vec(${A})'*vec(${C}) + norm2(${C})`] as const)(
      begin(t),
    ),
  (t) => (({ A, C }) => [`Sum(${A} + ${C})`, `Sum(${A}) + Sum(${C})`] as const)(begin(t)),
  (t) => {
    const { m } = begin(t);
    const [v, w] = [t.term({ rows: m, cols: [] }, 1), t.term({ rows: m, cols: [] }, 1)];
    return [`diag(${v})*${w}`, `${v} .* ${w}`];
  },
  (t) => {
    const { A, B } = begin(t);
    const X = t.random.of(t.variables);
    return [`d(${A}*${B}, ${X})`, `d(${A}, ${X})*${B} + ${A}*d(${B}, ${X})`];
  },
  (t) => {
    const { A } = begin(t);
    const X = t.random.of(t.variables);
    return [`d(sigma(${A}), ${X})`, `dsigma(${A}) .* d(${A}, ${X})`];
  },
  (t) => {
    const { A } = begin(t);
    const X = t.random.of(t.variables);
    return [`d(norm2(${A}), ${X})`, `2*vec(${A})'*vec(d(${A}, ${X}))`];
  },
  ofNumber((c) => [`d(${c}*${c}, ${c})`, `2*${c}*d${c}`]),
  ofNumber((c) => [`d(${c}*${c}*${c}/2, ${c})`, `3*${c}*${c}*d${c}/2`]),
  ofNumber((c) => [`d(1/${c}, ${c})`, `-d${c}/(${c}*${c})`]),
  (t) => {
    const fixed = t.matrices.filter(({ each }) => !each);
    const { name } = t.random.of(fixed);
    return [`Sum(${name})`, `l*${name}`];
  },
  ofMap((_t, { name, matrix }, X) => [`vec(${name}(${X}))`, `${matrix}*vec(${X})`]),
  ofMap((_t, { name, chooses }, X, Y) =>
    chooses
      ? [`${name}(2*${X})`, `2*${name}(${X})`]
      : [`${name}(${X} - ${Y})`, `${name}(${X}) - ${name}(${Y})`],
  ),
  ofMap((t, { name, matrix, to }, X) => {
    const by = t.random.of(t.variables);
    return [
      `d(${name}(${X}), ${by})`,
      `mat(${matrix}*vec(d(${X}, ${by})), ${times(to.rows)}, ${times(to.cols)})`,
    ];
  }),
  ofMap((_t, { name, matrix, to }, X) => [
    `sigma(${name}(${X}))`,
    `mat(${matrix}*vec(sigma(${X})), ${times(to.rows)}, ${times(to.cols)})`,
  ]),
  ofLoss((_t, { name, gradient }, S, X) => [
    `d(${name}(${S}), ${X})`,
    `vec(${gradient})'*vec(d(${S}, ${X}))`,
  ]),
  ofLoss((_t, { name, gradient }, S, X) => [
    `d(Sum(${name}(${S})), ${X})`,
    `Sum(vec(${gradient})'*vec(d(${S}, ${X})))`,
  ]),
];

/** True for some maps and false for others: that read every place once, no place twice, the same places. */
const ofTwoMaps = [
  ...[
    "f(X) = g(X)",
    "P*vec(X) = Q*vec(X)",
    "P = Q",
    "P'*P = Q'*Q",
    "P*P' = Q*Q'",
    "Q*P' = P*Q'",
    "P*Q' = P*P'",
  ],
  ...[
    "P = Q",
    "f(X) = g(X)",
    "Q*P' = I(n)",
    "P'*P = I(a)",
    "P*P' = I(n)",
    "P*P'*P = P",
    "P'*ones(n) = ones(a)",
  ],
  ...["P*ones(a) = ones(n)", "P*Q'*ones(m) = ones(n)", "norm2(P*Q') = n", "norm2(P) = n", "norm2(P'*P) = n"],
  ...[
    "trace(P'*P) = n",
    "P*Q'*Q*P' = I(n)",
    "trace(Q*P'*P*Q') = m",
    "P*Q'*vec(V) = vec(W)",
    "norm2(Q'*P) = n",
  ],
  ...["sigma(f(X)) = g(sigma(X))", "f(X .* Y) = f(X) .* g(Y)", "P*diag(vec(X))*P' = diag(vec(f(X)))"],
  ...["vec(W)'*P*vec(X) = vec(g(X))'*vec(W)", "norm2(f(X)) = norm2(X)", "norm2(P'*vec(W)) = norm2(W)"],
  ...["norm2(f(X)) = norm2(g(X))", "P'*vec(W) = Q'*vec(W)", "ones(n)'*P*vec(X) = ones(a)'*vec(X)"],
  ...["ones(n)'*P*vec(X) = ones(m)'*Q*vec(X)", "P*P'*vec(W) = vec(W)", "Q*P'*vec(W) = vec(W)"],
  ...["P*P'*vec(W) = Q*P'*vec(W)", "trace(P*P') = trace(Q*Q')", "norm2(P*P') = norm2(Q*P')", "Q'*Q*P' = P'"],
  ...[
    "norm2(P'*ones(n)) = n",
    "norm2(P*Q'*vec(V)) = norm2(V)",
    "P*Q'*Q = P",
    "P*Q'*Q = Q",
    "norm2(P - Q) = 0",
  ],
];

/** True for what only moves entries; for a selection where images have their largest entries at the same places. */
const ofMaps: readonly ((t: Terms, map: MapTerm, X: string, Y: string) => Sides)[] = [
  (t, { name }, X) => ((c) => [`${name}(${c}*${X})`, `${c}*${name}(${X})`] as const)(factor(t)),
  (t, { name }, X) => ((c) => [`${name}(${X}/${c})`, `${name}(${X})/${c}`] as const)(factor(t)),
  (_t, { name }, X) => [`${name}(-${X})`, `-${name}(${X})`],
  (t, { name, matrix, from }) =>
    ((X) => [`Sum(vec(${name}(${X})))`, `${matrix}*Sum(vec(${X}))`] as const)(eachOf(t, from)),
  (t, { name, matrix, from }) =>
    ((X) => [`Sum(vec(${name}(${X})))`, `Sum(${matrix})*vec(${X})`] as const)(eachOf(t, from)),
  (t, { name, matrix, from }) =>
    ((X) => [`Sum(vec(${name}(${X}))) + Sum(${matrix})`, `Sum(${matrix}*vec(${X})) + l*${matrix}`] as const)(
      eachOf(t, from),
    ),
  (_t, { name, matrix }, X, Y) => [`vec(${name}(${X})) + ${matrix}*vec(${Y})`, `vec(${name}(${X} + ${Y}))`],
  (_t, { name }, X, Y) => [`${name}(${X}) + ${name}(${Y})`, `${name}(${Y}) + ${name}(${X})`],
  (_t, { name }, X) => [`sigma(${name}(${X}))`, `${name}(sigma(${X}))`],
];

const ofLosses: readonly ((t: Terms, loss: LossTerm, S: string, X: string) => Sides)[] = [
  (_t, { name }, S, X) => [`d(${name}(${S}), ${X})`, `d(${name}(2*${S}), ${X})/2`],
  (_t, { name }, S, X) => [`d(${name}(${S}), ${X})`, `-d(${name}(-${S}), ${X})`],
  (t, { name, of }, S, X) =>
    ((T) => [`d(${name}(${S} + ${T}), ${X})`, `d(${name}(${S}), ${X}) + d(${name}(${T}), ${X})`] as const)(
      t.term(of, 0),
    ),
  (t, { name, of }, S, X) =>
    ((T) =>
      [
        `d(${name}(${S}), ${X})`,
        `d(${name}(${S} + ${T}), ${X}) - vec(d(${T}, ${X}))'*vec(d(${T}, ${X}))`,
      ] as const)(t.term(of, 0)),
  (_t, { name, gradient }, S, X) => [
    `d(Sum(${name}(${S})), ${X})`,
    `Sum(vec(${gradient})'*vec(d(${S}, ${X})))`,
  ],
  (_t, { name }, S) => [`Sum(${name}(${S}))`, `l*${name}(${S})`],
  (_t, { gradient }, _S, X) => [`d(${gradient}, ${X})`, `0*${gradient}`],
];

/** A number that may be below 0. */
function factor(t: Terms): string {
  return t.random.of([t.factor(), t.factor(), "(-2)", "(-1)"]);
}

/** A matrix of each instance where there is one. */
function eachOf(t: Terms, shape: Shape): string {
  const found = t.matrices.filter((one) => one.each && isSameShape(one.shape, shape)).map(({ name }) => name);
  return found.length > 0 ? t.random.of(found) : t.term(shape, 0);
}

/** False in general. */
export const temptations: readonly Law[] = [
  (t) => (({ A, B }) => [`Sum(${A}*${B})`, `Sum(${A})*Sum(${B})`] as const)(begin(t)),
  (t) => (({ A, C }) => [`sigma(${A} + ${C})`, `sigma(${A}) + sigma(${C})`] as const)(begin(t)),
  // what is summed within a function, and outside
  (t) => (({ A }) => [`sigma(Sum(${A}))`, `Sum(sigma(${A}))`] as const)(begin(t)),
  (t) => (({ A, B }) => [`sigma(${A}*${B})`, `sigma(${A})*sigma(${B})`] as const)(begin(t)),
  (t) =>
    (({ A, m }) => [`ones(${times(m)})'*sigma(${A})`, `sigma(ones(${times(m)})'*${A})`] as const)(begin(t)),
  (t) => (({ A }) => [`sigma(2*${A})`, `2*sigma(${A})`] as const)(begin(t)),
  (t) => (({ A, B }) => [`kron(${A}, ${B})`, `kron(${B}, ${A})`] as const)(begin(t)),
  (t) =>
    (({ m, n }) =>
      short(t, m, n) ? ([`K(${times(m)}, ${times(n)})`, `K(${times(n)}, ${times(m)})`] as const) : undefined)(
      begin(t),
    ),
  (t) => (({ A, C }) => [`norm2(${A} + ${C})`, `norm2(${A}) + norm2(${C})`] as const)(begin(t)),
  (t) => (({ m, n }) => [`norm2(ones(${times(m)}))`, `norm2(ones(${times(n)}))`] as const)(begin(t)),
  (t) => {
    const { name } = t.random.of(t.matrices);
    return [`Sum(${name})`, `l*${name}`];
  },
  (t) => {
    const { name, shape } = t.random.of(t.matrices);
    if (!isSameShape(shape, { rows: shape.cols, cols: shape.rows })) return undefined;
    return [name, `${name}'`];
  },
  ...ofTwoMaps.map(
    (text): Law =>
      (t) => {
        const own = t.maps.filter(({ matrix }) => ["P", "Q"].includes(matrix));
        if (own.length < 2) return undefined;
        const [first, second] = t.random.oneIn(2) ? own : [own[1], own[0]];
        const values: Record<string, string> = {
          ...{ P: first.matrix, Q: second.matrix, f: first.name, g: second.name },
          ...{
            X: t.term(first.from, 1),
            Y: t.term(first.from, 0),
            W: t.term(first.to, 0),
            V: t.term(second.to, 0),
          },
          n: times(first.to.rows, first.to.cols),
          m: times(second.to.rows, second.to.cols),
          a: times(first.from.rows, first.from.cols),
        };
        const filled = text.replaceAll(/\b[PQfgXYWVnma]\b/g, (letter) => values[letter]);
        return filled.split(" = ") as unknown as Sides;
      },
  ),
  ofMap((_t, { matrix, to }) => [`${matrix}*${matrix}'`, `I(${times(to.rows, to.cols)})`]),
  ofMap((_t, { matrix, from }) => [`${matrix}'*${matrix}`, `I(${times(from.rows, from.cols)})`]),
  ofMap((_t, { name }, X, Y) => [`${name}(${X} + ${Y})`, `${name}(${X}) + ${name}(${Y})`]),
  ofMap((_t, { name }, X, Y) => [`${name}(${X} .* ${Y})`, `${name}(${X}) .* ${name}(${Y})`]),
  ofMap((_t, { name }, X) => [`${name}(-${X})`, `-${name}(${X})`]),
  ofMap((_t, { name }, X) => [`${name}(sigma(${X}))`, `sigma(${name}(${X}))`]),
  ofMap((_t, { name }, X) => [`${name}(dsigma(${X}))`, `dsigma(${name}(${X}))`]),
  ofMap((_t, { name }, X) => [`Sum(${name}(${X}))`, `l*${name}(${X})`]),
  ofMap((_t, { name }, X) => [`Sum(${name}(${X}))`, `${name}(Sum(${X}))`]),
  ofMap((_t, { name, matrix }, X, Y) => [
    `vec(${name}(${X})) + ${matrix}*vec(${Y})`,
    `vec(${name}(${X})) + vec(${name}(${Y}))`,
  ]),
  ofNumber((c) => [`d(${c}*${c}, ${c})`, `${c}*d${c}`]),
  ofNumber((c) => [`d(1/${c}, ${c})`, `d${c}/(${c}*${c})`]),
  ...ofMaps.map((law) => ofMap(law)),
  ...ofLosses.map((law) => ofLoss(law)),
  ofLoss((_t, { name, gradient }, S, X) => [
    `d(Sum(${name}(${S})), ${X})`,
    `vec(${gradient})'*vec(d(Sum(${S}), ${X}))`,
  ]),
  ofLoss((_t, { name }, S, X) => [`d(${name}(${S}), ${X})`, `d(${name}(2*${S}), ${X})/2`]),
  ofLoss((_t, { name, gradient }, S, X) => [
    `d(${name}(${S}), ${X}) + vec(${gradient})'*vec(d(${X}, ${X}))`,
    `d(${name}(${S}), ${X}) + d(${name}(${X}), ${X})`,
  ]),
  ofLoss((t, { name, of }, S) => [`${name}(${S})`, `${name}(${t.term(of, 0)})`]),
  ofLoss((_t, { name }, S, X) => [`d(d(${name}(${S}), ${X}), ${X})`, "0"]),
];

/** Two terms of one size. */
export const equalities: readonly Law[] = [
  (t) => {
    const shape: Shape = t.random.oneIn(4) ? scalar : t.shape();
    return [t.term(shape, t.random.whole(1, 3)), t.term(shape, t.random.whole(0, 3))];
  },
];

/** What fits the declarations: of maps and losses where there are some. */
export function anyOf(laws: readonly Law[], t: Terms): Sides | undefined {
  const isAbout = t.maps.length + t.losses.length > 0 && !t.random.oneIn(3);
  for (let tries = 0; tries < 8; tries++) {
    const sides = t.random.of(laws)(t);
    if (!sides) continue;
    const names = [
      ...t.maps.flatMap(({ name, matrix }) => [name, matrix]),
      ...t.losses.map(({ name }) => name),
    ];
    if (!isAbout || names.some((name) => new RegExp(`\\b${name}\\b`).test(sides.join(" ")))) return sides;
  }
  return undefined;
}
