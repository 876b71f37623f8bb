/** f and ∇f, G v, an iteration of Newton's method and an epoch of SG of one network, beside PyTorch. */

import { availableParallelism } from "node:os";
import { network } from "../../src/network/network.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { newton } from "../../src/optimise/newton.js";
import { objective, type Problem } from "../../src/optimise/objective.js";
import { sgd } from "../../src/optimise/sgd.js";
import type { Bench, Told } from "../bench.js";
import { precisionNamed, read, wholeNumber } from "../conv/bench.js";
import type { Precision } from "../conv/problem.js";
import { pythonProcess } from "../peers/found.js";
import { type LineProcess, startLines } from "../peers/linePeer.js";
import { median, rounded } from "../row.js";
import { columns } from "../table.js";

const net = network({
  input: { a: 28, b: 28, d: 1 },
  conv: [
    { dOut: 32, h: 5, pad: 2, pool: 2 },
    { dOut: 64, h: 3, pad: 1, pool: 2 },
    { dOut: 64, h: 3, pad: 1, pool: 2 },
  ],
  full: [10],
});
const [C, scale, rounds] = [5, 0.1, 3];

/** One measurement; a line of JSON. `ratio` is PyTorch's shortest time by ours; null where it has none. */
interface TrainLine {
  readonly what: string;
  readonly dtype: Precision;
  readonly threads: number;
  readonly batch: number;
  readonly min_ms: number;
  readonly med_ms: number;
  readonly torch_ms: number | null;
  readonly ratio: number | null;
}

/** Something of ours, and the names of what PyTorch does instead; the faster counts. */
interface Contest {
  readonly what: string;
  readonly ours: () => Promise<unknown>;
  readonly theirs: readonly string[];
}

export const trainBench: Bench = {
  options: { threads: { type: "string" }, batch: { type: "string" }, dtype: { type: "string" } },
  inRuntime: true,
  async run(asked, told) {
    const lines: TrainLine[] = [];
    for (const threads of read(asked, "threads", wholeNumber) ?? [...new Set([1, availableParallelism()])]) {
      const torch = await startTorch(threads, told);
      for (const dtype of read(asked, "dtype", precisionNamed) ?? (["float32", "float64"] as const)) {
        for (const batch of read(asked, "batch", wholeNumber) ?? [512]) {
          lines.push(...(await compared({ dtype, threads, batch }, torch, told)));
        }
      }
      torch?.end();
    }
    return table(lines);
  },
};

async function startTorch(threads: number, { say }: Told): Promise<LineProcess | undefined> {
  try {
    const started = await pythonProcess("torch", ["torch_network.py", String(threads)], threads, say);
    const torch = await startLines(started);
    say(torch.version);
    return torch;
  } catch (error) {
    say(`PyTorch is left out: ${(error as Error).message.trim().split("\n").at(-1)}`);
    return undefined;
  }
}

type Setting = Pick<TrainLine, "dtype" | "threads" | "batch">;

/** Every contest of one setting, in turn. */
async function compared(setting: Setting, torch: LineProcess | undefined, told: Told): Promise<TrainLine[]> {
  const { dtype, threads, batch } = setting;
  told.say(`${batch} instances, ${dtype}, ${threads} thread${threads === 1 ? "" : "s"}`);
  const given = settingOf(setting);
  await checkAgreement(given, torch, dtype);
  const here = given.problem.linearised(given.theta);
  const lines: TrainLine[] = [];
  for (const contest of contests(given, () => here.Gv(given.v))) {
    const [ours, theirs] = await inTurn(contest, given.case, torch);
    const [least, torchMs] = [Math.min(...ours), theirs.length > 0 ? Math.min(...theirs) : null];
    lines.push({
      ...{ what: contest.what, ...setting, min_ms: rounded(least), med_ms: rounded(median(ours)) },
      torch_ms: rounded(torchMs),
      ratio: rounded(torchMs === null ? null : torchMs / least),
    });
    told.found(lines.at(-1)!);
  }
  here.dispose();
  return lines;
}

interface Given {
  readonly problem: Problem;
  readonly theta: Float64Array;
  readonly v: Float64Array;
  /** As torch_network.py wants it. */
  readonly case: object;
}

/** The network with numbers from the seeds that torch_network.py uses. */
function settingOf({ dtype, threads, batch: l }: Setting): Given {
  const draw = (n: number, seed: number) => randomMatrix(n, 1, { seed, low: -1 }).data as Float64Array;
  const y = columnMajor(10, l, new Float64Array(10 * l));
  for (let k = 0; k < l; k++) y.data[(k % 10) + 10 * k] = 1;
  const layers = net.layers.map(({ kind, dOut, groups, isLinear, pool, shape: { d, h, s, pad } }) => {
    return { kind, dOut, groups, isLinear, d, h, s, pad, pool: pool ? { kind: pool.kind, q: pool.q } : null };
  });
  return {
    problem: objective(net, { Z: columnMajor(784, l, draw(784 * l, 2)), y }, { C, dtype, threads }),
    theta: draw(net.n, 1).map((x) => scale * x),
    v: draw(net.n, 3),
    case: { input: net.input, layers, n: net.n, outputs: 10, l, C, loss: "squared", scale, dtype },
  };
}

function contests({ problem, theta, v }: Given, keptProduct: () => Promise<unknown>): readonly Contest[] {
  const products = ["Gv", "Gv, backward twice"];
  const iteration = { iterMax: 1, GNsize: problem.l, CGmax: 10, xi: 1e-9 };
  return [
    { what: "f + ∇f", ours: () => problem.gradient(theta), theirs: ["gradient"] },
    { what: "Gv", ours: () => problem.Gv(theta, v), theirs: products },
    { what: "Gv, linearised", ours: keptProduct, theirs: products },
    { what: "Newton iteration, 10 products", ours: () => newton(problem, theta, iteration), theirs: [] },
    { what: "SG epoch", ours: () => sgd(problem, theta, { lr: 1e-6, epochs: 1 }), theirs: [] },
  ];
}

/** Times in turn: ours, theirs, ours, … */
async function inTurn(
  { what, ours, theirs }: Contest,
  asked: object,
  torch: LineProcess | undefined,
): Promise<[number[], number[]]> {
  const [mine, others]: [number[], number[]] = [[], []];
  await ours();
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    await ours();
    mine.push(performance.now() - from);
    for (const name of torch ? theirs : []) {
      others.push((await (torch as LineProcess).ask({ case: asked, what: name, ms: 1 })).ms!);
    }
  }
  if (!mine.every(Number.isFinite)) throw new Error(`${what} took no time`);
  return [mine, others];
}

/** Throws where PyTorch computes something else. */
async function checkAgreement(
  { problem, theta, v, case: asked }: Given,
  torch: LineProcess | undefined,
  dtype: Precision,
): Promise<void> {
  if (torch === undefined) return;
  const pairs = { gradient: (await problem.gradient(theta)).g, Gv: await problem.Gv(theta, v) };
  for (const [what, ours] of Object.entries(pairs)) {
    const { probe } = await torch.ask({ case: asked, what, probe: true });
    const largest = ours.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    for (const [k, theirs] of probe!.entries()) {
      const mine = ours[Math.floor(((ours.length - 1) * k) / 4)]!;
      if (Math.abs(mine - theirs) <= (dtype === "float32" ? 1e-3 : 1e-10) * largest) continue;
      throw new Error(`${what} differs from PyTorch's: ${mine} and ${theirs}`);
    }
  }
}

function table(lines: readonly TrainLine[]): string {
  const head = ["what", "dtype", "threads", "instances", "ours ms", "median", "PyTorch ms", "ratio"];
  const shown = (x: number | null) => (x === null ? "—" : x.toPrecision(4));
  const rows = lines.map(({ what, dtype, threads, batch, min_ms, med_ms, torch_ms, ratio }) => [
    ...[
      what,
      dtype,
      String(threads),
      String(batch),
      shown(min_ms),
      shown(med_ms),
      shown(torch_ms),
      shown(ratio),
    ],
  ]);
  return columns([head, ...rows], [2, 3, 4, 5, 6, 7]);
}
