/** What an expression can be evaluated over: numbers of any kind that can be added and multiplied. */

/** A commutative ring, with an unknown function σ that only its jets are known of. Elements are never changed. */
export interface Algebra<T> {
  readonly zero: T;
  /** The whole number n. */
  whole(n: number): T;
  add(x: T, y: T): T;
  negate(x: T): T;
  multiply(x: T, y: T): T;
  /** 1/x. Throws DivisionError where x has none. */
  inverse(x: T): T;
  isZero(x: T): boolean;
  /** Whether x > 0. Throws Error in an algebra that has no order. */
  isPositive(x: T): boolean;
  /** The derivative of σ of that order (0: σ itself) at x. */
  sigma(order: number, x: T): T;
}

/** An algebra that also holds the values of unknown functions of many arguments: any loss. */
export interface OracleAlgebra<T> extends Algebra<T> {
  /** ∂f/∂x_i ∂x_j … at x for the i, j, … in `by`; f itself where it is empty. The order of `by` does not matter. */
  unknown(f: string, by: readonly number[], x: readonly T[]): T;
}

/** A statement has no value where it divides by 0. */
export class DivisionError extends RangeError {
  override readonly name = "DivisionError";

  constructor() {
    super("a divisor is 0");
  }
}

/** x − y. */
export function differenceOf<T>({ add, negate }: Algebra<T>, x: T, y: T): T {
  return add(x, negate(y));
}

/** Σ x_k y_k. */
export function inner<T>({ zero, add, multiply }: Algebra<T>, x: readonly T[], y: readonly T[]): T {
  return x.reduce((sum, value, k) => add(sum, multiply(value, y[k])), zero);
}
