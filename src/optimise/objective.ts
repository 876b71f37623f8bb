/** min f(θ) = θᵀθ/(2C) + (1/l) Σ ξ(z^{L+1,i}(θ); yⁱ), U11: f and its derivatives for a network and data. */

import type { Network } from "../network/network.js";
import { kind } from "../numeric/check.js";
import { checkOptions } from "../numeric/options.js";
import { columnMajor, type Matrix, type Numbers } from "../numeric/storage.js";
import { checkObject, checkSize } from "../shape.js";
import { checkedInstances, Data, type Dtype, type Instances, vectorOf } from "./data.js";
import { Linearised } from "./linearised.js";
import { shownProblem } from "./looks.js";
import { type InstanceLoss, type LossName, lossText, namedLoss } from "./loss.js";
import type { Model } from "./shardPass.js";

/** θ, or a direction like it: n numbers. */
export type Vector = Matrix | Numbers | readonly number[];

/** What f is, and how it is computed. */
export interface ObjectiveOptions {
  /** The regulariser is θᵀθ/(2C), biases too; Infinity: none. Default 0.01·l. */
  readonly C?: number;
  /** "squared" (U10, without ½; the default), "crossEntropy" (of softmax), or the reader's own. */
  readonly loss?: LossName | InstanceLoss;
  /** The precision of the products; sums over instances are in float64. Default "float64". */
  readonly dtype?: Dtype;
  /**
   * How many threads may work; the bits are the same for any number. Shards are shared among 1, 2, 4, 8, … of them, so that
   * three do as two. Default: what the machine has.
   */
  readonly threads?: number;
}

/** Which instances are summed over. */
export interface SubsetOptions {
  /** Numbers of instances, from 0; default all. */
  readonly subset?: ArrayLike<number>;
}

/**
 * f of one network on its data, of which it has a copy: what becomes of Z and y afterwards changes nothing, and as little
 * what becomes of a θ or v while a call is under way. Every call gives others their turn at least every 50 ms.
 */
export interface Problem {
  /** The network. */
  readonly net: Network;
  /** The number of instances, l. */
  readonly l: number;
  /** C of θᵀθ/(2C). */
  readonly C: number;
  /** The precision of the products. */
  readonly dtype: Dtype;
  /** f(θ), U11; the mean of ξ over a subset where one is given. */
  value(theta: Vector, options?: SubsetOptions): Promise<number>;
  /** f(θ) and ∇f(θ) = θ/C + (1/l) Σ Jᵢᵀ ∇ξᵢ, X14. */
  gradient(theta: Vector, options?: SubsetOptions): Promise<{ f: number; g: Float64Array }>;
  /** z^{L+1,i}: n_L × l. */
  outputs(theta: Vector, options?: SubsetOptions): Promise<Matrix>;
  /** Jᵢ v, X26: n_L × l. */
  Jv(theta: Vector, v: Vector, options?: SubsetOptions): Promise<Matrix>;
  /** Σ Jᵢᵀ uᵢ, X27: n numbers, from u: n_L × l. */
  JTu(theta: Vector, u: Matrix, options?: SubsetOptions): Promise<Float64Array>;
  /** G_S v = v/C + (1/|S|) Σ Jᵢᵀ B Jᵢ v, X28: n numbers. */
  Gv(theta: Vector, v: Vector, options?: SubsetOptions): Promise<Float64Array>;
  /** J of one instance, from 0, X25: n_L × n. */
  jacobian(theta: Vector, instance?: number): Promise<Matrix>;
  /**
   * The network at one θ: forward passes are made once (up to 512 MiB of them are kept, in all threads together),
   * for many products. To be disposed of.
   */
  linearised(theta: Vector, subset?: ArrayLike<number>): Linearised;
  /** The same f on other instances, as for validation. */
  onInstances(instances: Instances): Problem;
  /** What makes it this problem: a text of its sizes and options, then the numbers of Z and y. */
  identity(): readonly [string, Numbers, Numbers];
}

/**
 * f(θ) = θᵀθ/(2C) + (1/l) Σ ξ(z^{L+1,i}(θ); yⁱ), U11, for Z: d a b × l with vec(Z^{1,i}) as columns and y: n_L × l. Throws
 * RangeError or TypeError that names the sizes that do not fit.
 */
export function objective(net: Network, instances: Instances, options: ObjectiveOptions = {}): Problem {
  return functionsOf(modelOf(net, instances, options));
}

/** What f is made of, and what it is known by. */
interface Summed extends Model {
  readonly C: number;
  readonly lossText: string;
}

/** The same, checked. */
export function modelOf(net: Network, instances: Instances, options: ObjectiveOptions): Summed {
  checkObject("objective", "the network", net, "network({ input, conv, full })");
  checkObject("objective", "the data", instances, "{ Z, y }");
  checkOptions("objective", instances, ["Z", "y"]);
  checkObjectiveOptions(options);
  const { loss = "squared", dtype = "float64", threads } = options;
  const data = Data.copyOf("objective", net, instances, dtype);
  const { C = 0.01 * data.l } = options;
  const lossName = typeof loss === "string" ? loss : undefined;
  return {
    net,
    data,
    loss: namedLoss(loss),
    lossName,
    lossText: lossText(loss),
    C,
    perC: 1 / C,
    dtype,
    threads,
  };
}

/** The functions of θ that a model makes. */
export function functionsOf(model: Summed): Problem {
  const { net, data, C } = model;
  const at = (operation: string, theta: Vector, options: SubsetOptions = {}, keeps = false) => {
    checkOptions(operation, options, ["subset"]);
    return new Linearised(model, vectorOf(operation, "theta", theta, net.n), {
      subset: options.subset === undefined ? undefined : checkedInstances(operation, options.subset, data.l),
      keeps,
    });
  };
  const problem: Problem = {
    ...{ net, l: data.l, C, dtype: model.dtype },
    value: async (theta, options) => once(at("value", theta, options), (one) => one.value()),
    gradient: async (theta, options) => once(at("gradient", theta, options), (one) => one.gradient()),
    outputs: async (theta, options) => once(at("outputs", theta, options), (one) => one.outputs()),
    Jv: async (theta, v, options) => once(at("Jv", theta, options), (one) => one.Jv(v)),
    JTu: async (theta, u, options) => once(at("JTu", theta, options), (one) => one.JTu(u)),
    Gv: async (theta, v, options) => once(at("Gv", theta, options), (one) => one.Gv(v)),
    jacobian: async (theta, instance = 0) =>
      once(at("jacobian", theta, { subset: [instance] }, true), (one) => jacobianOf(net, one)),
    linearised: (theta, subset) => at("linearised", theta, subset === undefined ? {} : { subset }, true),
    onInstances: (instances) =>
      functionsOf({ ...model, data: Data.copyOf("onInstances", net, instances, model.dtype) }),
    identity: () => [identityOf(model), data.Z.data, data.y.data],
  };
  return shownProblem(problem, model.lossName ?? "of one's own");
}

/** Sizes and options; the reader's own loss by its text. */
function identityOf({ net: { input, layers }, lossText, C, dtype }: Summed): string {
  return JSON.stringify({ input, layers, loss: lossText, C: String(C), dtype });
}

/** What is asked of the network at one θ, which goes afterwards. */
async function once<T>(one: Linearised, ask: (one: Linearised) => Promise<T>): Promise<T> {
  try {
    return await ask(one);
  } finally {
    one.dispose();
  }
}

/** Row k of J is (Jᵀ e_k)ᵀ. */
async function jacobianOf({ outputs, n }: Network, one: Linearised): Promise<Matrix> {
  const J = columnMajor(outputs, n, new Float64Array(outputs * n));
  for (let k = 0; k < outputs; k++) {
    const unit = Float64Array.from({ length: outputs }, (_, i) => (i === k ? 1 : 0));
    const row = await one.JTu(columnMajor(outputs, 1, unit));
    for (let j = 0; j < n; j++) J.data[k + outputs * j] = row[j];
  }
  return J;
}

function checkObjectiveOptions(options: ObjectiveOptions): void {
  checkOptions("objective", options, ["C", "loss", "dtype", "threads"]);
  const { C = 1, dtype = "float64", threads } = options;
  if (typeof C !== "number" || !(C > 0)) {
    throw new RangeError(`objective: C = ${String(C)}; needed a number > 0, or Infinity for no regulariser`);
  }
  if (dtype !== "float32" && dtype !== "float64") {
    throw new RangeError(`objective: dtype is ${kind(dtype)}; needed "float32" or "float64"`);
  }
  if (threads !== undefined) checkSize("objective", "threads", threads);
}
