/** Runs a configuration: data, states one after the other, and what is kept of them. */
import { existsSync } from "node:fs";
import { constants } from "node:os";
import {
  type Matrix,
  matrix,
  type Network,
  onnx,
  type Progress,
  safetensors,
  TrainingError,
} from "../../src/index.js";
import { assertWritable, writeAtomically } from "../disk/writeAtomically.js";
import type { TrainConfig } from "./config.js";
import { lineOf } from "./lines.js";
import { prepared, type TrainedState } from "./prepare.js";
import { TrainError } from "./trainError.js";

/** Trains as the configuration says; resolves with the exit code: 0 done, 1 failed, 128 + signal where it was stopped. */
export async function train(
  config: TrainConfig,
  { resume, say }: { resume: boolean; say: (line: string) => void },
): Promise<number> {
  const { checkpoint, result } = config;
  const isThere = existsSync(checkpoint) || existsSync(`${checkpoint}.previous`);
  if (isThere && !resume) {
    throw new TrainError(`${checkpoint} is there: --resume goes on from it; remove it to begin anew`);
  }
  if (resume && !isThere) say(`${checkpoint} is not there: this begins anew`);
  let progress: Progress | undefined;
  const onIteration = (_state: TrainedState, now: Progress): void => {
    progress = now;
  };
  for (const file of [result, config.onnx]) if (file !== undefined) await assertWritable(file);
  const { net, mean, states, length } = await prepared(config, { say, onIteration });
  let before: Progress | undefined;
  const { last, code, why } = await followed(states, (state) => {
    say(lineOf({ state, length, progress, before }));
    before = progress;
  });
  if (last === undefined) say(`${why}: before the first state, so nothing is kept`);
  else {
    await keep(config, net, last, mean);
    say(`${why}: ${result} has θ of ${last.at}, and the best θ, of ${last.best?.at}`);
  }
  return code;
}

/** Hears each state, until the last, a failure or a signal: the last good state, and why there is no other. */
async function followed(
  states: AsyncGenerator<TrainedState, void, void>,
  hear: (state: TrainedState) => void,
): Promise<{ last: TrainedState | undefined; code: number; why: string }> {
  let last: TrainedState | undefined;
  const signal = firstSignal();
  try {
    for (;;) {
      const next = await Promise.race([states.next(), signal.heard]);
      if (typeof next === "string")
        return { last, code: 128 + constants.signals[next], why: `stopped by ${next}` };
      if (next.done) return { last, code: 0, why: last?.stopped ?? "done" };
      last = next.value;
      hear(last);
    }
  } catch (error) {
    if (error instanceof TrainingError) return { last, code: 1, why: error.message };
    if ((error as Error).message.startsWith("checkpoint: "))
      return { last, code: 1, why: (error as Error).message };
    throw error;
  } finally {
    signal.forget();
  }
}

type Signal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** The first signal that asks this process to end; a second one ends it at once. */
function firstSignal(): { heard: Promise<Signal>; forget: () => void } {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let forget = (): void => undefined;
  const heard = new Promise<Signal>((resolve) => {
    const hear = (signal: Signal): void => {
      forget();
      resolve(signal);
    };
    for (const signal of signals) process.once(signal, hear);
    forget = () => {
      for (const signal of signals) process.off(signal, hear);
    };
  });
  return { heard, forget: () => forget() };
}

/** Writes θ, the best θ and the mean image, and the model of the best. */
async function keep(
  { result, onnx: model }: TrainConfig,
  net: Network,
  { theta, best }: TrainedState,
  mean: Matrix | undefined,
): Promise<void> {
  const column = (numbers: Float64Array): Matrix => matrix(numbers.length, 1, numbers);
  const chosen = best?.theta ?? theta;
  await writeAtomically(
    result,
    safetensors({ theta: column(theta), best: column(chosen), ...(mean && { mean }) }),
  );
  if (model !== undefined) await writeAtomically(model, onnx(net, chosen));
}
