/** philab's conv layer: forward, backward and both, on ten layers; each is compared with the reference first. */

import { availableParallelism } from "node:os";
import { UsageError } from "../../kernel/usageError.js";
import type { Asked, Bench, Told } from "../bench.js";
import { median, rounded } from "../row.js";
import { columns } from "../table.js";
import { inTurn } from "../timing.js";
import { type Conv, checkConv } from "./check.js";
import { forwardOperations, type Layer, layers } from "./layers.js";
import { ours, serves, settled, tolerance, ways } from "./ours.js";
import { type Precision, type Problem, problem } from "./problem.js";

/** One measurement; a line of JSON. Times are milliseconds, gflops counts direct convolution at the shortest time. */
export interface ConvLine {
  readonly engine: string;
  readonly layer: string;
  readonly batch: number;
  readonly what: What;
  readonly dtype: Precision;
  readonly threads: number;
  readonly min_ms: number;
  readonly med_ms: number;
  readonly gflops: number;
}

/** What is computed: S; dW, db and dZ; or all of them. */
export const whats = ["fwd", "bwd", "fwd+bwd"] as const;
export type What = (typeof whats)[number];

/** Floating-point operations of `what`, counted as a direct convolution's. */
export function operations(layer: Layer, batch: number, what: What): number {
  return { fwd: 1, bwd: 2, "fwd+bwd": 3 }[what] * forwardOperations(layer) * batch;
}

export const convBench: Bench = {
  options: {
    threads: { type: "string" },
    layers: { type: "string" },
    batch: { type: "string" },
    dtype: { type: "string" },
  },
  inRuntime: true,
  async run(asked, told) {
    const lines: ConvLine[] = [];
    for (const plan of plans(asked)) {
      for (const line of measured(plan, told)) {
        lines.push(line);
        told.found(line);
      }
    }
    return table(lines);
  },
};

interface Plan {
  readonly layer: Layer;
  readonly batch: number;
  readonly precision: Precision;
  readonly threads: number;
}

/** Every combination that was asked for: all ten layers, one instance and many, both precisions, one thread and all. */
function plans(asked: Asked): Plan[] {
  const precisions = read(asked, "dtype", precisionNamed) ?? (["float32", "float64"] as const);
  const threads = read(asked, "threads", wholeNumber) ?? [...new Set([1, availableParallelism()])];
  const chosen = read(asked, "layers", layerNamed) ?? layers;
  const batches = read(asked, "batch", wholeNumber);
  return precisions.flatMap((precision) =>
    threads.flatMap((count) =>
      chosen.flatMap((layer) =>
        (batches ?? [1, layer.manyInstances]).map((batch) => ({ layer, batch, precision, threads: count })),
      ),
    ),
  );
}

/** The words of an option, parted by commas; undefined where it was not given. */
export function read<T>(
  asked: Asked,
  option: string,
  value: (word: string, option: string) => T,
): T[] | undefined {
  const words = asked[option];
  return typeof words === "string" ? words.split(",").map((word) => value(word, option)) : undefined;
}

export function wholeNumber(word: string, option: string): number {
  if (/^[1-9]\d*$/.test(word)) return Number(word);
  throw new UsageError(`--${option} ${word}; needed a whole number from 1`);
}

export function layerNamed(name: string): Layer {
  const found = layers.find((layer) => layer.name === name);
  if (found) return found;
  throw new UsageError(`--layers ${name}; needed some of ${layers.map((layer) => layer.name).join(",")}`);
}

export function precisionNamed(word: string): Precision {
  if (word === "float32" || word === "float64") return word;
  throw new UsageError(`--dtype ${word}; needed float32 or float64`);
}

/** Every way of one plan, checked and then timed in turn. */
function measured({ layer, batch, precision, threads }: Plan, { say }: Told): ConvLine[] {
  say(`${layer.name}, batch ${batch}, ${precision}, ${threads} thread${threads === 1 ? "" : "s"}`);
  const given = problem(layer, batch, precision);
  const contestants = ways.map((way) => ({
    way,
    conv: ours(way, threads),
    inputs: settled(given, way),
  }));
  for (const { way, conv, inputs } of contestants) checkConv(conv, inputs, tolerance(way, precision));
  return whats.flatMap((what) => {
    const able = contestants.filter(({ way }) => serves(way, what));
    const samples = inTurn(able.map(({ conv, inputs }) => work(conv, inputs, what)));
    return able.map(({ way }, at) => ({
      engine: way.engine,
      ...{ layer: layer.name, batch, what, dtype: precision, threads },
      min_ms: rounded(Math.min(...samples[at]!)),
      med_ms: rounded(median(samples[at]!)),
      gflops: rounded(operations(layer, batch, what) / Math.min(...samples[at]!) / 1e6),
    }));
  });
}

/** One call of what is timed, its results given back, as whoever counts references does at once. */
export function work(conv: Conv, inputs: Problem, what: What): () => void {
  const forward = (): void => conv.release(conv.forward(inputs));
  const backward = (): void => {
    const { W, b, Z } = conv.gradients(inputs);
    conv.release(W, b, Z);
  };
  if (what === "fwd") return forward;
  if (what === "bwd") return backward;
  return () => {
    forward();
    backward();
  };
}

function table(lines: readonly ConvLine[]): string {
  const head = ["layer", "batch", "what", "dtype", "threads", "engine", "minimum ms", "median ms", "GFLOP/s"];
  const numbers = (line: ConvLine) => [line.min_ms, line.med_ms, line.gflops].map((x) => x.toPrecision(4));
  const rows = lines.map((line) => [
    ...[line.layer, String(line.batch), line.what, line.dtype, String(line.threads), line.engine],
    ...numbers(line),
  ]);
  return columns([head, ...rows], [1, 4, 6, 7, 8]);
}
