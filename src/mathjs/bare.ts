import type { MathCollection, MathJsInstance, Matrix as MathMatrix, MathNode } from "mathjs";
import { lazily } from "../foreign/lazily.js";
import { plainMathjs } from "../foreign/mathjs.js";

type Registration = (instance: MathJsInstance) => void;

let instance: MathJsInstance | undefined;
const registrations: Registration[] = [];

/** A mathjs instance of our own, made when it is first used; math.ts registers our names in it. */
export const bare: MathJsInstance = lazily(ownInstance);

/** Has our names registered in the instance as soon as it is made, before anybody uses it. */
export function whenMade(register: Registration): void {
  if (instance) register(instance);
  else registrations.push(register);
}

function ownInstance(): MathJsInstance {
  if (instance) return instance; // registering looks into it too
  instance = plainMathjs.create({});
  for (const register of registrations) register(instance);
  return instance;
}

/** Whether x is a mathjs matrix, dense or sparse, of this or of another copy of mathjs. */
export function isMathMatrix(x: unknown): x is MathMatrix {
  return typeof x === "object" && x !== null && (x as { isMatrix?: unknown }).isMatrix === true;
}

/** Whether x is an expression of mathjs. */
export function isNode(x: unknown): x is MathNode {
  return typeof x === "object" && x !== null && (x as { isNode?: unknown }).isNode === true;
}

/** Rows and columns of a mathjs matrix or nested array; a vector is a column. Throws RangeError for other dimensions. */
export function sizeOf(operation: string, M: MathCollection): [rows: number, cols: number] {
  const size = isMathMatrix(M) ? M.size() : (bare.size(M) as unknown as { valueOf(): number[] }).valueOf();
  if (size.length === 1) return [size[0], 1];
  if (size.length === 2) return [size[0], size[1]];
  throw new RangeError(
    `${operation}: a mathjs matrix of ${size.length} dimensions; needed a vector or a matrix`,
  );
}
