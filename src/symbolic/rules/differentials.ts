/** The differential d(E, X): what E changes by to first order when X changes by dX and nothing else does. */

import type { BuiltIn } from "../language/builtIns.js";
import {
  type ApplyExpression,
  apply,
  binary,
  call,
  children,
  type Expression,
  mentions,
  name,
  negated,
  number,
} from "../language/expression.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { isScalar, shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { argsOf } from "./match.js";
import { productParts, writtenProduct, zeroOf } from "./products.js";
import type { Context, Rule } from "./rule.js";
import { transposeOf } from "./transposed.js";

/** E and X of d(E, X). */
interface Differential {
  readonly E: Expression;
  readonly X: string;
}

/** The rules of the differential of constants, sums, products, linear maps and element-wise functions. */
export const differentialRules: readonly Rule[] = [
  {
    name: "d-constant",
    law: "\\mathrm{d}A = 0 \\text{ where } A \\text{ does not change}",
    source: "Magnus and Neudecker, ch. 8, sec. 2",
    apply: constant,
  },
  {
    name: "d-variable",
    law: "\\mathrm{d}(X) = \\mathrm{d}X",
    source: "Magnus and Neudecker, ch. 5, sec. 3",
    apply: (e) => {
      const of = differentialOf(e);
      return of && of.E.kind === "name" && of.E.name === of.X ? name(`d${of.X}`) : undefined;
    },
  },
  rule("d-sum", "\\mathrm{d}(A + B) = \\mathrm{d}A + \\mathrm{d}B", ({ E, X }) => {
    if (E.kind === "unary" && E.op === "-") return negated(d(E.of, X));
    return E.kind === "binary" && (E.op === "+" || E.op === "-")
      ? binary(E.op, d(E.left, X), d(E.right, X))
      : undefined;
  }),
  rule("d-product", "\\mathrm{d}(A B) = \\mathrm{d}A \\, B + A \\, \\mathrm{d}B", ofProduct),
  rule("d-quotient", "\\mathrm{d}(A / c) = \\mathrm{d}A / c - A \\, \\mathrm{d}c / c^2", ofQuotient),
  rule(
    "d-linear",
    "\\mathrm{d}\\operatorname{vec}(A) = \\operatorname{vec}(\\mathrm{d}A), \\ldots \\text{ for every linear map}",
    linear,
  ),
  rule("d-instances", "\\mathrm{d}\\sum_i A_i = \\sum_i \\mathrm{d}A_i", by("d-instances")),
  rule(
    "d-hadamard",
    "\\mathrm{d}(A \\odot B) = \\mathrm{d}A \\odot B + A \\odot \\mathrm{d}B",
    (of, context) =>
      of.E.kind === "binary" && of.E.op === ".*"
        ? leibniz(of, [of.E.left, of.E.right], context, ([A, B]) => binary(".*", A, B))
        : undefined,
  ),
  rule(
    "d-kron",
    "\\mathrm{d}(A \\otimes B) = \\mathrm{d}A \\otimes B + A \\otimes \\mathrm{d}B",
    by("d-kron"),
  ),
  rule("d-sigma", "\\mathrm{d}\\sigma(S) = \\sigma'(S) \\odot \\mathrm{d}S", by("d-sigma")),
  rule("d-dsigma", "\\mathrm{d}\\sigma'(S) = \\sigma''(S) \\odot \\mathrm{d}S", by("d-dsigma")),
  rule(
    "d-relu",
    "\\mathrm{d}\\operatorname{ReLU}(S) = \\operatorname{ReLU}'(S) \\odot \\mathrm{d}S",
    by("d-relu"),
  ),
  rule("d-drelu", "\\mathrm{d}\\operatorname{ReLU}'(S) = 0", by("d-drelu")),
  rule(
    "d-norm2",
    "\\mathrm{d}\\|R\\|^2 = 2 \\operatorname{vec}(R)^{T} \\operatorname{vec}(\\mathrm{d}R)",
    by("d-norm2"),
  ),
];

/** d(E, X). */
export function d(E: Expression, X: string): Expression {
  return call("d", E, name(X));
}

/** What a differential is of. */
export function differentialOf(e: Expression): Differential | undefined {
  const args = argsOf(e, "d");
  return args && args[1].kind === "name" ? { E: args[0], X: args[1].name } : undefined;
}

/** aᵀ b of two matrices of one size: of columns as it stands, of others by their vec. */
export function innerProduct(world: World, A: Expression, B: Expression): Expression {
  if (isScalar(shapeOf(world, A))) return binary("*", A, B);
  const isColumn = isScalar({ ...shapeOf(world, A), rows: shapeOf(world, A).cols });
  const [x, y] = isColumn ? [A, B] : [call("vec", A), call("vec", B)];
  return writtenProduct(productParts(world, binary("*", transposeOf(world, x), y)));
}

function rule(
  name: string,
  law: string,
  apply: (of: Differential, context: Context) => Expression | undefined,
): Rule {
  const source = "Magnus and Neudecker, ch. 8, sec. 2";
  return {
    ...{ name, law, source },
    apply: (e, context) => {
      const of = differentialOf(e);
      return of && apply(of, context);
    },
  };
}

/**
 * Whether E stays when X changes a little. What stands within ReLU′ does not matter: its steps have no differential. The
 * gradient of a loss is declared at the loss's argument: it changes with everything, and nothing here knows how.
 */
function isConstant(world: World, E: Expression, X: string): boolean {
  if (E.kind === "call" && E.name === "drelu") return true;
  if (E.kind !== "name") return children(E).every((part) => isConstant(world, part, X));
  const follows = [...world.losses.values()].some(
    (loss) => loss.gradient === E.name || loss.hessian === E.name,
  );
  return E.name !== X && !follows;
}

/** In a sum a constant is left out; alone it is 0. */
function constant(e: Expression, { world }: Context): Expression | undefined {
  const of = differentialOf(e);
  if (!of) return undefined;
  const { E, X } = of;
  if (E.kind === "call" && E.name === "drelu" && mentions(E, X)) return undefined; // d-drelu says why
  if (isConstant(world, E, X)) return zeroOf(shapeOf(world, E));
  if (E.kind !== "binary" || (E.op !== "+" && E.op !== "-")) return undefined;
  if (isConstant(world, E.right, X)) return d(E.left, X);
  if (!isConstant(world, E.left, X)) return undefined;
  return E.op === "+" ? d(E.right, X) : negated(d(E.right, X));
}

/** One term for each factor that changes. */
function ofProduct({ E, X }: Differential, { world }: Context): Expression | undefined {
  if (E.kind !== "binary" || E.op !== "*") return undefined;
  const parts = productParts(world, E);
  if (!parts.divisors.every((factor) => isConstant(world, factor, X))) return undefined;
  const terms = (["scalars", "chain"] as const).flatMap((place) =>
    parts[place].flatMap((factor, at) =>
      isConstant(world, factor, X)
        ? []
        : [
            writtenProduct({
              ...parts,
              [place]: parts[place].map((old, k) => (k === at ? d(factor, X) : old)),
            }),
          ],
    ),
  );
  return terms.length > 0 ? terms.reduce((sum, term) => binary("+", sum, term)) : undefined;
}

function ofQuotient({ E, X }: Differential, { world }: Context): Expression | undefined {
  if (E.kind !== "binary") return undefined;
  if (E.op === "*") return ofProductWithQuotient(E, X, world);
  if (E.op !== "/") return undefined;
  const first = binary("/", d(E.left, X), E.right);
  if (isConstant(world, E.right, X)) return first;
  const square = binary("*", E.right, E.right);
  const second = binary("/", writtenProduct(productParts(world, binary("*", E.left, d(E.right, X)))), square);
  return isConstant(world, E.left, X) ? negated(second) : binary("-", first, second);
}

/** A product in which a factor is divided by what changes: the bar goes under all of it. */
function ofProductWithQuotient(E: Expression, X: string, world: World): Expression | undefined {
  const { over, ...parts } = productParts(world, E);
  if (parts.divisors.every((factor) => isConstant(world, factor, X))) return undefined;
  const whole = d(writtenProduct({ ...parts, over: Math.abs(over) }), X);
  return over < 0 ? negated(whole) : whole;
}

function linear(of: Differential, context: Context): Expression | undefined {
  const { E, X } = of;
  if (E.kind === "unary" && E.op === "'") return transposeOfDifferential(E.of, X);
  if (E.kind === "apply" && context.world.maps.has(E.name)) return ofMap(context.world, E, X);
  return by("d-linear")(of, context);
}

/** f(dX); where f chooses, P vec(dX): the selection stays that of the image, and f(dX) would take another one. */
function ofMap(world: World, E: ApplyExpression, X: string): Expression | undefined {
  const map = world.maps.get(E.name);
  if (!map?.chosen) return apply(E.name, d(E.args[0], X));
  const { rows, cols } = shapeOf(world, E);
  const v = binary("*", name(map.matrix), call("vec", d(E.args[0], X)));
  return call("mat", v, sizeExpression(rows), sizeExpression(cols));
}

function transposeOfDifferential(of: Expression, X: string): Expression {
  return { kind: "unary", op: "'", of: d(of, X) };
}

/** Σ over the factors that change. */
function leibniz(
  { X }: Differential,
  factors: readonly Expression[],
  { world }: Context,
  together: (factors: readonly Expression[]) => Expression,
): Expression | undefined {
  const changing = factors.flatMap((factor, at) => (isConstant(world, factor, X) ? [] : [at]));
  if (changing.length === 0) return undefined;
  return changing
    .map((at) => together(factors.map((factor, k) => (k === at ? d(factor, X) : factor))))
    .reduce((sum, term) => binary("+", sum, term));
}

/** How the differential goes through a function, and the rule that says so. */
interface Through {
  readonly rule: string;
  readonly gives: (args: readonly Expression[], of: Differential, context: Context) => Expression | undefined;
}

/** Of what is made of sizes alone the differential is 0: d-constant. */
const through: Record<BuiltIn, Through | "constant" | "no rule"> = {
  vec: { rule: "d-linear", gives: ([M], { X }) => call("vec", d(M, X)) },
  mat: { rule: "d-linear", gives: ([v, ...sizes], { X }) => call("mat", d(v, X), ...sizes) },
  kron: {
    rule: "d-kron",
    gives: (args, of, context) => leibniz(of, args, context, ([A, B]) => call("kron", A, B)),
  },
  I: "constant",
  ones: "constant",
  K: "constant",
  diag: { rule: "d-linear", gives: ([v], { X }) => call("diag", d(v, X)) },
  sigma: { rule: "d-sigma", gives: ([S], { X }) => binary(".*", call("dsigma", S), d(S, X)) },
  dsigma: { rule: "d-dsigma", gives: ([S], { X }) => binary(".*", call("d2sigma", S), d(S, X)) },
  d2sigma: "no rule", // the third derivative of σ has no name
  relu: { rule: "d-relu", gives: ([S], { X }) => binary(".*", call("drelu", S), d(S, X)) },
  drelu: { rule: "d-drelu", gives: ([S], _, { world }) => zeroOf(shapeOf(world, S)) },
  trace: { rule: "d-linear", gives: ([M], { X }) => call("trace", d(M, X)) },
  norm2: {
    rule: "d-norm2",
    gives: ([R], { X }, { world }) =>
      writtenProduct(productParts(world, binary("*", number(2), innerProduct(world, R, d(R, X))))),
  },
  Sum: { rule: "d-instances", gives: ([E], { X }) => call("Sum", d(E, X)) },
  d: "no rule", // a second differential: of losses alone, in losses.ts
};

/** What the rule of that name makes of a function that needs no declaration. */
function by(rule: string): (of: Differential, context: Context) => Expression | undefined {
  return (of, context) => {
    if (of.E.kind !== "call") return undefined;
    const known = through[of.E.name];
    return typeof known === "object" && known.rule === rule ? known.gives(of.E.args, of, context) : undefined;
  };
}
