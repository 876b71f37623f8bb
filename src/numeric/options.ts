/** Options by name: one that nobody reads is a mistake, and mostly a name of another library's. */

import { checkNames, checkObject } from "../shape.js";

/** What an option of another name was meant to be. */
const meant: Readonly<Record<string, string>> = {
  stride: "s of the shape: convShape({ a, b, d, h, s, pad })",
  strides: "s of the shape: convShape({ a, b, d, h, s, pad })",
  padding: "pad of the shape: convShape({ a, b, d, h, s, pad })",
  s: "s of the shape: convShape({ a, b, d, h, s, pad })",
  pad: "pad of the shape: convShape({ a, b, d, h, s, pad })",
  h: "h of the shape: convShape({ a, b, d, h, s, pad })",
  kernelSize: "h of the shape: convShape({ a, b, d, h, s, pad })",
  instances: "batch",
  batchSize: "batch",
  l: "batch",
  workers: "threads",
  precision: "accuracy, or matrices of Float32Array",
  dtype: "matrices of Float32Array or Float64Array",
  activation: "relu: true",
  out: "into",
  output: "into",
  target: "into",
  accumulate: "addTo",
};

/** Throws TypeError for what is no object, or has a name that is not among `names`, and says which was meant. */
export function checkOptions(operation: string, options: unknown, names: readonly string[]): void {
  checkObject(operation, "the options", options, `{ ${names.join(", ")} }`);
  checkNames(operation, options, { kind: "option", names, meant });
}
