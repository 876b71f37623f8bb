import { kind } from "../numeric/check.js";
import { type Matrix, zeros } from "../numeric/storage.js";

/**
 * Labels as columns with a single 1, X13: n_L × l. Row k stands for `classes[k]`; where these are not given, for the
 * k-th of the labels that there are, sorted. Throws RangeError for a label that is not among them,
 * TypeError for what is no list.
 *
 * @example
 * oneHot([2, 0, 2])
 */
export function oneHot<Label extends number | string>(
  labels: ArrayLike<Label>,
  classes: readonly Label[] = sortedClasses(labels),
): Matrix {
  if (labels.length === 0 || classes.length === 0) throw new RangeError("oneHot: no label; needed some");
  const rows = new Map(classes.map((label, k) => [label, k]));
  const y = zeros(classes.length, labels.length);
  for (let i = 0; i < labels.length; i++) {
    const k = rows.get(labels[i]);
    if (k === undefined) {
      const shown = classes.slice(0, 20).join(", ");
      throw new RangeError(`oneHot: label ${i + 1} is ${kind(labels[i])}; needed one of ${shown}`);
    }
    y.data[k + classes.length * i] = 1;
  }
  return y;
}

/** The labels that there are: by their value where all are numbers, also as texts, else in the order of their letters. */
export function sortedClasses<Label extends number | string>(labels: ArrayLike<Label>): Label[] {
  if (typeof labels?.length !== "number")
    throw new TypeError(`oneHot: labels: ${kind(labels)}; needed a list of numbers or texts`);
  const classes = [...new Set(Array.from(labels))];
  const areNumbers = classes.every((label) => label !== "" && Number.isFinite(Number(label)));
  return classes.sort((p, q) => (areNumbers ? Number(p) - Number(q) : p < q ? -1 : 1));
}
