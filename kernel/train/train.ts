/** Runs a configuration: data, states one after the other, and what is kept of them. */
import { existsSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { constants } from "node:os";
import {
  adamSteps,
  centred,
  type Instances,
  type Matrix,
  matrix,
  meanImage,
  type Network,
  type NewtonState,
  network,
  newtonSteps,
  type ObjectiveOptions,
  objective,
  onnx,
  type Problem,
  type StochasticState,
  safetensors,
  sgdSteps,
  TrainingError,
} from "../../src/index.js";
import { Clock, onClock } from "./clock.js";
import type { TrainConfig } from "./config.js";
import { lineOf } from "./lines.js";
import { type Labelled, labelledFrom } from "./sources.js";
import { TrainError } from "./trainError.js";

type State = NewtonState | StochasticState;

const usualLength = { newton: 100, sgd: 10, adam: 10 } as const;

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
  const { net, mean, states, clock } = await prepared(config, say);
  const { last, code, why } = await followed(states, { clock, length: lengthOf(config), say });
  if (last === undefined) say(`${why}: before the first state, so nothing is kept`);
  else {
    await keep(config, net, last, mean);
    say(`${why}: ${result} has θ of ${last.at}, and the best θ, of ${last.best?.at}`);
  }
  return code;
}

interface Prepared {
  readonly net: Network;
  readonly mean: Matrix | undefined;
  readonly states: AsyncGenerator<State, void, void>;
  readonly clock: Clock;
}

/** Everything that a configuration names, made and checked. Throws TrainError that says which file is wrong, and how. */
async function prepared(config: TrainConfig, say: (line: string) => void): Promise<Prepared> {
  try {
    const net = network(config.network);
    const { instances, validation, mean } = await dataOf(config, net);
    const clock = new Clock();
    const problem = onClock(objective(net, pairOf(instances), objectiveOptions(config, instances)), clock);
    const { file, method, checkpoint, options, seed } = config;
    const all = { ...options, checkpoint, ...(validation && { validation: pairOf(validation) }) };
    const states = statesOf(config, problem, net.initial(seed), all);
    const held = validation === undefined ? "" : `, ${validation.Z.cols} for validation`;
    say(`${file}: ${method}, ${net.n} numbers in θ, ${instances.Z.cols} instances${held}`);
    return { net, mean, clock, states };
  } catch (error) {
    throw isOurs(error) ? new TrainError(`${config.file}: ${error.message}`, { cause: error }) : error;
  }
}

function pairOf({ Z, y }: Labelled): Instances {
  return { Z, y };
}

function objectiveOptions(
  { objective: { C, ...others }, timesInstances }: TrainConfig,
  { Z }: Labelled,
): ObjectiveOptions {
  return C === undefined ? others : { ...others, C: timesInstances ? C * Z.cols : C };
}

/** Whether an error says which operation did not take what it was given. */
function isOurs(error: unknown): error is Error {
  return error instanceof Error && error.name !== "TrainError" && /^[a-z][\w.[\]]*: /.test(error.message);
}

/** How many iterations or epochs there will be. */
function lengthOf({ method, options }: TrainConfig): number {
  const given = method === "newton" ? options.iterMax : options.epochs;
  return typeof given === "number" ? given : usualLength[method];
}

function statesOf(
  config: TrainConfig,
  problem: Problem,
  theta0: Float64Array,
  options: object,
): AsyncGenerator<State, void, void> {
  const length = lengthOf(config);
  if (config.method === "newton") return newtonSteps(problem, theta0, { iterMax: length, ...options });
  const steps = config.method === "sgd" ? sgdSteps : adamSteps;
  return steps(problem, theta0, { ...("batches" in options ? {} : { epochs: length }), ...options });
}

/** Instances for training and validation, the mean image of the first taken out of both where that is wanted. */
async function dataOf(
  { data, validation: other, centred: isCentred, objective: { dtype = "float64" } }: TrainConfig,
  { input, outputs }: Network,
): Promise<{ instances: Labelled; validation?: Labelled; mean?: Matrix }> {
  const wanted = { input, outputs, dtype };
  const instances = await labelledFrom(data, wanted);
  const validation = other && (await labelledFrom(other, { ...wanted, classes: instances.classes }));
  if (!isCentred) return { instances, ...(validation && { validation }) };
  const mean = meanImage(instances.Z);
  const without = <T extends Labelled>(one: T): T => ({ ...one, Z: centred(one.Z, mean) });
  return { instances: without(instances), ...(validation && { validation: without(validation) }), mean };
}

/** Says each state, until the last, a failure or a signal: the last good state, and why there is no other. */
async function followed(
  states: AsyncGenerator<State, void, void>,
  { clock, length, say }: { clock: Clock; length: number; say: (line: string) => void },
): Promise<{ last: State | undefined; code: number; why: string }> {
  let last: State | undefined;
  const begun: { at?: number; seconds: number } = { seconds: 0 };
  const signal = firstSignal();
  try {
    for (;;) {
      const next = await Promise.race([states.next(), signal.heard]);
      if (typeof next === "string")
        return { last, code: 128 + constants.signals[next], why: `stopped by ${next}` };
      if (next.done) return { last, code: 0, why: last?.stopped ?? "done" };
      last = next.value;
      const { seconds, parts } = clock.lap();
      if (begun.at === undefined) begun.at = last.at;
      else begun.seconds += seconds;
      const made = last.at - begun.at;
      const left = made > 0 ? ((length - last.at) * begun.seconds) / made : undefined;
      say(lineOf({ state: last, seconds, parts, length, left }));
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
  { theta, best }: State,
  mean: Matrix | undefined,
): Promise<void> {
  const column = (numbers: Float64Array): Matrix => matrix(numbers.length, 1, numbers);
  const chosen = best?.theta ?? theta;
  await write(result, safetensors({ theta: column(theta), best: column(chosen), ...(mean && { mean }) }));
  if (model !== undefined) await write(model, onnx(net, chosen));
}

/** The whole file or nothing. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(`${path}.new`, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
