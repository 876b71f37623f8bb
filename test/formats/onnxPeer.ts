/** Networks as onnx() writes them, run by onnxruntime in Python. */

import assert from "node:assert/strict";
import { npy, readNpy } from "../../src/formats/npy.js";
import { onnx } from "../../src/formats/onnx.js";
import type { Network } from "../../src/network/network.js";
import { matrix } from "../../src/numeric/matrix.js";
import type { Matrix } from "../../src/numeric/storage.js";
import { objective } from "../../src/optimise/objective.js";
import { runPython } from "./python.js";

/** A network, θ, and the images it is given: d a b × l. */
export interface OnnxCase {
  readonly net: Network;
  readonly theta: Float64Array;
  readonly Z: Matrix;
}

const program = `
import glob, json, numpy as np, onnx, onnxruntime
for k, (a, b, d) in enumerate(json.load(open("sizes.json"))):
    model = onnx.load(f"{k}.onnx")
    onnx.checker.check_model(model, full_check=True)
    assert model.opset_import[0].version >= 13
    Z = np.load(f"{k}.npy")  # a column is an image with the channel fastest, then the vertical place
    images = Z.T.reshape(-1, b, a, d).transpose(0, 3, 2, 1).astype("float32")
    z, = onnxruntime.InferenceSession(f"{k}.onnx", providers=["CPUExecutionProvider"]).run(None, {"Z": np.ascontiguousarray(images)})
    np.save(f"{k}.z.npy", z.T.astype("float64"))
`;

/** z as onnxruntime computes it: n_L × l for each case. ONNX's own checker hears each model first. */
export function onnxruntimeOutputs(python: string, cases: readonly OnnxCase[]): Matrix[] {
  const files = cases.flatMap(({ net, theta, Z }, k) => [
    [`${k}.onnx`, onnx(net, theta)] as const,
    [`${k}.npy`, npy(Z)] as const,
  ]);
  const sizes = cases.map(({ net: { input } }) => [input.a, input.b, input.d]);
  const given = { ...Object.fromEntries(files), "sizes.json": JSON.stringify(sizes) };
  const wanted = cases.map((_, k) => `${k}.z.npy`);
  return runPython(python, program, given, wanted).map((bytes) => readNpy(bytes));
}

/** z as we compute it. */
export async function ownOutputs({ net, theta, Z }: OnnxCase): Promise<ArrayLike<number>> {
  return (await objective(net, { Z, y: matrix(net.outputs, Z.cols) }).outputs(theta)).data;
}

/** To 1e-5 of the largest entry, or of 1. */
export function assertClose(came: ArrayLike<number>, known: ArrayLike<number>, what: string): void {
  assert.equal(came.length, known.length, what);
  const size = Math.max(...Array.from(known, Math.abs), 1);
  for (let k = 0; k < known.length; k++)
    assert.ok(Math.abs(came[k]! - known[k]!) <= 1e-5 * size, `${what}, ${k}`);
}
