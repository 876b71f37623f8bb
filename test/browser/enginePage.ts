/** In the page: layers by the engine beside the reference, and what the engine says of itself. */

import { relativeError } from "../../bench/conv/check.js";
import { type Precision, type Problem, problem } from "../../bench/conv/problem.js";
import { type EngineInfo, engineInfo } from "../../src/engine/operations/info.js";
import type { Matrix } from "../../src/numeric/storage.js";
import { convGradients, convLinear } from "../../src/operations/conv.js";
import type { ConvOptions } from "../../src/operations/convProblem.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";

/** What the page found. */
export interface EngineReport {
  readonly isolated: boolean;
  readonly info: EngineInfo;
  /** max |x − y| / max |y| of each matrix of each layer, by its name. */
  readonly errors: Readonly<Record<string, number>>;
  /** Whether all threads gave the same bits as one. */
  readonly sameBits: boolean;
}

/** Large enough for the engine and for threads: two groups at stride 2 with remainders, and Winograd's 3 × 3. */
const layers = [
  {
    name: "strided",
    shape: convShape({ a: 31, b: 26, d: 8, h: 5, s: 2, pad: 1 }),
    dOut: 24,
    groups: 2,
    manyInstances: 3,
  },
  {
    name: "three",
    shape: convShape({ a: 21, b: 18, d: 16, h: 3, pad: 1 }),
    dOut: 32,
    groups: 1,
    manyInstances: 2,
  },
];
const ways: readonly { precision: Precision; accuracy?: "exact" | "fast" }[] = [
  { precision: "float32", accuracy: "exact" },
  { precision: "float32", accuracy: "fast" },
  { precision: "float64", accuracy: "exact" },
  { precision: "float64" },
  { precision: "float64", accuracy: "fast" },
];

function report(): EngineReport {
  const errors: Record<string, number> = {};
  let sameBits = true;
  for (const layer of layers) {
    for (const { precision, accuracy } of ways) {
      const P = problem(layer, layer.manyInstances, precision);
      const options = { groups: layer.groups, batch: P.batch, accuracy };
      const found = computed({ convLinear, convGradients }, P, options);
      const alone = computed({ convLinear, convGradients }, P, { ...options, threads: 1 });
      const reference = { convLinear: convLinearReference, convGradients: convGradientsReference };
      for (const [matrix, M] of Object.entries(computed(reference, P, options))) {
        const name = [layer.name, precision, accuracy, matrix].join(" ");
        errors[name] = relativeError(found[matrix]!.data, M.data);
        sameBits &&= found[matrix]!.data.every((x, k) => Object.is(x, alone[matrix]!.data[k]));
      }
    }
  }
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  return { isolated, info: engineInfo(), errors, sameBits };
}

function computed(
  by: { convLinear: typeof convLinear; convGradients: typeof convGradients },
  { W, b, Z, dS, layer }: Problem,
  options: ConvOptions,
): Record<string, Matrix> {
  const gradients = by.convGradients(W, Z, dS, layer.shape, options);
  const S = by.convLinear(W, b, Z, layer.shape, options);
  return { S, dW: gradients.W, db: gradients.b, dZ: gradients.Z };
}

Object.assign(globalThis, { report });
