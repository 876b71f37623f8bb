/** The derivatives of f by the formulas that are derived for its layers, run on typed arrays. */

import { columnMajor, type Matrix } from "../numeric/storage.js";
import { type Derived, gaussNewton, gradient, jtu, jv } from "../symbolic/derive/gradient.js";
import { parse } from "../symbolic/language/parse.js";
import { print } from "../symbolic/language/print.js";
import type { Written } from "../symbolic/world/cardRecord.js";
import { texOf } from "../symbolic/world/tex.js";
import type { World } from "../symbolic/world/world.js";
import { columnsOf, type Formulas, partValues, type Verifiable } from "./formulas.js";
import type { NamedPart, NetworkText } from "./networkText.js";
import { runFormula } from "./run.js";
import type { Values } from "./sizes.js";

/** A value of a part of θ by a formula. */
export interface OfPart {
  readonly part: NamedPart;
  readonly formula: string;
  readonly tex: string;
  readonly value: Float64Array;
}

/** ∂f/∂vec(X)ᵀ: of f where the loss is ‖z − y‖², else Jᵀ of the loss's own gradient. */
export function gradientsOf(formulas: Formulas): OfPart[] {
  const { given, text, world, theta } = formulas;
  if (given.isSquared) {
    return text.parts.map((part) =>
      partValue(formulas, part, gradient(world, objectiveText(text, given), part.name)),
    );
  }
  const slopes = ofInstances(formulas, (z, y) => given.loss.gradient(z, y));
  return regularised(formulas, theta, transposesOf(formulas, slopes, lossGradient));
}

/** G v: of f where the loss is ‖z − y‖², else Jᵀ B J with the loss's own B. */
export function productsOf(formulas: Formulas): OfPart[] {
  const { given, text, world, v } = formulas;
  const names = text.parts.map(({ name }) => name);
  if (given.isSquared) {
    const f = objectiveText(text, given);
    return text.parts.map((part) => partValue(formulas, part, gaussNewton(world, f, part.name, names)));
  }
  const { value } = tangentOf(formulas);
  const { outputs } = given.net;
  const bent = ofInstances(formulas, (z, y, i) =>
    given.loss.hessianProduct(z, y, value.slice(outputs * i, outputs * (i + 1))),
  );
  return regularised(formulas, v, transposesOf(formulas, bent, { text: "B J v", tex: "B J v" }));
}

/** J v of each instance, side by side. */
export function tangentOf(formulas: Formulas): Omit<OfPart, "part"> {
  const { text, world } = formulas;
  const derived = jv(
    world,
    text.output,
    text.parts.map(({ name }) => name),
  );
  return { ...written(world, derived), value: eachInstance(formulas, derived) };
}

/** What the loss says of each instance's outputs. */
const lossGradient: Written = { text: "grad xi", tex: "\\nabla \\xi" };

/** Σ Jᵢᵀ uᵢ by each part of θ; what u stands for, if not for itself, is said beside the formula. */
export function transposesOf(formulas: Formulas, u: Matrix, meaning?: Written): OfPart[] {
  const { text, world, given, values } = formulas;
  const one = { ...formulas, values: { ...values, u: columnsOf(u) } };
  return text.parts.map((part) => {
    const derived = jtu(world, text.output, part.name, "u");
    const all = eachInstance(one, derived);
    const size = all.length / given.Z.cols;
    const sum = new Float64Array(size);
    for (let k = 0; k < all.length; k++) sum[k % size] += all[k];
    const { formula, tex } = written(world, derived);
    const said = meaning && {
      formula: `${formula} with u = ${meaning.text}`,
      tex: `${tex} \\quad \\text{with } u = ${meaning.tex}`,
    };
    return { part, formula, tex, ...said, value: sum };
  });
}

/** w/C + (1/l) times what is summed over instances, w being θ or v. */
function regularised({ given, text }: Formulas, w: Float64Array, sums: OfPart[]): OfPart[] {
  const { C, l } = given.problem;
  const whole = partValues(text, given.net, w, "");
  return sums.map((one) => {
    const own = whole[one.part.name].data;
    return { ...one, value: one.value.map((x, k) => own[k] / C + x / l) };
  });
}

/** What a loss says of each instance's outputs, which the declared layers give. */
function ofInstances(
  formulas: Formulas,
  say: (z: Float64Array, y: Float64Array, i: number) => ArrayLike<number>,
): Matrix {
  const { world, text, values, given } = formulas;
  const { outputs } = given.net;
  const U = columnMajor(outputs, given.Z.cols, new Float64Array(outputs * given.Z.cols));
  for (let i = 0; i < given.Z.cols; i++) {
    const z = Float64Array.from(runFormula(world, parse(text.output), only(values, i)).data);
    const y = given.y.data.slice(outputs * i, outputs * (i + 1)) as Float64Array;
    U.data.set(say(z, y, i), outputs * i);
  }
  return U;
}

/** θᵀθ/(2C) + Σ ‖z − y‖²/l, U11. */
function objectiveText({ parts, output }: NetworkText, { problem }: Verifiable): string {
  const loss = `Sum(norm2(${output} - y))/l`;
  if (problem.C === Number.POSITIVE_INFINITY) return loss;
  return `(${parts.map(({ name }) => `norm2(${name})`).join(" + ")})/(2*C) + ${loss}`;
}

function partValue(formulas: Formulas, part: NamedPart, derived: Derived): OfPart {
  const { world, values } = formulas;
  return { part, ...written(world, derived), value: runDerived(world, derived, values) };
}

function written(world: World, { formula }: Derived): { formula: string; tex: string } {
  return { formula: print(formula), tex: texOf(world, formula) };
}

function eachInstance({ world, values, given }: Formulas, derived: Derived): Float64Array {
  const all = Array.from({ length: given.Z.cols }, (_, i) => runDerived(world, derived, only(values, i)));
  const together = new Float64Array(all.reduce((sum, { length }) => sum + length, 0));
  for (const [i, one] of all.entries()) together.set(one, i * one.length);
  return together;
}

function runDerived(world: World, { formula, steps }: Derived, values: Values): Float64Array {
  return Float64Array.from(runFormula(world, formula, values, steps.lines[0].expression).data);
}

/** The values of instance i alone. */
function only(values: Values, i: number): Values {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    Array.isArray(value) ? [value[i]] : value,
  ]);
  return { ...Object.fromEntries(entries), l: 1 };
}
