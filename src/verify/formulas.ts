/** A network's formulas with what they are run on: declared letters, and numbers for them. */

import { partOf } from "../layers/layer.js";
import type { Network } from "../network/network.js";
import { randomMatrix } from "../numeric/random.js";
import { columnMajor, type Matrix } from "../numeric/storage.js";
import type { InstanceLoss } from "../optimise/loss.js";
import type { Problem } from "../optimise/objective.js";
import { declare } from "../symbolic/declare/declare.js";
import type { World } from "../symbolic/world/world.js";
import { type NetworkText, networkText } from "./networkText.js";
import type { Values } from "./sizes.js";
import { withoutGroups } from "./twin.js";

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
export interface Formulas {
  readonly given: Verifiable;
  readonly text: NetworkText;
  readonly world: World;
  readonly values: Values;
  readonly theta: Float64Array;
  readonly v: Float64Array;
  readonly u: Matrix;
}

/** The letters of a network, and numbers drawn for θ and directions. */
export function formulasOf(given: Verifiable): Formulas {
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
export function partValues(
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

/** Each column as a matrix of its own. */
export function columnsOf(M: Matrix): Matrix[] {
  return Array.from({ length: M.cols }, (_, k) =>
    columnMajor(M.rows, 1, Float64Array.from(M.data.subarray(M.rows * k, M.rows * (k + 1)))),
  );
}
