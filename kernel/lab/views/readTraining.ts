/** From the payload of trainings to numbers that panels draw. */

import { type TrainingQuantity, trainingQuantities } from "../../../src/mime/trainingQuantities.js";
import { TRAINING_MIME } from "../../../src/mime/types.js";
import { checkedList, checkedObject, checkedSeries, checkedText, wrong } from "./checked.js";
import { checkedVersion } from "./readNumbers.js";

/** A training; what is not known of a state is no number. */
export interface ShownTraining {
  readonly name: string;
  readonly unit: string;
  readonly x: Float64Array;
  readonly seconds?: Float64Array;
  readonly values: Readonly<Partial<Record<TrainingQuantity, Float64Array>>>;
}

/** All of them, with a title and where the time went. */
export interface TrainingModel {
  readonly title: string;
  readonly caption: string;
  readonly runs: readonly ShownTraining[];
}

/** Throws TypeError or RangeError that names the part that is wrong. */
export function readTraining(payload: unknown): TrainingModel {
  const { title, caption, runs } = checkedVersion(payload, TRAINING_MIME);
  const list = checkedList(runs, "runs");
  if (list.length === 0 || list.length > mostRuns)
    throw new RangeError(`runs: ${list.length} trainings; needed 1 to ${mostRuns}`);
  return {
    title: checkedText(title, "title"),
    caption: checkedText(caption, "caption"),
    runs: list.map((run, k) => readRun(checkedObject(run, `runs[${k}]`), `runs[${k}]`)),
  };
}

const mostRuns = 24;

function readRun(run: Record<string, unknown>, path: string): ShownTraining {
  const { name, unit, seconds } = run;
  if (unit !== "iteration" && unit !== "epoch") throw wrong(`${path}.unit`, unit, '"iteration" or "epoch"');
  const x = numbers(run.x, `${path}.x`);
  if (x.length === 0 || !x.every(Number.isFinite)) throw wrong(`${path}.x`, run.x, "numbers");
  const known = trainingQuantities.filter(({ key }) => run[key] !== undefined);
  return {
    name: checkedText(name, `${path}.name`),
    unit,
    x,
    ...(seconds !== undefined && { seconds: numbers(seconds, `${path}.seconds`, x.length) }),
    values: Object.fromEntries(known.map(({ key }) => [key, numbers(run[key], `${path}.${key}`, x.length)])),
  };
}

function numbers(value: unknown, path: string, length?: number): Float64Array {
  const list = checkedSeries(value, path);
  if (length !== undefined && list.length !== length)
    throw new RangeError(`${path} has ${list.length} numbers; x has ${length}`);
  return Float64Array.from(list, (entry) => {
    if (entry === null) return Number.NaN;
    if (typeof entry !== "number") throw wrong(path, entry, "a number or null");
    return entry;
  });
}
