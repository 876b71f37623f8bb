/** Expressions in words, as one says them: for readers who listen. */

import type { BuiltIn } from "../language/builtIns.js";
import type { Expression, Statement } from "../language/expression.js";
import { type Loss, mapOfMatrix, matrixNamed, type World } from "./world.js";

/** "vec of (W times phi of Z)": parentheses are said as pauses. */
export function spoken(world: World, e: Expression): string {
  switch (e.kind) {
    case "number":
      return String(e.value).replace("-", "minus ");
    case "name":
      return spokenName(world, e.name);
    case "unary":
      return e.op === "'" ? `${part(world, e.of)} transposed` : `minus ${part(world, e.of)}`;
    case "call":
      return calls[e.name](...e.args.map((arg) => part(world, arg)));
    case "apply":
      return `${letters(e.name)} of ${e.args.map((arg) => part(world, arg)).join(" and ")}`;
    default:
      return `${side(world, e.left, e.op)} ${operators[e.op]} ${side(world, e.right, e.op, true)}`;
  }
}

/** "… equals …". */
export function spokenStatement(world: World, { left, right }: Statement): string {
  return `${spoken(world, left)} equals ${spoken(world, right)}`;
}

const operators = {
  "+": "plus",
  "-": "minus",
  "*": "times",
  ".*": "entry by entry times",
  "/": "divided by",
} as const;

/** A product in a sum, and a product in a product, are understood without a pause. */
function side(world: World, e: Expression, op: keyof typeof operators, isRight = false): string {
  if (e.kind !== "binary") return spoken(world, e);
  const isProduct = e.op === "*" && op !== "/";
  const isChain = e.op === op && (!isRight || op === "+");
  return isProduct || isChain ? spoken(world, e) : part(world, e);
}

/** What more than one word belongs to is taken together. */
function part(world: World, e: Expression): string {
  const text = spoken(world, e);
  return e.kind === "binary" || (e.kind === "unary" && e.op === "-") ? `(${text})` : text;
}

const calls: Record<BuiltIn, (...args: string[]) => string> = {
  vec: (M) => `vec of ${M}`,
  diag: (v) => `the diagonal matrix of ${v}`,
  sigma: (S) => `sigma of ${S}`,
  dsigma: (S) => `sigma prime of ${S}`,
  d2sigma: (S) => `sigma double prime of ${S}`,
  relu: (S) => `ReLU of ${S}`,
  drelu: (S) => `ReLU prime of ${S}`,
  trace: (M) => `the trace of ${M}`,
  mat: (v, rows, cols) => `${v} as a matrix of ${rows} by ${cols}`,
  kron: (A, B) => `(${A} Kronecker ${B})`,
  I: (n) => `the identity of size ${n}`,
  ones: (rows, cols) => `ones, ${rows}${cols === undefined ? "" : ` by ${cols}`}`,
  K: (m, n) => `the commutation matrix of ${m} and ${n}`,
  norm2: (M) => `the squared norm of ${M}`,
  Sum: (E) => `the sum over instances of ${E}`,
  d: (E, X) => `the differential by ${X} of ${E}`,
};

function spokenName(world: World, name: string): string {
  const loss = lossOf(world, name);
  if (loss) return `the ${name === loss.gradient ? "gradient" : "Hessian"} of ${letters(loss.name)}`;
  const map = mapOfMatrix(world, name);
  if (map) return `${map.matrix[0]} ${letters(map.name)}`;
  const isDifferential = !world.matrices.has(name) && matrixNamed(world, name) !== undefined;
  return isDifferential ? `d ${letters(name.slice(1))}` : letters(name);
}

function lossOf(world: World, name: string): Loss | undefined {
  return [...world.losses.values()].find(({ gradient, hessian }) => name === gradient || name === hessian);
}

/** d_in is "d in", W_1 "W 1". */
function letters(name: string): string {
  return name.replaceAll("_", " ");
}
