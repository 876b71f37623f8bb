/** philab's layer beside other libraries, in one run: A B A B …, minima, and the ratio first. */

import { availableParallelism } from "node:os";
import { UsageError } from "../../kernel/usageError.js";
import type { Asked, Bench, Told } from "../bench.js";
import { layerNamed, precisionNamed, read, wholeNumber } from "../conv/bench.js";
import { layers } from "../conv/layers.js";
import type { Precision } from "../conv/problem.js";
import { rounded } from "../row.js";
import { columns } from "../table.js";
import { findPeers, ourWays, peerNames } from "./found.js";
import type { Peer, Task, Work } from "./peer.js";

/** One comparison; a line of JSON. `ratio` is the peer's time by ours: above 1 ours is the faster. */
interface PeerLine {
  readonly ratio: number;
  readonly peer: string;
  readonly engine: string;
  readonly layer: string;
  readonly batch: number;
  readonly what: Work;
  readonly dtype: Precision;
  readonly threads: number;
  readonly peer_ms: number;
  readonly ours_ms: number;
}

/** The geometric mean of the ratios of several layers; a line of JSON. */
interface MeanLine
  extends Pick<PeerLine, "ratio" | "peer" | "engine" | "what" | "batch" | "dtype" | "threads"> {
  readonly layers: number;
}

const works: readonly Work[] = ["fwd", "fwd+bwd", "bwd", "phi", "vTP"];
const rounds = 9;
/** Windows are this long, ms; and a call that takes this many windows is not asked for in every round. */
const [least, patience] = [20, 8];

export const peersBench: Bench = {
  options: Object.fromEntries(
    ["peers", "layers", "batch", "what", "dtype", "threads"].map((name) => [name, { type: "string" }]),
  ),
  inRuntime: true,
  async run(asked, told) {
    const tasks = tasksOf(asked);
    const names = read(asked, "peers", peerNamed) ?? peerNames;
    const lines: PeerLine[] = [];
    for (const threads of read(asked, "threads", wholeNumber) ?? [...new Set([1, availableParallelism()])]) {
      const peers = await findPeers(names, threads, told.say);
      for (const task of tasks) lines.push(...(await compared(task, threads, peers, told)));
      for (const peer of peers) peer.end();
    }
    const averages = means(lines);
    for (const average of averages) told.found(average);
    return table(lines, averages);
  },
};

function tasksOf(asked: Asked): Task[] {
  const chosen = read(asked, "layers", layerNamed) ?? layers;
  const batches = read(asked, "batch", wholeNumber) ?? [1];
  const precisions = read(asked, "dtype", precisionNamed) ?? ["float32" as const];
  const whats = read(asked, "what", workNamed) ?? ["fwd" as const, "fwd+bwd" as const];
  return precisions.flatMap((precision) =>
    whats.flatMap((what) =>
      batches.flatMap((batch) => chosen.map((layer) => ({ layer, batch, precision, what }))),
    ),
  );
}

function workNamed(word: string): Work {
  const found = works.find((work) => work === word);
  if (found) return found;
  throw new UsageError(`--what ${word}; needed some of ${works.join(",")}`);
}

function peerNamed(word: string): string {
  if (peerNames.includes(word)) return word;
  throw new UsageError(`--peers ${word}; needed some of ${peerNames.join(",")}`);
}

/** One task by all who can do it: results compared, then timed in turn; a line for each peer and each of our ways. */
async function compared(
  task: Task,
  threads: number,
  peers: readonly Peer[],
  { say, found }: Told,
): Promise<PeerLine[]> {
  const { layer, batch, what, precision } = task;
  say(`${layer.name}, batch ${batch}, ${what}, ${precision}, threads ${threads}`);
  const ours = ourWays(threads).filter((way) => way.can(task));
  const others = await agreeing(task, ours, peers, say);
  const times = await minima(task, [...ours, ...others], threads > 1 ? 60 : 2);
  return others.flatMap((peer) =>
    ours.map((way) => {
      const [peerMs, oursMs] = [times.get(peer)!, times.get(way)!];
      const line: PeerLine = {
        ratio: rounded(peerMs / oursMs),
        ...{ peer: peer.name, engine: way.name, layer: layer.name, batch, what, dtype: precision, threads },
        ...{ peer_ms: rounded(peerMs), ours_ms: rounded(oursMs) },
      };
      found(line);
      return line;
    }),
  );
}

/** The peers whose results are ours; one that fails is said, and left out of this task. */
async function agreeing(
  task: Task,
  ours: readonly Peer[],
  peers: readonly Peer[],
  say: Told["say"],
): Promise<Peer[]> {
  const expected = await ours[0]!.probe(task);
  const able = [...ours, ...peers.filter((peer) => peer.can(task))];
  const good: Peer[] = [];
  for (const peer of able) {
    try {
      compare(await peer.probe(task), expected, task.precision);
      good.push(peer);
    } catch (error) {
      say(`  ${peer.name} is left out: ${(error as Error).message}`);
      if (ours.includes(peer)) throw error;
    }
  }
  return good.filter((peer) => !ours.includes(peer));
}

/** Throws unless the entries agree, relative to the largest. */
function compare(probe: readonly number[], expected: readonly number[], precision: Precision): void {
  const largest = Math.max(...expected.map(Math.abs));
  const error = Math.max(...expected.map((x, k) => Math.abs(x - probe[k]!))) / (largest || 1); // all may be padding
  const allowed = precision === "float32" ? 1e-4 : 1e-12;
  if (probe.length === expected.length && error <= allowed) return;
  throw new Error(`its results differ from ours by ${error.toExponential(1)} of the largest`);
}

/**
 * The shortest time of each, after a warm-up; slow ones are asked in two rounds alone. Before each there is a pause of
 * `rest` ms: threads that another library leaves spinning for its next call would take the cores.
 */
async function minima(
  task: Task,
  contestants: readonly Peer[],
  rest: number,
): Promise<ReadonlyMap<Peer, number>> {
  const shortest = new Map<Peer, number>();
  for (const one of contestants) shortest.set(one, await one.time(task, least));
  for (let round = 0; round < rounds; round++) {
    for (const one of contestants) {
      if (round > 1 && shortest.get(one)! > patience * least) continue;
      await pause(rest);
      shortest.set(one, Math.min(shortest.get(one)!, await one.time(task, least)));
    }
  }
  return shortest;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A mean for each peer, way, kind of work, precision and number of threads; batches are not mixed. */
function means(lines: readonly PeerLine[]): MeanLine[] {
  const groups = new Map<string, PeerLine[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.threads, line.dtype, line.what, line.batch, line.peer, line.engine]);
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].map((group) => {
    const { peer, engine, what, batch, dtype, threads } = group[0]!;
    const logs = group.reduce((sum, { ratio }) => sum + Math.log(ratio), 0);
    const ratio = rounded(Math.exp(logs / group.length));
    return { ratio, peer, engine, what, batch, dtype, threads, layers: group.length };
  });
}

/** A row for each task and peer, with the ratio to each of our ways; the means come last. */
function table(lines: readonly PeerLine[], averages: readonly MeanLine[]): string {
  const engines = [...new Set(lines.map(({ engine }) => engine))];
  const head = [...engines, "peer", "what", "layer", "batch", "dtype", "threads", "peer ms"];
  const row = (line: PeerLine | MeanLine): string[] => [
    ...[line.peer, line.what, "layer" in line ? line.layer : `mean of ${line.layers}`],
    ...[String(line.batch), line.dtype, String(line.threads)],
    "peer_ms" in line ? line.peer_ms.toPrecision(3) : "",
  ];
  const rows = new Map<string, { ratios: Map<string, number>; words: string[] }>();
  for (const line of [...lines, ...averages]) {
    const words = row(line);
    const kept = rows.get(words.slice(0, 6).join()) ?? { ratios: new Map<string, number>(), words };
    rows.set(words.slice(0, 6).join(), kept);
    kept.ratios.set(line.engine, line.ratio);
  }
  const written = [...rows.values()].map(({ ratios, words }) => [
    ...engines.map((engine) => ratios.get(engine)?.toFixed(2) ?? ""),
    ...words,
  ]);
  const [first, n] = [
    "ratio: the peer's time by that of each way of ours; above 1 ours is the faster",
    engines.length,
  ];
  return `${first}\n\n${columns([head, ...written], [...engines.keys(), n + 3, n + 5, n + 6])}`;
}
