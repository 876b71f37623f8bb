/** What signs and functions are, by their definitions: what evaluators of expressions have in common. */

import type { CallExpression, Expression } from "../../../../src/symbolic/language/expression.js";
import {
  entrywise,
  filled,
  type Jets,
  kronecker,
  linear,
  Misfit,
  moved,
  newPlane,
  plus,
  product,
  reciprocal,
  single,
  times,
  values,
} from "./jets.js";

/** What moves along ε₁, ε₂, … */
interface Place {
  readonly moving: readonly string[];
}

/** What an evaluator knows besides: what is declared, drawn or shown. */
export interface Meanings<Here extends Place> {
  readonly named: (name: string, here: Here) => Jets;
  /** A map or a loss of an expression. */
  readonly applied: (name: string, argument: Expression, here: Here) => Jets;
  readonly sigma: (order: 0 | 1 | 2, S: Jets, here: Here) => Jets;
  readonly sizeAt: (e: Expression, here: Here) => number;
  /** The place once for each instance. */
  readonly instances: (here: Here) => readonly Here[];
}

/** The value of expressions; throws NoValue, or Misfit where sizes do not fit. */
export function evaluator<Here extends Place>(meanings: Meanings<Here>): (e: Expression, here: Here) => Jets {
  const calls = callsFor(meanings, evaluate);
  return evaluate;

  function evaluate(e: Expression, here: Here): Jets {
    switch (e.kind) {
      case "number":
        return single(e.value);
      case "name":
        return meanings.named(e.name, here);
      case "unary":
        return e.op === "-" ? times(evaluate(e.of, here), -1) : transpose(evaluate(e.of, here));
      case "binary":
        return combined(e.op, evaluate(e.left, here), evaluate(e.right, here));
      case "call":
        return calls[e.name](e.args, here);
      case "apply":
        return meanings.applied(e.name, e.args[0], here);
    }
  }
}

export function transpose(A: Jets): Jets {
  return moved(A, A.cols, A.rows, (k) => Math.floor(k / A.cols) + A.rows * (k % A.cols));
}

function combined(op: string, A: Jets, B: Jets): Jets {
  if (op === "+") return plus(A, B);
  if (op === "-") return plus(A, times(B, -1));
  if (op === "*") return product(A, B);
  return op === "/" ? product(A, reciprocal(B)) : entrywise(A, B);
}

export function column(A: Jets): Jets {
  return { ...A, rows: A.rows * A.cols, cols: 1 };
}

/** 1 where an entry is positive, else 0; nothing moves it. */
export function stepOf(S: Jets): Jets {
  return { rows: S.rows, cols: S.cols, planes: [values(S).map((x) => (x > 0 ? 1 : 0))] };
}

type Calls<Here> = Readonly<
  Record<CallExpression["name"], (args: readonly Expression[], here: Here) => Jets>
>;

// Over 40 lines: one definition for each function of the language.
function callsFor<Here extends Place>(
  { sigma, sizeAt, instances }: Meanings<Here>,
  evaluate: (e: Expression, here: Here) => Jets,
): Calls<Here> {
  return {
    vec: ([A], here) => column(evaluate(A, here)),
    mat: ([v, m, n], here) => reshaped(evaluate(v, here), sizeAt(m, here), sizeAt(n, here)),
    kron: ([A, B], here) => kronecker(evaluate(A, here), evaluate(B, here)),
    I: ([n], here) => filled(sizeAt(n, here), sizeAt(n, here), (i, j) => (i === j ? 1 : 0)),
    ones: ([m, n], here) => filled(sizeAt(m, here), n ? sizeAt(n, here) : 1, () => 1),
    K: ([m, n], here) => commutation(sizeAt(m, here), sizeAt(n, here)),
    diag: ([v], here) => diagonal(evaluate(v, here)),
    sigma: ([S], here) => sigma(0, evaluate(S, here), here),
    dsigma: ([S], here) => sigma(1, evaluate(S, here), here),
    d2sigma: ([S], here) => sigma(2, evaluate(S, here), here),
    relu: ([S], here) => entrywise(stepOf(evaluate(S, here)), evaluate(S, here)),
    drelu: ([S], here) => stepOf(evaluate(S, here)),
    trace: ([A], here) => trace(evaluate(A, here)),
    norm2: ([A], here) => total(entrywise(evaluate(A, here), evaluate(A, here))),
    Sum: ([A], here) =>
      instances(here)
        .map((one) => evaluate(A, one))
        .reduce(plus),
    d: ([A, by], here) => {
      if (by.kind !== "name") throw new Misfit("d by what is no name");
      const value = evaluate(A, { ...here, moving: [...here.moving, by.name] });
      const bit = 1 << here.moving.length;
      return { ...value, planes: Array.from({ length: bit }, (_, set) => value.planes[set | bit]) };
    },
  };
}

function reshaped(v: Jets, rows: number, cols: number): Jets {
  if (v.cols !== 1 || rows * cols !== v.rows) throw new Misfit(`mat of ${v.rows} as ${rows} × ${cols}`);
  return { ...v, rows, cols };
}

/** K vec(X) = vec(X′) for X: m × n, whose entry (i, j) is number i + m j, and j + n i once transposed. */
function commutation(m: number, n: number): Jets {
  const isMoved = (k: number, from: number) => k === Math.floor(from / m) + n * (from % m);
  return filled(m * n, m * n, (k, from) => (isMoved(k, from) ? 1 : 0));
}

function diagonal(v: Jets): Jets {
  if (v.cols !== 1) throw new Misfit(`diag of ${v.cols} columns`);
  const n = v.rows;
  return linear(v, n, n, (x) => newPlane(n, n).map((_, k) => (k % (n + 1) === 0 ? x[k / (n + 1)] : 0)));
}

function trace(A: Jets): Jets {
  if (A.rows !== A.cols) throw new Misfit(`trace of ${A.rows} × ${A.cols}`);
  return total(linear(A, A.rows, A.cols, (x) => x.map((entry, k) => (k % (A.rows + 1) === 0 ? entry : 0))));
}

function total(A: Jets): Jets {
  return linear(A, 1, 1, (x) => Float64Array.of(x.reduce((sum, entry) => sum + entry, 0)));
}
