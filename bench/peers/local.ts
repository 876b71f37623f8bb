/** Peers in this process: philab in its ways, its plain reference, mathjs. */

import * as mathjs from "mathjs";
import { nativeBackend, phi, release, resident, vTP } from "../../src/index.js";
import { toRows } from "../../src/numeric/matrix.js";
import type { Matrix, Numbers } from "../../src/numeric/storage.js";
import { work } from "../conv/bench.js";
import type { Conv } from "../conv/check.js";
import { forwardOperations } from "../conv/layers.js";
import { ours, reference, serves, settled, type Way } from "../conv/ours.js";
import { type Problem, problem } from "../conv/problem.js";
import { window } from "../timing.js";
import type { Peer, Task } from "./peer.js";

/** A task made ready: one call of it, and its results. */
interface Ready {
  readonly call: () => void;
  readonly results: () => readonly Matrix[];
}

/** philab in one of its ways; φ and vᵀP_φ have only one. */
export function philab(way: Way, threads: number): Peer {
  const conv = ours(way, threads);
  const can = (task: Task): boolean => does(way, task);
  return local(way.engine, `philab, ${threads} threads`, can, (task) => ready(task, conv, way));
}

/** philab's own optional backend: φ(Z) made, products by the system's OpenBLAS. Throws where there is none. */
export async function openBlas(threads: number): Promise<Peer> {
  const native = await nativeBackend();
  const options = ({ layer, batch }: Problem) => ({ groups: layer.groups, batch, threads });
  const conv: Conv = {
    forward: (P) => native.convLinear(P.W, P.b, P.Z, P.layer.shape, options(P)),
    gradients: (P) => native.convGradients(P.W, P.Z, P.dS, P.layer.shape, options(P)),
    release: () => undefined,
  };
  const can = ({ what }: Task): boolean => what !== "phi" && what !== "vTP";
  return local("openblas", native.version, can, (task) => ready(task, conv, plain));
}

/** The plain reference of the layer. */
export function plainReference(): Peer {
  const can = ({ what, layer, batch }: Task): boolean =>
    what !== "phi" && what !== "vTP" && forwardOperations(layer) * batch < 1e9;
  return local("plain reference", "philab's plain TypeScript, one thread", can, (task) =>
    ready(task, reference, plain),
  );
}

/** mathjs's product of W and φ(Z), both as its arrays of numbers, and b added: φ itself it has not. */
export function mathjsProduct(): Peer {
  const can = ({ what, layer, batch, precision }: Task): boolean =>
    what === "fwd" && precision === "float64" && layer.groups === 1 && forwardOperations(layer) * batch < 3e8;
  return local("mathjs", `mathjs ${mathjs.version}, one thread`, can, ({ layer, batch, precision }) => {
    const { W, b, Z } = problem(layer, batch, precision);
    const [rows, phiZ] = [toRows(W), toRows(phi(Z, layer.shape))];
    const bias = Array.from(b.data, (x) => [x]);
    const call = (): number[][] => mathjs.add(mathjs.multiply(rows, phiZ), bias);
    return { call, results: () => [columnsOf(call())] };
  });
}

/** A way that wants nothing special. */
const plain: Way = { engine: "philab" };

function does(way: Way, { what }: Task): boolean {
  const special = way.accuracy !== undefined;
  return serves(way, what) && !(special && (what === "phi" || what === "vTP"));
}

function local(name: string, version: string, can: Peer["can"], prepare: (task: Task) => Ready): Peer {
  let last: { task: Task; ready: Ready } | undefined;
  const made = (task: Task): Ready => {
    if (last?.task !== task) last = { task, ready: prepare(task) };
    return last.ready;
  };
  return {
    ...{ name, version, can },
    time: async (task, least) => window(made(task).call, least),
    probe: async (task) =>
      made(task)
        .results()
        .flatMap(({ data }) => entries(data)),
    end: () => undefined,
  };
}

function ready({ layer, batch, precision, what }: Task, conv: Conv, way: Way): Ready {
  const inputs = settled(problem(layer, batch, precision), way);
  if (what === "phi" || what === "vTP") return index(inputs, what);
  const gradients = (): Matrix[] => {
    const { W, b, Z } = conv.gradients(inputs);
    return [W, b, Z];
  };
  return {
    call: work(conv, inputs, what),
    results: () => (what === "fwd" ? [conv.forward(inputs)] : gradients()),
  };
}

/** φ or its transpose; results are given back at once, as a library that counts references does. */
function index({ layer, Z }: Problem, what: "phi" | "vTP"): Ready {
  const V = what === "vTP" ? resident(phi(Z, layer.shape)) : undefined;
  const made = (): Matrix => (V === undefined ? phi(Z, layer.shape) : vTP(V, layer.shape));
  return { call: () => release(made()), results: () => [made()] };
}

function entries(data: Numbers): number[] {
  return Array.from({ length: 5 }, (_, k) => data[Math.floor(((data.length - 1) * k) / 4)]!);
}

function columnsOf(rows: number[][]): Matrix {
  const [m, n] = [rows.length, rows[0]!.length];
  return {
    rows: m,
    cols: n,
    data: Float64Array.from({ length: m * n }, (_, k) => rows[k % m]![Math.floor(k / m)]!),
  };
}
