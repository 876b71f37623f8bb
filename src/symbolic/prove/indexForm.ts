/** Expressions → sums of products of entries: what entry (row, column) of an expression is, for all sizes. */

import type { BuiltIn } from "../language/builtIns.js";
import { type Polynomial, variable } from "../language/polynomial.js";
import { selectionOrigin } from "../world/selections.js";
import { instancesSize, mapOfMatrix } from "../world/world.js";
import { type At, bound, type Fresh } from "./at.js";
import type { Indexed } from "./axes.js";
import { differentiated } from "./differentiate.js";
import { type Digit, leaves, OutsideError } from "./digits.js";
import type { ProofWorld } from "./lossDerivatives.js";
import { mapEntry, selectionAt } from "./mapForm.js";
import { entryOfName, inverse } from "./nameForm.js";
import {
  type Equation,
  type Factor,
  reluName,
  scaled,
  summed,
  type Term,
  timesTerms,
  unit,
  where,
} from "./terms.js";

/** Entry `at` of an expression as a sum of terms. Throws OutsideError for what has no such form. */
export function entryOf(world: ProofWorld, node: Indexed, at: At, fresh: Fresh): Term[] {
  const inner = (part: Indexed, rows: readonly Polynomial[], cols: readonly Polynomial[]) =>
    entryOf(world, part, { rows, cols, instance: at.instance }, fresh);
  const { e, parts } = node;
  switch (e.kind) {
    case "number":
      return scaled([unit], BigInt(e.value));
    case "name":
      return node.map ? entryOfMapMatrix(world, node, at, fresh) : entryOfName(world, e.name, at);
    case "unary":
      return e.op === "'"
        ? inner(parts[0], at.cols, at.rows)
        : scaled(inner(parts[0], at.rows, at.cols), -1n);
    case "binary":
      return entryOfBinary(world, node, at, fresh);
    case "call":
      return calls[e.name](world, node, at, fresh);
    default:
      return entryOfApply(world, node, e.name, at, fresh);
  }
}

function entryOfBinary(world: ProofWorld, { e, parts }: Indexed, at: At, fresh: Fresh): Term[] {
  if (e.kind !== "binary") throw new OutsideError("no operator");
  const [left, right] = parts;
  const inner = (part: Indexed, rows: readonly Polynomial[], cols: readonly Polynomial[]) =>
    entryOf(world, part, { rows, cols, instance: at.instance }, fresh);
  const here = (part: Indexed) => inner(part, at.rows, at.cols);
  if (e.op === "+") return [...here(left), ...here(right)];
  if (e.op === "-") return [...here(left), ...scaled(here(right), -1n)];
  if (e.op === ".*") return timesTerms(here(left), here(right));
  if (e.op === "/") return timesTerms(here(left), inverseOf(world, right, at, fresh));
  if (isNumber(left) && !isNumber(right)) return timesTerms(inner(left, [], []), here(right));
  if (isNumber(right) && !isNumber(left)) return timesTerms(here(left), inner(right, [], []));
  const { index, sums } = bound(left.cols, fresh);
  return summed(timesTerms(inner(left, at.rows, index), inner(right, index, at.cols)), sums);
}

function isNumber(node: Indexed): boolean {
  return leaves(node.rows).length + leaves(node.cols).length === 0;
}

/** 1/(x y) is 1/x times 1/y. */
function inverseOf(world: ProofWorld, node: Indexed, at: At, fresh: Fresh): Term[] {
  if (node.e.kind === "binary" && node.e.op === "*" && node.parts.every(isNumber)) {
    const [x, y] = node.parts.map((part) => inverseOf(world, part, at, fresh));
    return timesTerms(x, y);
  }
  return [inverse(entryOf(world, node, { rows: [], cols: [], instance: at.instance }, fresh))];
}

function entryOfApply(world: ProofWorld, node: Indexed, name: string, at: At, fresh: Fresh): Term[] {
  return node.map ? entryOfMap(world, node, at, fresh) : entryOfLoss(world, node, name, at, fresh);
}

type Read = (world: ProofWorld, node: Indexed, at: At, fresh: Fresh) => Term[];

const calls: Record<BuiltIn, Read> = {
  vec: (world, { parts: [M] }, { rows, instance }, fresh) => {
    const count = leaves(M.rows).length;
    return entryOf(world, M, { rows: rows.slice(0, count), cols: rows.slice(count), instance }, fresh);
  },
  mat: (world, { parts: [v] }, { rows, cols, instance }, fresh) =>
    entryOf(world, v, { rows: [...rows, ...cols], cols: [], instance }, fresh),
  kron: (world, { parts: [A, B] }, { rows, cols, instance }, fresh) => {
    const [r, c] = [leaves(B.rows).length, leaves(B.cols).length];
    const outer = entryOf(world, A, { rows: rows.slice(r), cols: cols.slice(c), instance }, fresh);
    return timesTerms(
      outer,
      entryOf(world, B, { rows: rows.slice(0, r), cols: cols.slice(0, c), instance }, fresh),
    );
  },
  I: (_world, node, { rows, cols }) => where([unit], equations(rows, cols, leaves(node.rows))),
  ones: () => [unit],
  K: (_world, node, { rows, cols }) => {
    // cols are the digits of (m, n), rows those of (n, m); a side of size 1 has none
    const m = node.cols.length === 2 ? leaves([node.cols[0]]).length : 0;
    const turned = [...rows.slice(rows.length - m), ...rows.slice(0, rows.length - m)];
    return where([unit], equations(turned, cols, leaves(node.cols)));
  },
  diag: (world, { parts: [v], rows: digits }, { rows, cols, instance }, fresh) =>
    where(entryOf(world, v, { rows, cols: [], instance }, fresh), equations(rows, cols, leaves(digits))),
  d2sigma: (world, { parts: [S] }, at, fresh) => [applied("sigma", 2, entryOf(world, S, at, fresh))],
  trace: (world, { parts: [M] }, { instance }, fresh) => {
    const { index, sums } = bound(M.rows, fresh);
    return summed(entryOf(world, M, { rows: index, cols: index, instance }, fresh), sums);
  },
  sigma: (world, { parts: [S] }, at, fresh) => [applied("sigma", 0, entryOf(world, S, at, fresh))],
  dsigma: (world, { parts: [S] }, at, fresh) => [applied("sigma", 1, entryOf(world, S, at, fresh))],
  relu: (world, { parts: [S] }, at, fresh) => [applied(reluName, 0, entryOf(world, S, at, fresh))],
  drelu: (world, { parts: [S] }, at, fresh) => [applied(reluName, 1, entryOf(world, S, at, fresh))],
  norm2: (world, { parts: [M] }, { instance }, fresh) => {
    const [rows, cols] = [bound(M.rows, fresh), bound(M.cols, fresh)];
    const entry = () => entryOf(world, M, { rows: rows.index, cols: cols.index, instance }, fresh);
    return summed(timesTerms(entry(), entry()), new Map([...rows.sums, ...cols.sums]));
  },
  Sum: (world, { parts: [E] }, { rows, cols }, fresh) => {
    const instance = fresh();
    const terms = entryOf(world, E, { rows, cols, instance: variable(instance) }, fresh);
    return summed(terms, new Map([[instance, variable(instancesSize)]]));
  },
  d: (world, { e, parts: [E] }, at, fresh) => {
    const by = e.kind === "call" ? e.args[1] : undefined;
    if (by?.kind !== "name") throw new OutsideError("a differential by what is no name");
    const context = {
      world,
      X: by.name,
      fresh,
      entryOf: (node: Indexed, place: At) => entryOf(world, node, place, fresh),
    };
    return differentiated(context, entryOf(world, E, at, fresh));
  },
};

function applied(name: string, order: number, at: readonly Term[]): Term {
  return { ...unit, factors: [{ kind: "applied", name, order, at }] };
}

function equations(
  left: readonly Polynomial[],
  right: readonly Polynomial[],
  digits: readonly Digit[],
): Equation[] {
  return digits.map(({ size }, k) => ({ left: left[k], right: right[k], size }));
}

/** A loss is known by its name at the whole matrix: its value is one number for all of its entries. */
function entryOfLoss(
  world: ProofWorld,
  { parts: [S] }: Indexed,
  name: string,
  { instance }: At,
  fresh: Fresh,
): Term[] {
  const [rows, cols] = [bound(S.rows, fresh), bound(S.cols, fresh)];
  const at = entryOf(world, S, { rows: rows.index, cols: cols.index, instance }, fresh);
  const sums = new Map([...rows.sums, ...cols.sums]);
  const each = world.matrices.get(world.losses.get(name)?.gradient ?? "")?.each ?? false;
  const index = { index: [...sums.keys()], sizes: [...sums.values()] };
  const factor: Factor = { kind: "functional", name, ...index, instance, each, at };
  return [{ ...unit, factors: [factor] }];
}

/** f(X): "read" looks where the places say; "put" adds up over all entries that go to this place. */
function entryOfMap(world: ProofWorld, node: Indexed, at: At, fresh: Fresh): Term[] {
  const map = node.e.kind === "apply" ? world.maps.get(node.e.name) : undefined;
  if (!map || !node.map) throw new OutsideError("no index map");
  const { argument } = node.map;
  const [rows, cols] = [bound(argument.rows, fresh), bound(argument.cols, fresh)];
  const matrix = mapEntry(
    map,
    node.map,
    { given: at, source: { ...at, rows: rows.index, cols: cols.index } },
    map.chosen ? selectionAt(world, selectionOrigin(world, node.parts[0].e)) : undefined,
    fresh,
  );
  const entry = entryOf(
    world,
    node.parts[0],
    { rows: rows.index, cols: cols.index, instance: at.instance },
    fresh,
  );
  return summed(timesTerms(matrix, entry), new Map([...rows.sums, ...cols.sums]));
}

/** P of an index map: its row is an entry of the result, its column one of the argument. */
function entryOfMapMatrix(
  world: ProofWorld,
  node: Indexed,
  { rows, cols, instance }: At,
  fresh: Fresh,
): Term[] {
  const map = node.e.kind === "name" ? mapOfMatrix(world, node.e.name) : undefined;
  if (!map || !node.map) throw new OutsideError("no index map");
  const [r, c] = [leaves(node.map.result.rows).length, leaves(node.map.argument.rows).length];
  const given = { rows: rows.slice(0, r), cols: rows.slice(r), instance };
  const source = { rows: cols.slice(0, c), cols: cols.slice(c), instance };
  const selection = selectionAt(world, world.selections?.get(map.name));
  return mapEntry(map, node.map, { given, source }, selection, fresh);
}
