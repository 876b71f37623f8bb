/** What differs between two lines of a derivation: the parts of each that the other has not. */

import {
  type BinaryOperator,
  children,
  type Expression,
  same,
  withChildren,
} from "../language/expression.js";

/** Parts of the one line that became parts of the other: neighbours in a sum, in a product, or one for one. */
export interface Spot {
  readonly op?: ChainOperator;
  readonly before: readonly Expression[];
  readonly after: readonly Expression[];
}

/** Operators whose operands stand side by side, however they are grouped. */
export type ChainOperator = "+" | "*" | ".*";

const chainOperators: readonly ChainOperator[] = ["+", "*", ".*"];

/** A copy no part of which stands in two places, so that a part says where it is. */
export function fresh(e: Expression): Expression {
  return withChildren({ ...e }, children(e).map(fresh));
}

/** Where two lines differ, as deep inside as they do; in parts of fresh lines. */
export function spotsBetween(x: Expression, y: Expression): Spot[] {
  if (same(x, y)) return [];
  const op = chainOperators.find((one) => isChain(x, one) || isChain(y, one));
  if (op) return spotsInChains(op, links(x, op), links(y, op));
  const [parts, others] = [children(x), children(y)];
  if (parts.length > 0 && parts.length === others.length && same(withChildren(x, others), y))
    return parts.flatMap((part, k) => spotsBetween(part, others[k]));
  return [{ before: [x], after: [y] }];
}

/** One operand of a chain; in a sum with its sign. */
interface Link {
  readonly sign: 1 | -1;
  readonly e: Expression;
}

const operatorsOf: Readonly<Record<ChainOperator, readonly BinaryOperator[]>> = {
  "+": ["+", "-"],
  "*": ["*"],
  ".*": [".*"],
};

function isChain(e: Expression, op: ChainOperator): boolean {
  if (e.kind === "unary") return op === "+" && e.op === "-";
  return e.kind === "binary" && operatorsOf[op].includes(e.op);
}

/** The operands of e, which is one itself where it is no such chain. */
export function operands(e: Expression, op: ChainOperator): Expression[] {
  return links(e, op).map((link) => link.e);
}

function links(e: Expression, op: ChainOperator, sign: 1 | -1 = 1): Link[] {
  if (!isChain(e, op)) return [{ sign, e }];
  const opposite = sign === 1 ? -1 : 1;
  if (e.kind === "unary") return links(e.of, op, opposite);
  if (e.kind !== "binary") return [];
  return [...links(e.left, op, sign), ...links(e.right, op, e.op === "-" ? opposite : sign)];
}

function spotsInChains(op: ChainOperator, xs: readonly Link[], ys: readonly Link[]): Spot[] {
  const kept = [...commonLinks(xs, ys), [xs.length, ys.length] as const];
  let [i, j] = [0, 0];
  return kept.flatMap(([nextX, nextY]) => {
    const run = [xs.slice(i, nextX), ys.slice(j, nextY)] as const;
    [i, j] = [nextX + 1, nextY + 1];
    return spotsInRun(op, ...run);
  });
}

/** Between two operands that stay: one that changed within, or some that became others. */
function spotsInRun(op: ChainOperator, xs: readonly Link[], ys: readonly Link[]): Spot[] {
  if (xs.length + ys.length === 0) return [];
  const [[x], [y]] = [xs, ys];
  if (xs.length === 1 && ys.length === 1 && x.sign === y.sign) return spotsBetween(x.e, y.e);
  return [{ op, before: xs.map((link) => link.e), after: ys.map((link) => link.e) }];
}

/** The places of a longest list of operands that both chains have in the same order. */
function commonLinks(xs: readonly Link[], ys: readonly Link[]): [number, number][] {
  const length = Array.from({ length: xs.length + 1 }, () => new Array<number>(ys.length + 1).fill(0));
  const equal = (i: number, j: number): boolean => xs[i].sign === ys[j].sign && same(xs[i].e, ys[j].e);
  for (let i = xs.length - 1; i >= 0; i--) {
    for (let j = ys.length - 1; j >= 0; j--)
      length[i][j] = equal(i, j) ? 1 + length[i + 1][j + 1] : Math.max(length[i + 1][j], length[i][j + 1]);
  }
  const found: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < xs.length && j < ys.length; ) {
    if (equal(i, j)) found.push([i++, j++]);
    else if (length[i + 1][j] >= length[i][j + 1]) i++;
    else j++;
  }
  return found;
}
