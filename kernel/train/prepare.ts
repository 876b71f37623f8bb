/** What a configuration names, made: network, data, problem, and the states that a method will go through. */
import {
  adamSteps,
  centred,
  type Instances,
  type Matrix,
  meanImage,
  type Network,
  type NewtonState,
  network,
  newtonSteps,
  type ObjectiveOptions,
  objective,
  type Problem,
  type Progress,
  type StochasticState,
  sgdSteps,
} from "../../src/index.js";
import type { TrainConfig } from "./config.js";
import { type Labelled, labelledFrom } from "./sources.js";
import { TrainError } from "./trainError.js";

export type TrainedState = NewtonState | StochasticState;

const usualLength = { newton: 100, sgd: 10, adam: 10 } as const;

/** A training that can begin. */
export interface Prepared {
  readonly net: Network;
  readonly mean: Matrix | undefined;
  readonly states: AsyncGenerator<TrainedState, void, void>;
  /** How many iterations or epochs there will be. */
  readonly length: number;
}

/** Everything that a configuration names, made and checked. Throws TrainError that says which file is wrong, and how. */
export async function prepared(
  config: TrainConfig,
  {
    say,
    onIteration,
  }: { say: (line: string) => void; onIteration: (state: TrainedState, progress: Progress) => void },
): Promise<Prepared> {
  try {
    const net = network(config.network);
    const { instances, validation, mean } = await dataOf(config, net);
    const problem = objective(net, pairOf(instances), objectiveOptions(config, instances));
    const { file, method, checkpoint, options, seed } = config;
    const all = {
      ...options,
      checkpoint,
      onIteration,
      ...(validation && { validation: pairOf(validation) }),
    };
    const states = statesOf(config, problem, net.initial(seed), all);
    const held = validation === undefined ? "" : `, ${validation.Z.cols} for validation`;
    say(`${file}: ${method}, ${net.n} numbers in θ, ${instances.Z.cols} instances${held}`);
    return { net, mean, states, length: lengthOf(config) };
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
): AsyncGenerator<TrainedState, void, void> {
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
