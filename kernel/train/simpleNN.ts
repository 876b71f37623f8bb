/** The lecturer's program's files and words: a network's .config, and the options of cnn_train. */
import { readFileSync } from "node:fs";
import { join, parse } from "node:path";
import type { ConvLayerSize, NetworkSize } from "../../src/index.js";
import type { MethodName, TrainConfig } from "./config.js";
import { TrainError } from "./trainError.js";

const listNames = [
  "ch_input",
  "wd_pad_added",
  "wd_filter",
  "strides",
  "wd_subimage_pool",
  "full_neurons",
] as const;
const countNames = ["L", "LC", "LF", "wd_input", "ht_input"] as const;
type Values = ReadonlyMap<string, readonly number[]>;

/** The network of a .config: lines NAME = VALUE;, a value being a number or a list. Throws TrainError that names the line. */
export function readNetworkConfig(file: string): NetworkSize {
  const values = valuesOf(file, readFileSync(file, "utf8"));
  for (const name of [...countNames, ...listNames]) {
    if (!values.has(name)) throw new TrainError(`${file}: ${name} is missing`);
  }
  const list = (name: (typeof listNames)[number]): readonly number[] => values.get(name) as readonly number[];
  const [L, LC, LF, b, a] = countNames.map((name) => single(file, name, values)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (L !== LC + LF) throw new TrainError(`${file}: L is ${L}; needed LC + LF = ${LC + LF}`);
  const lengths = {
    ch_input: LC + 1,
    wd_pad_added: LC,
    wd_filter: LC,
    strides: LC,
    wd_subimage_pool: LC,
    full_neurons: LF,
  };
  for (const name of listNames) {
    const [came, needed] = [list(name).length, lengths[name]];
    if (came !== needed) throw new TrainError(`${file}: ${name} has ${came} numbers; needed ${needed}`);
  }
  const conv = Array.from({ length: LC }, (_, m): ConvLayerSize => {
    const [pad, h, s, pool] = (["wd_pad_added", "wd_filter", "strides", "wd_subimage_pool"] as const).map(
      (name) => list(name)[m],
    );
    const size = {
      dOut: list("ch_input")[m + 1] as number,
      h: h as number,
      s: s as number,
      pad: pad as number,
    };
    return pool === 1 ? size : { ...size, pool: pool as number };
  });
  return { input: { a, b, d: list("ch_input")[0] as number }, conv, full: list("full_neurons") };
}

function single(file: string, name: string, values: Values): number {
  const [value, ...more] = values.get(name) as readonly number[];
  if (value !== undefined && more.length === 0) return value;
  throw new TrainError(`${file}: ${name} has ${more.length + 1} numbers; needed one`);
}

/** Each name with its numbers. A line that begins with % is a comment. */
function valuesOf(file: string, text: string): Values {
  const known: readonly string[] = [...countNames, ...listNames];
  const values = new Map<string, readonly number[]>();
  for (const [k, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.startsWith("%")) continue;
    const [, name = "", value = ""] =
      /^\s*(\w+)\s*=\s*(\d+|\[[\d\s,;]*\]'?)\s*;?\s*(?:%.*)?$/.exec(line) ?? [];
    if (!known.includes(name)) {
      const why =
        name === "" ? "needed NAME = NUMBER; or NAME = [NUMBERS];" : `there are ${known.join(", ")}`;
      throw new TrainError(`${file}: line ${k + 1}: ${JSON.stringify(line.trim())}: ${why}`);
    }
    values.set(name, (value.match(/\d+/g) ?? []).map(Number));
  }
  return values;
}

/** By the name in cnn_train: ours, and where it belongs. */
const newtonNames = {
  GNsize: "GNsize",
  iter_max: "iterMax",
  xi: "xi",
  CGmax: "CGmax",
  lambda: "lambda",
  drop: "drop",
  boost: "boost",
  eta: "eta",
};
const adamNames = { lr: "lr", bsize: "bsize", epoch_max: "epochs" };
const optionNames: Readonly<Record<MethodName, Readonly<Record<string, string>>>> = {
  newton: newtonNames,
  sgd: { ...adamNames, decay: "decay", momentum: "momentum" },
  adam: adamNames,
};
const solvers: Readonly<Record<number, MethodName>> = { 1: "newton", 2: "sgd", 3: "adam" };
const allNames = new Set([
  ...Object.values(optionNames).flatMap(Object.keys),
  "s",
  "C",
  "ftype",
  "Jacobian",
  "gpu_use",
]);

/** A training as cnn_train is called: a .config, data, options such as "-s 2 -lr 0.01", a seed. */
export interface CnnTrain {
  readonly config: string;
  readonly data: string;
  readonly validation?: string | undefined;
  readonly options: string;
  readonly seed: number;
  /** Whether a row of Z runs through an image column by column: example.m's input_format 1. */
  readonly columns: boolean;
}

/** The same as a configuration, with its behaviour where that differs from ours, and its example's /255 and mean image. */
export function cnnTrain({ config, data, validation, options, seed, columns }: CnnTrain): TrainConfig {
  const values = optionsOf(options);
  const solver = values.get("s") ?? 1;
  const method = solvers[solver];
  if (method === undefined) throw new TrainError(`--options: -s ${solver}; needed 1, 2 or 3`);
  const own = Object.entries(optionNames[method]).flatMap(([theirs, ours]) => {
    const value = values.get(theirs);
    return value === undefined ? [] : [[ours, value] as const];
  });
  const length = method === "newton" ? {} : { epochs: 500, lr: 0.01 };
  const order = columns ? "columns" : "rows";
  const stem = join(parse(config).dir, parse(config).name);
  return {
    ...{ file: config, network: readNetworkConfig(config), data: { mat: data, order }, centred: true },
    ...(validation === undefined ? {} : { validation: { mat: validation, order } }),
    ...{
      objective: { C: values.get("C") ?? 0.01, dtype: values.get("ftype") === 0 ? "float32" : "float64" },
      timesInstances: true,
    },
    ...{ method, options: { ...length, ...Object.fromEntries(own), seed, parity: "simpleNN" }, seed },
    ...{ checkpoint: `${stem}.ckpt`, result: `${stem}.safetensors` },
  };
}

/** "-C 0.01 -GNsize 100" by name. -Jacobian and -gpu_use say how to compute, not what, and change nothing here. */
function optionsOf(text: string): ReadonlyMap<string, number> {
  const words = text.trim() === "" ? [] : text.trim().split(/\s+/);
  const values = new Map<string, number>();
  for (let k = 0; k < words.length; k += 2) {
    const [word = "", value = ""] = words.slice(k, k + 2);
    const number = /^-?inf$/i.test(value) ? Number.POSITIVE_INFINITY : numberOf(value);
    if (!word.startsWith("-") || !allNames.has(word.slice(1)))
      throw new TrainError(
        `--options: ${word} is none; there are ${[...allNames].map((name) => `-${name}`).join(", ")}`,
      );
    if (number === undefined)
      throw new TrainError(`--options: ${word} ${value}; needed a number after each name`);
    values.set(word.slice(1), number);
  }
  return values;
}

/** A number, or a fraction such as 2/3. */
function numberOf(text: string): number | undefined {
  const [, above = "", below = "1"] = /^([\d.eE+-]+)(?:\/([\d.]+))?$/.exec(text) ?? [];
  const value = above === "" ? Number.NaN : Number(above) / Number(below);
  return Number.isFinite(value) ? value : undefined;
}
