/**
 * Gradients, Jacobians and their products of random formulas, as numbers: along a random direction they are what dual
 * numbers say, by an evaluator that knows no rule.
 */
import assert from "node:assert/strict";
import { transpose, vec } from "../../src/numeric/matrix.js";
import { multiply } from "../../src/numeric/multiply.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import {
  type Derived,
  gaussNewton,
  gradient,
  jacobian,
  jtu,
  jv,
} from "../../src/symbolic/derive/gradient.js";
import type { Expression } from "../../src/symbolic/language/expression.js";
import { parse } from "../../src/symbolic/language/parse.js";
import { print } from "../../src/symbolic/language/print.js";
import { runFormula } from "../../src/verify/run.js";
import type { Values } from "../../src/verify/sizes.js";
import { cases } from "../cases.js";
import type { Declared } from "../symbolic/soundness/fuzz/declared.js";
import { evaluate, type Here, standingIn } from "../symbolic/soundness/fuzz/evaluator.js";
import { drawnFormulas, type Formula } from "../symbolic/soundness/fuzz/formulas.js";
import { values as entriesOf, type Jets, NoValue } from "../symbolic/soundness/fuzz/jets.js";
import { isSameShape, type Shape, scalar, type Terms } from "../symbolic/soundness/fuzz/terms.js";
import { drawLayers } from "../symbolic/soundness/fuzz/themes.js";
import type { Sizes } from "../symbolic/soundness/fuzz/windows.js";

const { numRuns } = cases(60);

/** A formula by a matrix of a drawn world, at drawn sizes. */
interface Case extends Omit<Formula, "e"> {
  readonly sizes: Sizes;
  readonly e: Expression;
}

function* drawn(): Generator<Case> {
  const formulas = drawnFormulas({
    about: "derivatives",
    worlds: numRuns,
    formulasEach: 6,
    tries: 1,
    world: drawLayers,
    formula: formulaOf,
    isLeftOut: (e) => e.includes("dsigma"), // σ is ReLU where it runs
  });
  for (const one of formulas) {
    const sizes = one.terms.random.of(one.given.places.slice(0, 4));
    yield { ...one, sizes, e: parse(one.e) };
  }
}

function formulaOf(terms: Terms): [Shape, string] {
  const { random } = terms;
  const shape = random.oneIn(3) ? scalar : terms.shape();
  return [shape, random.oneIn(2) ? terms.multiple(shape) : terms.term(shape, random.whole(1, 3))];
}

function hereOf({ given, sizes, e }: Case): Here {
  const common = {
    declared: given.declared,
    sizes,
    sigma: "max(x, 0)" as const,
    seed: 1,
    outer: 0,
    instance: 0,
  };
  return { ...common, standing: standingIn(given.declared, [e]), moving: [], within: [] };
}

function asMatrix(A: Jets): Matrix {
  return columnMajor(A.rows, A.cols, Float64Array.from(entriesOf(A)));
}

/** What the evaluator draws, as typed arrays. */
function valuesFor(declared: Declared, here: Here, X: string): Values {
  const one = (name: string, instance: number) =>
    asMatrix(evaluate({ kind: "name", name }, { ...here, instance }));
  const all = declared.matrices.map(({ name, each }) => [
    name,
    each ? Array.from({ length: here.sizes.l }, (_, k) => one(name, k)) : one(name, 0),
  ]);
  return { ...here.sizes, ...Object.fromEntries(all), [`d${X}`]: one(`d${X}`, 0) };
}

const inner = (x: Matrix, y: Matrix) =>
  Array.from(x.data, (entry, k) => entry * y.data[k]).reduce((sum, term) => sum + term, 0);

/** Each product, and what it has to be for the differential dE along dX. */
const products: Record<
  string,
  (one: Case, at: { dX: Matrix; dE: Matrix; values: Values }) => [number[], number[]] | undefined
> = {
  jv: (one, { dE, values }) => {
    const found = ran(one, jv(one.given.world, one.e, one.X), values);
    assert.deepEqual([found.rows, found.cols], [dE.rows, dE.cols]);
    return [[...found.data], [...dE.data]];
  },
  jacobian: (one, { dX, dE, values }) => {
    const J = ran(one, jacobian(one.given.world, one.e, one.X), values);
    return [[...multiply(J, vec(dX)).data], [...dE.data]];
  },
  gradient: (one, { dX, dE, values }) => {
    if (!isSameShape(one.shape, scalar)) return undefined;
    const row = ran(one, gradient(one.given.world, one.e, one.X), values);
    return [[...multiply(row, vec(dX)).data], [...dE.data]];
  },
  jtu: (one, { dX, dE, values }) => {
    const U = one.terms.matrices.find(({ shape, each }) => !each && isSameShape(shape, one.shape));
    if (!U) return undefined;
    const column = ran(one, jtu(one.given.world, one.e, one.X, U.name), values);
    return [[...multiply(transpose(column), vec(dX)).data], [inner(values[U.name] as Matrix, dE)]];
  },
  gaussNewton: (one, { dX, dE, values }) => {
    const form = parse(`3*norm2(${print(one.e)})/2`);
    const column = ran(one, gaussNewton(one.given.world, form, one.X), values);
    return [[inner(column, vec(dX))], [3 * inner(dE, dE)]];
  },
};

function ran(one: Case, { formula, steps }: Derived, values: Values): Matrix {
  return runFormula(one.given.world, formula, values, steps.lines[0].expression);
}

/** Whole numbers are compared to nine figures of the largest. */
function assertAlike([found, wanted]: [number[], number[]], largest: number): void {
  const k = found.findIndex((x, at) => !(Math.abs(x - wanted[at]) <= 1e-9 * Math.max(1, largest)));
  assert.ok(k < 0 && found.length === wanted.length, `entry ${k} is ${found[k]}, not ${wanted[k]}`);
}

describe("derivatives of random formulas, run", () => {
  const failures: string[] = [];
  const counts: Record<string, number> = {};

  function tried(one: Case): void {
    const here = hereOf(one);
    const { declared } = one.given;
    let wanted: { dX: Matrix; dE: Matrix; values: Values };
    try {
      const values = valuesFor(declared, here, one.X);
      const d: Expression = { kind: "call", name: "d", args: [one.e, { kind: "name", name: one.X }] };
      wanted = { values, dX: values[`d${one.X}`] as Matrix, dE: asMatrix(evaluate(d, here)) };
    } catch (error) {
      if (error instanceof NoValue) return;
      throw error;
    }
    const largest = Math.max(...wanted.dE.data.map(Math.abs));
    if (!(largest < 1e9)) return;
    for (const [name, product] of Object.entries(products)) {
      try {
        const pair = product(one, wanted);
        if (!pair) continue;
        counts[name] = (counts[name] ?? 0) + 1;
        assertAlike(pair, largest * largest);
      } catch (error) {
        failures.push(
          `${name} of ${print(one.e)} by ${one.X}: ${(error as Error).message}\n${one.given.text}\n${JSON.stringify(one.sizes)}`,
        );
      }
    }
  }

  before("drawn of the day's seed", () => {
    for (const one of drawn()) tried(one);
    console.log(
      `      ${Object.entries(counts)
        .map(([name, n]) => `${n} × ${name}`)
        .join(", ")}`,
    );
  }).timeout(numRuns * 5000);

  it("are what dual numbers say", () =>
    assert.equal(failures.length, 0, `${failures.length} failures\n${failures.slice(0, 6).join("\n\n")}`));

  it("are there: each kind, often", () => {
    for (const name of Object.keys(products))
      assert.ok(counts[name] >= numRuns / 4, `${counts[name]} × ${name}`);
  });
});
