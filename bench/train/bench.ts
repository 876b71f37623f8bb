/**
 * f and ∇f, G v, an iteration of Newton's method and an epoch of SG of one network, beside PyTorch, and beside simpleNN in
 * Octave where PHILAB_SIMPLENN names its folder.
 */

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
import { octaveProcess, pythonProcess } from "../peers/found.js";
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
const [C, scale, rounds] = [5, 0.1, 7];
const sgBatch = 128; // simpleNN's

/** One measurement; a line of JSON. A ratio is the other's shortest time by ours; null where it has none. */
interface TrainLine {
  readonly what: string;
  readonly dtype: Precision;
  readonly threads: number;
  readonly batch: number;
  readonly min_ms: number;
  readonly med_ms: number;
  readonly torch_ms: number | null;
  readonly ratio: number | null;
  readonly simplenn_ms: number | null;
  readonly simplenn_ratio: number | null;
}

/** Something of ours, and by the names of the others what they do instead; the fastest of each counts. */
interface Contest {
  readonly what: string;
  readonly ours: () => Promise<unknown>;
  readonly torch?: readonly string[];
  readonly simpleNN?: readonly string[];
}

/** Those that run beside us. */
interface Others {
  readonly torch: LineProcess | undefined;
  readonly simpleNN: LineProcess | undefined;
}

export const trainBench: Bench = {
  options: { threads: { type: "string" }, batch: { type: "string" }, dtype: { type: "string" } },
  inRuntime: true,
  async run(asked, told) {
    const lines: TrainLine[] = [];
    for (const threads of read(asked, "threads", wholeNumber) ?? [...new Set([1, availableParallelism()])]) {
      const others = await startOthers(threads, told);
      for (const dtype of read(asked, "dtype", precisionNamed) ?? (["float32", "float64"] as const)) {
        for (const batch of read(asked, "batch", wholeNumber) ?? [512]) {
          lines.push(...(await compared({ dtype, threads, batch }, others, told)));
        }
      }
      others.torch?.end();
      others.simpleNN?.end();
    }
    return table(lines);
  },
};

async function startOthers(threads: number, { say }: Told): Promise<Others> {
  const torch = () => pythonProcess("torch", ["torch_network.py", String(threads)], threads, say);
  const simpleNN = async () => octaveProcess("simpleNN", "network_peer.m", threads);
  return { torch: await started("PyTorch", torch), simpleNN: await started("simpleNN", simpleNN) };

  async function started(name: string, make: typeof torch): Promise<LineProcess | undefined> {
    try {
      const other = await startLines(await make());
      say(other.version);
      return other;
    } catch (error) {
      say(`${name} is left out: ${(error as Error).message.trim().split("\n").at(-1)}`);
      return undefined;
    }
  }
}

type Setting = Pick<TrainLine, "dtype" | "threads" | "batch">;

/** Every contest of one setting, in turn. */
async function compared(setting: Setting, others: Others, told: Told): Promise<TrainLine[]> {
  const { dtype, threads, batch } = setting;
  told.say(`${batch} instances, ${dtype}, ${threads} thread${threads === 1 ? "" : "s"}`);
  const given = settingOf(setting);
  await checkAgreement(given, others, dtype);
  const here = given.problem.linearised(given.theta);
  const lines: TrainLine[] = [];
  for (const contest of contests(given, () => here.Gv(given.v))) {
    const { ours, torch, simpleNN } = await inTurn(contest, given.case, others);
    const least = Math.min(...ours);
    const [torchMs, simpleMs] = [torch, simpleNN].map((all) => (all.length > 0 ? Math.min(...all) : null));
    const by = (ms: number | null) => rounded(ms === null ? null : ms / least);
    lines.push({
      ...{ what: contest.what, ...setting, min_ms: rounded(least), med_ms: rounded(median(ours)) },
      ...{ torch_ms: rounded(torchMs!), ratio: by(torchMs!) },
      ...{ simplenn_ms: rounded(simpleMs!), simplenn_ratio: by(simpleMs!) },
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
  /** As torch_network.py and network_peer.m want it. */
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
  const products = { torch: ["Gv", "Gv, backward twice"], simpleNN: ["Gv"] };
  const iteration = { iterMax: 1, GNsize: problem.l, CGmax: 10, xi: 1e-9 };
  return [
    {
      ...{ what: "f + ∇f", ours: () => problem.gradient(theta) },
      ...{ torch: ["gradient"], simpleNN: ["gradient"] },
    },
    { what: "Gv", ours: () => problem.Gv(theta, v), ...products },
    { what: "Gv, linearised", ours: keptProduct, ...products },
    {
      ...{ what: "Newton iteration, 10 products", ours: () => newton(problem, theta, iteration) },
      simpleNN: ["newton", "newton, Jacobian"],
    },
    {
      ...{ what: "SG epoch", ours: () => sgd(problem, theta, { lr: 1e-6, epochs: 1, bsize: sgBatch }) },
      simpleNN: problem.l < sgBatch ? [] : ["sgd"],
    },
  ];
}

/** Times in turn: ours, theirs, ours, … */
async function inTurn(
  { what, ours, ...theirs }: Contest,
  asked: object,
  others: Others,
): Promise<Record<"ours" | keyof Others, number[]>> {
  const times = { ours: [] as number[], torch: [] as number[], simpleNN: [] as number[] };
  await ours();
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    await ours();
    times.ours.push(performance.now() - from);
    for (const other of ["torch", "simpleNN"] as const)
      for (const name of others[other] ? (theirs[other] ?? []) : [])
        times[other].push((await others[other]!.ask({ case: asked, what: name, ms: 1 })).ms!);
  }
  if (!times.ours.every(Number.isFinite)) throw new Error(`${what} took no time`);
  return times;
}

/** Throws where another computes something else. */
async function checkAgreement(
  { problem, theta, v, case: asked }: Given,
  others: Others,
  dtype: Precision,
): Promise<void> {
  const ours = { gradient: (await problem.gradient(theta)).g, Gv: await problem.Gv(theta, v) };
  for (const [name, other] of Object.entries(others) as [string, LineProcess | undefined][])
    for (const [what, mine] of other ? Object.entries(ours) : []) {
      const { probe } = await other!.ask({ case: asked, what, probe: true });
      const largest = mine.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      const places = probe!.map((_, k) => Math.floor(((mine.length - 1) * k) / 4));
      const bad = probe!.findIndex(
        (theirs, k) => !(Math.abs(mine[places[k]!]! - theirs) <= tolerance[dtype] * largest),
      );
      if (bad < 0) continue;
      throw new Error(`${what} differs from ${name}'s: ${mine[places[bad]!]} and ${probe![bad]}`);
    }
}

/** Of the largest entry. */
const tolerance: Readonly<Record<Precision, number>> = { float32: 1e-3, float64: 1e-10 };

function table(lines: readonly TrainLine[]): string {
  const head = ["what", "dtype", "threads", "instances", "ours ms", "median"];
  const peers = ["PyTorch ms", "ratio", "simpleNN ms", "ratio"];
  const shown = (x: number | null) => (x === null ? "—" : x.toPrecision(4));
  const rows = lines.map((line) => [
    ...[line.what, line.dtype, String(line.threads), String(line.batch)],
    ...[line.min_ms, line.med_ms, line.torch_ms, line.ratio, line.simplenn_ms, line.simplenn_ratio].map(
      shown,
    ),
  ]);
  return columns([[...head, ...peers], ...rows], [2, 3, 4, 5, 6, 7, 8, 9]);
}
