/** `math`: mathjs with the lecture's functions and our matrices known to its expressions. */

import type { MathJsInstance, Matrix as MathMatrix } from "mathjs";
import { column, isMatrix, isNumbers } from "../numeric/check.js";
import { ones } from "../numeric/matrix.js";
import { Pphi } from "../numeric/phi.js";
import { isSparse, type SparseMatrix } from "../numeric/sparse.js";
import type { Matrix, Numbers } from "../numeric/storage.js";
import { bare, isMathMatrix, whenMade } from "./bare.js";
import { isFloat, toMath } from "./convert.js";
import { mat, phi, relu, reluPrime, vec } from "./eitherMatrix.js";
import { indexOurs } from "./entry.js";
import { registerOperators } from "./operators.js";
import { sayReadings } from "./readings.js";
import { showMathMatrices } from "./show.js";
import { type Window, windowShape } from "./window.js";

/** mathjs and the lecture's own functions; each works in `math.evaluate` too. */
export interface LectureMath extends Omit<MathJsInstance, "phi" | "ones"> {
  /** vec(M), eq. (5): the columns stacked. */
  vec: typeof vec;
  /** mat(v)_{a×b}, eq. (5): the inverse of vec. */
  mat: typeof mat;
  /** φ(Z), eq. (4): phi(Z, h), phi(Z, h, s), phi(Z, h, s, a, b) or phi(Z, { h, s, pad, a, b }). */
  phi(Z: Matrix, ...window: Window): Matrix;
  phi(Z: MathMatrix, ...window: Window): MathMatrix;
  /** P_φ, eq. (4), for images of Z's size; the arguments are those of phi. */
  Pphi(Z: Matrix | MathMatrix, ...window: Window): SparseMatrix;
  /** The vector 1 of eq. (1) as an n × 1 matrix, or the all-one matrix rows × cols; one of ours. */
  ones: typeof ones;
  /** σ, eq. (3). */
  relu: typeof relu;
  /** σ′, eq. (3), with σ′(0) = 0. */
  reluPrime: typeof reluPrime;
}

/** Entries from which a float matrix of mathjs is multiplied as a typed array. */
const largeMatrix = 2 ** 10;

/**
 * Our mathjs instance: `math.evaluate("W * phi(Z, h, s) + b * ones(n)'", { W, Z, b, h, s, n })` is eq. (1). mathjs is
 * loaded when it is first used. Where it reads otherwise than the lecture (1/(2C) (q) as 1/((2C)(q)); a list [1, 2] as a row or a
 * column) and one of our names stands in the expression, `evaluate` says so, once.
 */
export const math: LectureMath = bare as unknown as LectureMath;
whenMade(register);

function register(instance: MathJsInstance): void {
  registerTypes(instance);
  registerOperators(instance);
  const ours = lectureFunctions(instance);
  instance.import(ours, { override: true });
  sayReadings(instance, new Set(Object.keys(ours)));
  showMathMatrices();
  indexOurs();
}

/** Our matrices come before mathjs's own types, which are looser; what knows neither gets them converted. */
function registerTypes(instance: MathJsInstance): void {
  const typed = instance.typed as unknown as TypeRegistry;
  const types = [
    { name: "PhilabMatrix", test: isMatrix },
    { name: "PhilabSparse", test: isSparse },
    { name: "Numbers", test: isNumbers },
    { name: "LargeFloats", test: isLargeFloats },
  ];
  typed.addTypes(types, "Array");
  typed.addConversion({
    from: "Numbers",
    to: "PhilabMatrix",
    convert: (v: Numbers) => column("math", "v", v),
  });
  typed.addConversion({ from: "PhilabMatrix", to: "Matrix", convert: toMath });
  typed.addConversion({ from: "PhilabSparse", to: "Matrix", convert: toMath });
}

/** The part of mathjs's typed-function that its own declarations leave out. */
interface TypeRegistry {
  addTypes(types: { name: string; test: (x: unknown) => boolean }[], before: string): void;
  addConversion(conversion: { from: string; to: string; convert: (x: never) => unknown }): void;
}

/** The names of the lecture, for our matrices, mathjs's, and nested arrays (which become mathjs's). */
function lectureFunctions({ typed }: MathJsInstance): object {
  const both = "PhilabMatrix | Matrix";
  const f = (name: string, signatures: object) => typed(name, signatures as never);
  const window = (run: (Z: Matrix | MathMatrix, window: Window) => unknown) => ({
    [`${both}, ...any`]: (Z: Matrix | MathMatrix, given: unknown) => run(Z, given as Window),
  });
  return {
    vec: f("vec", { [both]: vec }),
    mat: f("mat", { [`${both}, number, number`]: mat }),
    phi: f(
      "phi",
      window((Z, given) => phi(Z as Matrix, windowShape("phi", Z, given))),
    ),
    Pphi: f(
      "Pphi",
      window((Z, given) => Pphi(windowShape("Pphi", Z, given))),
    ),
    relu: f("relu", { [both]: relu, number: (x: number) => Math.max(x, 0) }),
    reluPrime: f("reluPrime", { [both]: reluPrime, number: (x: number) => (x > 0 ? 1 : 0) }),
    ones: f("ones", { number: (n: number) => ones(n), "number, number": ones }),
  };
}

function isLargeFloats(x: unknown): boolean {
  if (!isMathMatrix(x) || x.storage() !== "dense") return false;
  const [rows, cols = 0] = x.size();
  return rows * cols >= largeMatrix && isFloat(x);
}
