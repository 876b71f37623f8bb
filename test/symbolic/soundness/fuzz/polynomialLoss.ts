/**
 * Losses as polynomials, f(x) = Σ (c_k x_k + q_k x_k² + r_k x_k x_{k+1} + e_k x_k³), with their gradient and Hessian.
 */

import { entrywise, filled, type Jets, linear, newPlane, plus, times } from "./jets.js";
import { Random } from "./random.js";

export interface Polynomial {
  readonly name: string;
  readonly seed: number;
}

function coefficients({ name, seed }: Polynomial, letter: string, x: Jets): Jets {
  const random = new Random(seed, name, letter);
  return filled(x.rows, 1, () => random.whole(-2, 2));
}

function column(x: Jets): Jets {
  return { ...x, rows: x.rows * x.cols, cols: 1 };
}

/** Entry k is x_{k+by}, and 0 outside. */
function shifted(x: Jets, by: number): Jets {
  return linear(x, x.rows, 1, (plane) => plane.map((_, k) => plane[k + by] ?? 0));
}

export function lossAt(f: Polynomial, argument: Jets): Jets {
  const x = column(argument);
  const of = (letter: string) => coefficients(f, letter, x);
  const inner = [
    of("c"),
    entrywise(of("q"), x),
    entrywise(of("r"), shifted(x, 1)),
    entrywise(of("e"), entrywise(x, x)),
  ].reduce(plus);
  const terms = entrywise(inner, x);
  return linear(terms, 1, 1, (plane) => Float64Array.of(plane.reduce((sum, entry) => sum + entry, 0)));
}

/** In the order of vec. */
export function gradientOf(f: Polynomial, argument: Jets): Jets {
  const x = column(argument);
  const of = (letter: string) => coefficients(f, letter, x);
  return [
    of("c"),
    times(entrywise(of("q"), x), 2),
    entrywise(of("r"), shifted(x, 1)),
    entrywise(shifted(of("r"), -1), shifted(x, -1)),
    times(entrywise(of("e"), entrywise(x, x)), 3),
  ].reduce(plus);
}

export function hessianOf(f: Polynomial, argument: Jets): Jets {
  const x = column(argument);
  const n = x.rows;
  const [q, r, e] = ["q", "r", "e"].map((letter) => coefficients(f, letter, x));
  const diagonal = plus(times(q, 2), times(entrywise(e, x), 6));
  const onDiagonal = linear(diagonal, n, n, (plane) =>
    newPlane(n, n).map((_, k) => (k % (n + 1) === 0 ? plane[k / (n + 1)] : 0)),
  );
  const beside = filled(n, n, (i, j) => (Math.abs(i - j) === 1 ? (r.planes[0]?.[Math.min(i, j)] ?? 0) : 0));
  return plus(onDiagonal, beside);
}
