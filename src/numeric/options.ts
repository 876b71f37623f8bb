/** Options by name: one that nobody reads is a mistake, and mostly a name of another library's. */

import { checkObject } from "../shape.js";

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
  dilation: "",
};

/** Throws TypeError for what is no object, or has a name that is not among `names`, and says which was meant. */
export function checkOptions(operation: string, options: unknown, names: readonly string[]): void {
  checkObject(operation, "the options", options, `{ ${names.join(", ")} }`);
  const unknown = Object.keys(options as object).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const near = names.find((name) => isNear(unknown.toLowerCase(), name.toLowerCase()));
  const known = meant[unknown];
  const isHere = known !== undefined && (/ /.test(known) || names.includes(known));
  const hint = near ?? (isHere ? known : undefined);
  const help = hint === undefined || hint === "" ? "" : ` (meant: ${hint})`;
  throw new TypeError(`${operation}: no option is called ${unknown}${help}; there are ${names.join(", ")}`);
}

/** Whether one becomes the other by a letter more, less, or another one. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return a === b;
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  const rests = [
    [a.slice(same + 1), b.slice(same + 1)],
    [a.slice(same + 1), b.slice(same)],
    [a.slice(same), b.slice(same + 1)],
  ];
  return a === b || rests.some(([x, y]) => x === y);
}
