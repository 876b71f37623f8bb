/** How high degrees are: of an expression, made one fraction, in the numbers drawn, of numerator and denominator alike. */
import type { World } from "./certificate.js";
import { type Expression, within } from "./words.js";

/** The chance, at most, that sides which differ are equal, where each number is one of so many and so many arguments were met. */
export function chanceOf(world: World, instances: number, met: number, numbers: number): number {
  const degree = (all: Expression): number => degreeOf(world, instances, all);
  const [left, right] = world.sides.map(degree);
  const all = [...world.sides, ...world.standing.values()].flatMap((one) => [...within(one)]);
  const drawn = all.filter(({ op }) => /sigma$|^loss$/.test(op)).map(({ args }) => degree(args[0]));
  // the divisors must not be 0, the sides' difference as well, and no two arguments alike
  return (2 * (left + right) + met * (met - 1) * Math.max(0, ...drawn)) / numbers;
}

function degreeOf(world: World, instances: number, { op, name, args }: Expression): number {
  const [a = 0, b = 0] = args.map((arg) => degreeOf(world, instances, arg));
  if (op === "matrix") {
    const standing = world.standing.get(world.declared.matrices.get(name)?.loss ?? "");
    return 1 + (standing ? degreeOf(world, instances, standing) : 0);
  }
  if (op === "differential") return 1;
  if (/sigma$|^loss$/.test(op)) return 1 + a;
  if (op === "drelu") return 0;
  if (op === "norm2" || op === "d") return 2 * a;
  return op === "Sum" ? instances * a : a + b;
}
