/**
 * TensorFlow.js with its WebAssembly backend as a process: `tfjsPeer.ts FOLDER`, lines as python/peer.py says. Its
 * layout has the channel fastest, as ours: with our columns as its rows the memory of Z and S is the same. It has no
 * gradient of the filters.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { ConvShape } from "../../src/shape.js";
import type { Layer } from "../conv/layers.js";
import { type Problem, problem } from "../conv/problem.js";
import { window } from "../timing.js";

/** What is used of TensorFlow.js, which is no dependency of ours. */
interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}
interface TensorFlow {
  readonly version_core: string;
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  readonly fused: { conv2d(options: object): Tensor };
}

const folder = process.argv[2]!;
const require = createRequire(join(folder, "package.json"));
Object.assign(globalThis, { fetch: undefined }); // its loader would fetch a path of the file system
const tf = require("@tensorflow/tfjs-core") as TensorFlow;
const wasm = require("@tensorflow/tfjs-backend-wasm") as { setWasmPaths(folder: string): void };
wasm.setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
await tf.setBackend("wasm");
say({ version: `TensorFlow.js ${tf.version_core}, WASM, Node ${process.version}, one thread` });

interface Request {
  readonly layer: ConvShape & Pick<Layer, "name" | "dOut" | "groups">;
  readonly batch: number;
  readonly ms: number;
  readonly probe?: boolean;
}

let [key, forward] = ["", (): Tensor => tf.tensor(new Float32Array(1), [1])];
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "") continue;
  const { layer, batch, ms, probe } = JSON.parse(line) as Request;
  try {
    const now = JSON.stringify([layer, batch]);
    if (now !== key) [key, forward] = [now, prepare(layer, batch)];
    if (probe) say({ probe: entries(forward().dataSync()) });
    else say({ ms: window(() => forward().dispose(), ms) });
  } catch (error) {
    say({ error: (error as Error).message });
  }
}

function prepare({ name, dOut, groups, ...shape }: Request["layer"], batch: number): () => Tensor {
  const P = problem({ name, dOut, groups, shape, manyInstances: batch }, batch, "float32");
  const { a, b, d, h, s, pad } = shape;
  const x = tf.tensor(P.Z.data as Float32Array, [batch, b, a, d]);
  const filter = tf.tensor(filters(P), [h, h, d, dOut]);
  const bias = tf.tensor(P.b.data as Float32Array, [dOut]);
  return () => tf.fused.conv2d({ x, filter, strides: s, pad, bias });
}

/** Our W, k fastest, then i, j and c, as (j, i, c, k) with k fastest. */
function filters({ W, layer: { shape, dOut } }: Problem): Float32Array {
  const { h, d } = shape;
  const moved = new Float32Array(W.data.length);
  for (let place = 0; place < h * h; place++) {
    for (let c = 0; c < d; c++) {
      const from = dOut * (place + h * h * c);
      moved.set(W.data.subarray(from, from + dOut), dOut * (c + d * place));
    }
  }
  return moved;
}

function entries(data: Float32Array): number[] {
  return Array.from({ length: 5 }, (_, k) => data[Math.floor(((data.length - 1) * k) / 4)]!);
}

function say(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
