/** How the inputs of a statement with signs are drawn, so that each way shows what the others hide. */

import { children, type Expression, type Statement } from "../language/expression.js";
import { drawWhole } from "../sizes/draws.js";
import { relevantWorld } from "../sizes/relevant.js";
import type { World } from "../world/world.js";
import { type Fraction, fractionOf } from "./fractions.js";

/** How many seeds in a row see all ways. */
export const seedsInAll = 3;

/** How the entries of the inputs are drawn; what a derivative is multiplied by is never drawn to be 0 throughout. */
export interface InputWay {
  readonly words: string;
  readonly entry: (...key: readonly [seed: number, name: string, instance: number, at: number]) => Fraction;
  /** Whether whole matrices are 0 instead, others at each shape. */
  readonly orZero?: boolean;
  /** Whether it concerns the inputs alone. */
  readonly inputs?: boolean;
}

const between =
  (low: number, high: number): InputWay["entry"] =>
  (...key) =>
    drawWhole(low, high, "entry", ...key);

/** From −n to n. */
export const upTo = (n: number): InputWay => ({ words: `inputs from −${n} to ${n}`, entry: between(-n, n) });

/** Whole numbers over whole numbers from 2 to 9, from `low` to `high`. */
export const parts =
  (low: number, high: number): InputWay["entry"] =>
  (...key) => {
    const under = drawWhole(2, 9, "under", ...key);
    return fractionOf(drawWhole(low * under, high * under, "over", ...key), under);
  };

/** Quotients of two numbers, and what lies a sixteenth or two beside them. */
const nearQuotients = (numbers: readonly number[]): InputWay => ({
  words: "inputs near quotients of the statement's numbers",
  entry: (...key) => {
    const [over, under] = ["over", "under"].map(
      (what) => numbers[drawWhole(0, numbers.length - 1, what, ...key)],
    );
    const near = 16 * over + drawWhole(-2, 2, "beside", ...key) * under;
    return fractionOf(drawWhole(0, 1, "sign", ...key) === 0 ? near : -near, 16 * under);
  },
});

/**
 * Each shows what the others hide: large numbers, kinks, one sign alone, whole matrices of zeros; and x (1 − x) is positive
 * at no whole number.
 */
const ways: readonly InputWay[] = [
  { words: "inputs from −1 to 1", entry: between(-1, 1) },
  { words: "all inputs 0", entry: () => 0, inputs: true },
  { words: "inputs from −2 to 2, some of them 0", entry: between(-2, 2), inputs: true, orZero: true },
  { words: "inputs from 0 to 3", entry: between(0, 3), inputs: true },
  { words: "inputs from −3 to 0", entry: between(-3, 0), inputs: true },
  { words: "fractions from −3 to 3", entry: parts(-3, 3) },
  { words: "fractions from 0 to 1", entry: parts(0, 1), inputs: true },
];

/** The ways of a seed: every third, or one choice of signs. */
export function waysOf(world: World, statement: Statement, seed: number): readonly InputWay[] {
  if (seed >= firstWithSigns) return [withSigns(inputsOf(world, statement), seed - firstWithSigns)];
  const numbers = [statement.left, statement.right].flatMap(numbersIn).filter((value) => value > 0);
  const all = [upTo(largest(numbers)), ...ways, nearQuotients([1, ...numbers])];
  return all.filter((_, k) => k % seedsInAll === (seed - 1) % seedsInAll);
}

/** Entries reach what the numbers of a statement may ask for: relu(x − 40 · 1) is not 0 from 41 on. */
function largest(numbers: readonly number[]): number {
  return 7 + 2 * numbers.reduce((product, value) => Math.min(2 ** 20, product * value), 1);
}

/** The whole numbers in an expression. */
function numbersIn(e: Expression): number[] {
  if (e.kind !== "number") return children(e).flatMap(numbersIn);
  return Number.isSafeInteger(e.value) ? [e.value] : [];
}

/** From the first seed on each says of each input whether it is negative, 0 or positive; from the second each is a line. */
const [firstWithSigns, firstOnLine] = [2 ** 32, 2 ** 40];

const lines = 2;

/** Whether the inputs of a seed lie on a line. */
export function isOnLine(seed: number): boolean {
  return seed >= firstOnLine;
}

/** The seeds of all lines that are tried. */
export function seedsOnLines(): number[] {
  return Array.from({ length: lines }, (_, k) => firstOnLine + k);
}

/** All choices of signs for four inputs; of more inputs as many, drawn. */
const mostWithSigns = 3 ** 4;

/** The seeds of choices of signs: all there are, or as many as are tried. */
export function seedsWithSigns(world: World, statement: Statement): number[] {
  const count = Math.min(mostWithSigns, 3 ** inputsOf(world, statement).length);
  return Array.from({ length: count }, (_, k) => firstWithSigns + k);
}

/** Input k has the sign of the k-th of the choice's digits, to the base 3. */
function withSigns(names: readonly string[], choice: number): InputWay {
  const signs = names.map((name, k) => {
    const digit = names.length <= 4 ? Math.floor(choice / 3 ** k) : drawWhole(0, 2, "sign", choice, name);
    return [name, (digit % 3) - 1] as const;
  });
  const signOf = new Map(signs);
  const words = signs.map(([name, sign]) => `${name} ${sign < 0 ? "<" : sign > 0 ? ">" : "="} 0`);
  return {
    words: words.join(", "),
    inputs: true,
    entry: (seed, name, ...at) => (signOf.get(name) ?? 1) * drawWhole(1, 3, "entry", seed, name, ...at) || 0,
  };
}

/** The matrices in a statement that are not a loss's gradient or Hessian. */
export function inputsOf(world: World, statement: Statement): string[] {
  const { losses, matrices } = relevantWorld(world, statement);
  const derived = new Set([...losses.values()].flatMap(({ gradient, hessian }) => [gradient, hessian]));
  return [...matrices.keys()].filter((name) => !derived.has(name));
}
