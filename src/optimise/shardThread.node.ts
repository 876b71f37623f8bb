/** The program of a thread that computes shards for another: it does what it is told in order. */

import type { Network } from "../network/network.js";
import { columnMajor } from "../numeric/storage.js";
import { Data } from "./data.js";
import type { Answered, ModelSent, Said } from "./helpers.node.js";
import { namedLoss } from "./loss.js";
import type { Model } from "./shardPass.js";
import { ShardsAt } from "./shardsAt.js";

interface Port {
  postMessage(answer: Answered, transfer?: readonly ArrayBufferLike[]): void;
  on(event: "message", heard: (said: Said) => void): void;
}

const { process } = globalThis as unknown as { process: { getBuiltinModule(name: string): unknown } };
const { parentPort, workerData: stopped } = process.getBuiltinModule("node:worker_threads") as {
  readonly parentPort: Port;
  readonly workerData: Int32Array;
};

const models = new Map<number, Model>();
const sessions = new Map<number, ShardsAt>();

function modelOf({ net, Z, y, loss, dtype }: ModelSent): Model {
  const l = y.length / net.outputs;
  const network = { ...net, initial: unused } as Network;
  const data = Data.of(columnMajor(Z.length / l, l, Z), columnMajor(net.outputs, l, y));
  return { net: network, data, loss: namedLoss(loss), lossName: loss, perC: 0, dtype, threads: 1 };
}

function unused(): never {
  throw new Error("a thread that helps draws no numbers");
}

async function answer(asked: Extract<Said, { say: "ask" }>): Promise<void> {
  const { request, session, how, task, range } = asked;
  const mayGoOn = () => {
    if (Atomics.load(stopped, 0) >= request) throw new Error("stopped");
  };
  try {
    const found = await (sessions.get(session) as ShardsAt)[how](task, range, mayGoOn);
    const parts = ArrayBuffer.isView(found) ? [found] : found;
    parentPort.postMessage({ request, found }, [...new Set(parts.map(({ buffer }) => buffer))]);
  } catch {
    parentPort.postMessage({ request, found: undefined }); // who asked does it himself, and is told what is wrong
  }
}

async function hear(said: Said): Promise<void> {
  if (said.say === "model") models.set(said.model, modelOf(said));
  else if (said.say === "begin")
    sessions.set(said.session, new ShardsAt(models.get(said.model) as Model, said));
  else if (said.say === "ask") await answer(said);
  else if (said.say === "forget") models.delete(said.model);
  else {
    sessions.get(said.session)?.dispose();
    sessions.delete(said.session);
  }
}

let before = Promise.resolve();
parentPort.on("message", (said) => {
  before = before.then(() => hear(said));
});
parentPort.postMessage("ready");
