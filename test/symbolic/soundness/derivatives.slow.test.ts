/**
 * Gradients, Jacobians and their products of random formulas with losses, σ, σ′ and chains of them: along a random direction
 * they are what dual numbers say, by an evaluator that takes of the program the parsed formula alone.
 */
import assert from "node:assert/strict";
import type { Verdict } from "../../../src/symbolic/check/verdict.js";
import { type Check, StepError } from "../../../src/symbolic/derive/derive.js";
import {
  GradientError,
  gaussNewton,
  gradient,
  jacobian,
  jtu,
  jv,
} from "../../../src/symbolic/derive/gradient.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { cases } from "../../cases.js";
import { drawnFormulas, type Formula } from "./fuzz/formulas.js";
import { judge } from "./fuzz/judge.js";
import { isSameShape, type Shape, scalar, type Terms } from "./fuzz/terms.js";
import { drawDeclared, drawLayersWithLosses } from "./fuzz/themes.js";
import { conditionsOf, witnesses } from "./fuzz/witnesses.js";

const { numRuns } = cases(40);

const drawn = () =>
  drawnFormulas({
    about: "derivatives of losses and σ",
    worlds: numRuns,
    formulasEach: 4,
    tries: 40,
    world: (random) => (random.oneIn(3) ? drawDeclared(random) : drawLayersWithLosses(random)),
    formula: formulaOf,
    mayMove: (terms, name) => terms.variables.includes(name),
  });

/** A loss of a term, of a layer or of a chain, some σ of a term, or any term. */
function formulaOf(t: Terms): [Shape, string] {
  const { random } = t;
  const shape = random.oneIn(3) ? scalar : t.shape();
  const term = (of: Shape, depth = random.whole(0, 2)): string => t.term(of, depth);
  const forms: (() => [Shape, string])[] = [
    () => [shape, term(shape, random.whole(1, 3))],
    () => [shape, `sigma(${term(shape)} + ${term(shape)})`],
    () => [shape, `sigma(${term(shape, 1)}) .* ${random.of(["dsigma", "sigma", "relu"])}(${term(shape, 1)})`],
    () => [shape, `sigma(sigma(${term(shape)}) - 2*${term(shape, 0)})`],
    () => [scalar, `norm2(sigma(${term(shape)}) - ${term(shape, 0)})/2`],
  ];
  for (const { name, of } of t.losses)
    forms.push(
      () => [scalar, `${name}(${term(of)})`],
      () => [scalar, `${name}(sigma(${term(of)}) + ${term(of, 0)})`],
      () => [scalar, `${name}(${term(of)}) + norm2(${term(shape)})/2`],
      () => [scalar, `${t.factor()}*${name}(sigma(sigma(${term(of)})))`],
      () => [scalar, `Sum(${name}(${term(of)}))/l`],
      () => [scalar, `${name}(${term(of, 1)}) .* ${name}(${term(of, 1)})`],
      () => [scalar, `${name}(2*${term(of, 1)})/(1 + norm2(${term(shape, 0)}))`],
    );
  return random.of(forms)();
}

/** The two sides that have to be equal, where each line of the derivation holds. */
type Product = (one: Formula, check: Check) => readonly [string, string] | undefined;

const products: Record<string, Product> = {
  jv: ({ given, e, X }, check) => {
    const { formula } = jv(given.world, e, X, check);
    return [`d(${e}, ${X})`, print(formula)];
  },
  jacobian: ({ given, e, X }, check) => {
    const { formula } = jacobian(given.world, e, X, check);
    return [`vec(d(${e}, ${X}))`, `(${print(formula)})*vec(d${X})`];
  },
  gradient: ({ given, e, X, shape }, check) => {
    if (!isSameShape(shape, scalar)) return undefined;
    const { formula } = gradient(given.world, e, X, check);
    return [`d(${e}, ${X})`, `(${print(formula)})*vec(d${X})`];
  },
  jtu: ({ given, terms, e, X, shape }, check) => {
    const alike = terms.matrices.filter((one) => isSameShape(one.shape, shape));
    if (alike.length === 0) return undefined;
    const U = terms.random.of(alike).name;
    const { formula } = jtu(given.world, e, X, U, check);
    return [`vec(${U})'*vec(d(${e}, ${X}))`, `(${print(formula)})'*vec(d${X})`];
  },
  gaussNewton: ({ given, e, X }, check) => {
    const { formula } = gaussNewton(given.world, `3*norm2(${e})/2`, X, [X], check);
    return [`3*norm2(d(${e}, ${X}))`, `(${print(formula)})'*vec(d${X})`];
  },
  "gaussNewton of a loss": ({ given, e, X }, check) => {
    const all = parse(e);
    const loss = given.declared.losses.find(({ name }) => all.kind === "apply" && all.name === name);
    if (all.kind !== "apply" || loss?.hessian === undefined) return undefined;
    const { formula } = gaussNewton(given.world, e, X, [X], check);
    const moved = `vec(d(${print(all.args[0])}, ${X}))`;
    // 0 times the loss says where its Hessian is taken
    const left = `0*${e} + ${moved}'*${loss.hessian}*${moved}`;
    return [left, `(${print(formula)})'*vec(d${X})`];
  },
};

describe("derivatives of random formulas with losses and σ", () => {
  const failures: string[] = [];
  const counts: Record<string, number> = {};
  const counted = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  function tried(one: Formula, name: string): void {
    const { declared, places, text, world } = one.given;
    const verdicts: Verdict[] = [];
    const found = derivedBy(one, name, (statement, standing) => {
      verdicts.push(witnesses["the prover"](world, statement, standing));
      return verdicts[verdicts.length - 1];
    });
    if (!found) return;
    const claim = { declared, lines: found.map((side) => parse(side)), ...conditionsOf(verdicts) };
    const { difference, tried } = judge(claim, places.slice(0, 4));
    counted(tried > 0 ? name : `${name} without a value`);
    for (const what of ["sigma", "dsigma", "relu", "xi", "rho", "Sum", "f", "pool"])
      if (new RegExp(`\\b${what}\\(`).test(one.e) && tried > 0) counted(`of ${what}(…)`);
    if (difference)
      failures.push(`${text}\n${name} by ${one.X}: ${found.join("\n= ")}\n${JSON.stringify(difference)}`);
  }

  /** Undefined where the formula has none, where no rule gives it, or where a line of it is refused. */
  function derivedBy(one: Formula, name: string, check: Check): readonly [string, string] | undefined {
    try {
      return products[name](one, check);
    } catch (error) {
      const { message } = error as Error;
      const isSaid = error instanceof GradientError || error instanceof StepError;
      if (!isSaid) failures.push(`${one.given.text}\n${name} of ${one.e} by ${one.X}: ${error}`);
      counted(`${name} refused`);
      if (process.env.PHILAB_FUZZ_ERRORS) console.log(`${name} of ${one.e} by ${one.X}: ${message}`);
      return undefined;
    }
  }

  before("drawn of the day's seed", () => {
    for (const one of drawn()) for (const name of Object.keys(products)) tried(one, name);
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
      assert.ok(counts[name] >= numRuns / 8, `${counts[name]} × ${name}`);
    for (const what of ["sigma", "dsigma", "xi", "Sum"])
      assert.ok(counts[`of ${what}(…)`] >= numRuns / 2, `${counts[`of ${what}(…)`]} × ${what}`);
  });
});
