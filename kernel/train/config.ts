/** A training as a JSON file declares it: its fields, checked; docs/train.md explains each. */
import { readFileSync } from "node:fs";
import { dirname, join, parse, resolve } from "node:path";
import type { NetworkSize, ObjectiveOptions } from "../../src/index.js";
import { readNetworkConfig } from "./simpleNN.js";
import { TrainError } from "./trainError.js";

/** Where instances come from: one of these names, with what belongs to it. Paths are relative to the configuration. */
export interface Source {
  readonly digits?: "train" | "test";
  readonly places?: "all" | "demo" | readonly number[];
  readonly folder?: string;
  readonly npz?: string;
  readonly mat?: string;
  /** How a row of a MAT file's Z runs through an image: row by row (the default), or column by column. */
  readonly order?: "rows" | "columns";
  /** What the numbers of a MAT file are divided by. Default 255. */
  readonly scale?: number;
}

export type MethodName = "newton" | "sgd" | "adam";

/** A training. */
export interface TrainConfig {
  /** For messages. */
  readonly file: string;
  readonly network: NetworkSize;
  readonly data: Source;
  readonly validation?: Source;
  /** Whether the mean of the training images is taken out of all. */
  readonly centred: boolean;
  readonly objective: ObjectiveOptions;
  /** C is multiplied by the number of instances. */
  readonly timesInstances?: boolean;
  readonly method: MethodName;
  readonly options: Readonly<Record<string, unknown>>;
  /** Of θ to start from. */
  readonly seed: number;
  readonly checkpoint: string;
  readonly result: string;
  readonly onnx?: string;
}

/** The fields of a configuration. */
export const configNames: readonly string[] = [
  ...["network", "data", "validation", "centred", "objective", "method", "options", "seed"],
  ...["checkpoint", "result", "onnx"],
];
const sourceNames = ["digits", "places", "folder", "npz", "mat", "order", "scale"];
const kinds = ["digits", "folder", "npz", "mat"] as const;
const methods: readonly unknown[] = ["newton", "sgd", "adam"];

/** The training that a JSON file declares. Throws TrainError that names the field. */
export function readConfig(file: string): TrainConfig {
  const given = parsed(file);
  checkFields(file, given, configNames);
  const at = (path: string): string => resolve(dirname(file), path);
  const path = (name: string, usual?: string): string | undefined => {
    const value = given[name];
    if (value === undefined) return usual;
    if (typeof value !== "string" || value === "")
      throw new TrainError(`${file}: ${name} is ${shown(value)}; needed a path`);
    return at(value);
  };
  const { centred = false, method = "newton", options = {}, seed = 0 } = given;
  if (typeof centred !== "boolean")
    throw new TrainError(`${file}: centred is ${shown(centred)}; needed true or false`);
  if (!methods.includes(method))
    throw new TrainError(`${file}: method is ${shown(method)}; needed ${methods.join(", ")}`);
  checkOptions(file, options);
  const onnx = path("onnx");
  const validation =
    given.validation === undefined ? undefined : sourceOf(file, "validation", given.validation, at);
  const stem = join(dirname(file), parse(file).name);
  return {
    ...{ file, network: networkOf(file, given.network, at), data: sourceOf(file, "data", given.data, at) },
    ...{ centred, objective: objectiveOf(file, given.objective), method: method as MethodName, options },
    ...{ seed: seed as number, checkpoint: path("checkpoint", `${stem}.ckpt`) as string },
    ...{ result: path("result", `${stem}.safetensors`) as string },
    ...(validation && { validation }),
    ...(onnx && { onnx }),
  };
}

/** What the command line decides, and what a JSON file cannot hold. */
const reserved = ["checkpoint", "onIteration", "validation"];

function checkOptions(file: string, options: unknown): asserts options is Readonly<Record<string, unknown>> {
  checkFields(`${file}: options`, options, undefined);
  const name = reserved.find((one) => one in options);
  if (name !== undefined) throw new TrainError(`${file}: options: ${name} stands beside options, not in it`);
}

function networkOf(file: string, given: unknown, at: (path: string) => string): NetworkSize {
  if (typeof given === "string") return readNetworkConfig(at(given));
  if (typeof given === "object" && given !== null) return given as NetworkSize;
  throw new TrainError(
    `${file}: network is ${shown(given)}; needed { input, conv, full } or the path of a .config`,
  );
}

function sourceOf(file: string, field: string, given: unknown, at: (path: string) => string): Source {
  checkFields(`${file}: ${field}`, given, sourceNames);
  const source = given as Source;
  const named = kinds.filter((kind) => kind in source);
  if (named.length !== 1)
    throw new TrainError(
      `${file}: ${field} names ${named.join(" and ") || "nothing"}; needed one of ${kinds.join(", ")}`,
    );
  const [kind] = named as [(typeof kinds)[number]];
  if (typeof source[kind] !== "string")
    throw new TrainError(`${file}: ${field}.${kind} is ${shown(source[kind])}; needed a text`);
  return kind === "digits" ? source : { ...source, [kind]: at(source[kind]) };
}

function objectiveOf(file: string, given: unknown = {}): ObjectiveOptions {
  checkFields(`${file}: objective`, given, ["C", "loss", "dtype", "threads"]);
  const { C, ...rest } = given as Record<string, unknown>;
  if (C === undefined) return rest;
  return { ...rest, C: C === "Infinity" ? Number.POSITIVE_INFINITY : (C as number) };
}

function parsed(file: string): Readonly<Record<string, unknown>> {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new TrainError(`${file}: this is no JSON: ${(cause as Error).message}`, { cause });
  }
}

function checkFields(
  place: string,
  given: unknown,
  known: readonly string[] | undefined,
): asserts given is Readonly<Record<string, unknown>> {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TrainError(
      `${place} is ${shown(given)}; needed an object${known ? ` of ${known.join(", ")}` : ""}`,
    );
  }
  const unknown = Object.keys(given).find((name) => known !== undefined && !known.includes(name));
  if (unknown !== undefined)
    throw new TrainError(`${place}: ${unknown} is no field; there are ${known?.join(", ")}`);
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}
