/** How high degrees are: of an expression, made one fraction, as a polynomial in the numbers that are drawn. */
import type { Expression } from "./statement.js";
import type { World } from "./trial.js";

/** Of numerator and denominator; both hold for all derivatives up to the order that is asked for. */
type Degrees = readonly [top: number, bottom: number];

type Rule = (A: Degrees, B: Degrees, order: number, instances: number) => Degrees;

const number: Degrees = [0, 0];
const plus: Rule = ([a, c], [b, d]) => [Math.max(a + d, b + c), c + d];
const times: Rule = ([a, c], [b, d]) => [a + b, c + d];
const linear: Rule = (A) => A;
/** A value that is drawn, at derivatives of its argument: f⁽ʲ⁾(A) dA … dA. */
const drawn: Rule = ([a, c], _, order) => [1 + order * Math.max(a, c), order * c];

const rules: Readonly<Record<string, Rule>> = {
  "+": plus,
  "-": plus,
  "*": times,
  ".*": times,
  kron: times,
  norm2: (A, _, ...more) => times(A, A, ...more),
  // the derivatives of 1/c are dc … dc / c … c, with the fractions in c made one
  "/": ([a, b], [c, d], order) => [a + order * c + d, b + (order + 1) * c],
  Sum: ([a, c], _, _order, instances) => [a + (instances - 1) * c, instances * c],
  matrix: () => [1, 0],
  differential: () => [1, 0],
  sigma: drawn,
  dsigma: drawn,
  d2sigma: drawn,
  loss: drawn,
  drelu: () => [0, 0],
};

/** The chance, at most, that sides which differ are equal for numbers of which each has so many values. */
export function chanceOf(world: World, instances: number, met: number, values: number): number {
  let [top, bottom] = [0, 0]; // of the arguments of functions that are drawn
  const argument = (A: Degrees): Degrees => {
    [top, bottom] = [Math.max(top, A[0]), Math.max(bottom, A[1])];
    return A;
  };
  const degrees = (of: Expression, order: number): Degrees => {
    const [A = number, B = number] = of.args.map((arg) => degrees(arg, of.op === "d" ? order + 1 : order));
    const standing = of.op === "matrix" && order > 0 ? standingOf(world, of.name) : undefined;
    if (standing) return drawn(argument(degrees(standing, order)), number, order, instances);
    if (rules[of.op] === drawn) argument(A);
    if (world.rising && /sigma$/.test(of.op)) return [2 + 5 * Math.max(...A), 5 * A[1]];
    return (rules[of.op] ?? linear)(A, B, order, instances);
  };
  const [[a, c], [b, d]] = world.sides.map((side) => degrees(side, 0)) as [Degrees, Degrees];
  const difference = Math.max(a + d, b + c) + c + d; // and no divisor is 0
  return (difference + ((met * (met - 1)) / 2) * (top + bottom)) / values;
}

function standingOf({ declared, standing }: World, matrix: string): Expression | undefined {
  const [loss] =
    [...declared.losses].find(([, { gradient, hessian }]) => [gradient, hessian].includes(matrix)) ?? [];
  return loss === undefined ? undefined : standing.get(loss);
}
