/** What computes f's derivatives, held against what is derived for the same layers. */

import { partOf } from "../layers/layer.js";
import type { Network } from "../network/network.js";
import { randomMatrix } from "../numeric/random.js";
import { columnMajor, type Matrix } from "../numeric/storage.js";
import type { InstanceLoss } from "../optimise/loss.js";
import type { Problem } from "../optimise/objective.js";
import { declare } from "../symbolic/declare/declare.js";
import { type Derived, gaussNewton, gradient, jtu, jv } from "../symbolic/derive/gradient.js";
import { parse } from "../symbolic/language/parse.js";
import { print } from "../symbolic/language/print.js";
import { texOf } from "../symbolic/world/tex.js";
import type { World } from "../symbolic/world/world.js";
import { type NamedPart, type NetworkText, networkText } from "./networkText.js";
import { runFormula } from "./run.js";
import type { Values } from "./sizes.js";
import { withGroups, withoutGroups } from "./twin.js";
import { shownVerification, type Verification, type VerifiedFormula } from "./verification.js";

/** What is verified: a small problem, its data, and θ and directions for it. */
export interface Verifiable {
  readonly net: Network;
  readonly problem: Problem;
  readonly loss: InstanceLoss;
  readonly isSquared: boolean;
  readonly Z: Matrix;
  readonly y: Matrix;
}

/** The formulas of one network, and how they are run. */
interface Formulas {
  readonly given: Verifiable;
  readonly text: NetworkText;
  readonly world: World;
  readonly values: Values;
  readonly theta: Float64Array;
  readonly v: Float64Array;
  readonly u: Matrix;
}

/** ∇f, Jv, Jᵀu and Gv of a problem, each beside the formula that is derived for the same layers and run on the same numbers. */
export async function verified(given: Verifiable): Promise<Verification> {
  const { problem, net } = given;
  const formulas = formulasOf(given);
  const { theta, v, u } = formulas;
  const tolerance = problem.dtype === "float32" ? 1e-4 : 1e-10;
  const compared = [
    ...byParts("∇f", net, (await problem.gradient(theta)).g, gradientsOf(formulas)),
    wholeOf("Jv", (await problem.Jv(theta, v)).data, tangentOf(formulas)),
    ...byParts("Jᵀu", net, await problem.JTu(theta, u), transposesOf(formulas, u, "u")),
    ...byParts("Gv", net, await problem.Gv(theta, v), productsOf(formulas)),
  ];
  const found = compared.map(({ error, ...one }) => ({ ...one, error, ok: error <= tolerance }));
  return shownVerification({
    ok: found.every(({ ok }) => ok),
    formulas: found,
    declarations: formulas.text.declarations,
    tolerance,
  });
}

/** A value of a part of θ by a formula. */
interface OfPart {
  readonly part: NamedPart;
  readonly formula: string;
  readonly tex: string;
  readonly value: Float64Array;
}

function formulasOf(given: Verifiable): Formulas {
  const { net, Z, y } = given;
  const text = networkText(net);
  const draw = (rows: number, cols: number, seed: number) => randomMatrix(rows, cols, { seed, low: -1 });
  const theta = net.initial(1);
  const biases = draw(net.n, 1, 2).data;
  for (const layer of net.layers) partOf(layer, theta).b.data.set(partOf(layer, biases).b.data);
  const v = draw(net.n, 1, 3).data as Float64Array;
  const u = draw(net.outputs, Z.cols, 4);
  const { a, b, d } = net.input;
  const images = columnsOf(Z).map(({ data }) => columnMajor(d, a * b, data));
  const values = {
    ...text.sizes,
    ...{ Z: images, y: columnsOf(y), u: columnsOf(u), C: given.problem.C, l: Z.cols },
    ...partValues(text, net, theta, ""),
    ...partValues(text, net, v, "d"),
  };
  return { given, text, world: declare(text.declarations), values, theta, v, u };
}

/** W1, b1, … or dW1, db1, …: those of layers with groups as such without. */
function partValues(
  text: NetworkText,
  net: Network,
  theta: Float64Array,
  prefix: string,
): Record<string, Matrix> {
  const entries = text.parts.map(({ name, layer, kind }) => {
    const part = partOf(net.layers[layer], theta)[kind];
    return [`${prefix}${name}`, kind === "W" ? withoutGroups(net.layers[layer], part) : part];
  });
  return Object.fromEntries(entries);
}

/** ∂f/∂vec(X)ᵀ: of f where the loss is ‖z − y‖², else Jᵀ of the loss's own gradient. */
function gradientsOf(formulas: Formulas): OfPart[] {
  const { given, text, world, theta } = formulas;
  if (given.isSquared) {
    return text.parts.map((part) =>
      partValue(formulas, part, gradient(world, objectiveText(text, given), part.name)),
    );
  }
  const slopes = ofInstances(formulas, (z, y) => given.loss.gradient(z, y));
  return regularised(formulas, theta, transposesOf(formulas, slopes, "grad xi"));
}

/** G v: of f where the loss is ‖z − y‖², else Jᵀ B J with the loss's own B. */
function productsOf(formulas: Formulas): OfPart[] {
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
  return regularised(formulas, v, transposesOf(formulas, bent, "B J v"));
}

/** J v of each instance, side by side. */
function tangentOf(formulas: Formulas): Omit<OfPart, "part"> {
  const { text, world } = formulas;
  const derived = jv(
    world,
    text.output,
    text.parts.map(({ name }) => name),
  );
  return { ...written(world, derived), value: eachInstance(formulas, derived) };
}

/** Σ Jᵢᵀ uᵢ by each part of θ; what u stands for is said beside the formula. */
function transposesOf(formulas: Formulas, u: Matrix, meaning: string): OfPart[] {
  const { text, world, given, values } = formulas;
  const one = { ...formulas, values: { ...values, u: columnsOf(u) } };
  return text.parts.map((part) => {
    const derived = jtu(world, text.output, part.name, "u");
    const all = eachInstance(one, derived);
    const size = all.length / given.Z.cols;
    const sum = new Float64Array(size);
    for (let k = 0; k < all.length; k++) sum[k % size] += all[k];
    const { formula, tex } = written(world, derived);
    const where = meaning === "u" ? "" : ` with u = ${meaning}`;
    return { part, formula: `${formula}${where}`, tex, value: sum };
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

function columnsOf(M: Matrix): Matrix[] {
  return Array.from({ length: M.cols }, (_, k) =>
    columnMajor(M.rows, 1, Float64Array.from(M.data.subarray(M.rows * k, M.rows * (k + 1)))),
  );
}

/** A vector like θ, part by part, beside the formulas' values. */
function byParts(what: string, net: Network, computed: Float64Array, known: readonly OfPart[]): Compared[] {
  return known.map(({ part: { name, layer, kind }, formula, tex, value }) => {
    const wanted = kind === "W" ? withGroups(net.layers[layer], value) : value;
    const found = partOf(net.layers[layer], computed)[kind].data;
    return { what, part: name, formula, tex, error: relativeError(found, wanted) };
  });
}

function wholeOf(what: string, computed: ArrayLike<number>, known: Omit<OfPart, "part">): Compared {
  const { formula, tex, value } = known;
  return { what, part: "all", formula, tex, error: relativeError(computed, value) };
}

type Compared = Omit<VerifiedFormula, "ok">;

/** max |x − y| over max |y|; NaN where they have not as many entries. */
function relativeError(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) return Number.NaN;
  let [error, largest] = [0, 0];
  for (let k = 0; k < y.length; k++) {
    error = Math.max(error, Math.abs(x[k] - y[k]));
    largest = Math.max(largest, Math.abs(y[k]));
  }
  return largest === 0 ? error : error / largest;
}
