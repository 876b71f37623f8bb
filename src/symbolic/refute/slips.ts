/** The usual slips of a written line, one at a time, and which of them makes a wrong line right. */

import {
  binary,
  type CallExpression,
  call,
  children,
  type Expression,
  factors,
  negated,
  number,
  productOf,
  type Statement,
  same,
  transposed,
  withChildren,
} from "../language/expression.js";
import { print } from "../language/print.js";
import { candidateSizes, matrixParts } from "../sizes/writtenSizes.js";
import { mapOfMatrix, type World } from "../world/world.js";

/** An expression with one slip undone (or made). */
export interface Slip {
  readonly label: string;
  readonly e: Expression;
  /** How deep within the expression it is. */
  readonly depth: number;
}

type SlipHere = Omit<Slip, "depth">;

/** What a slip may need to know: the world, and the sizes that could stand in I, ones. */
interface Context {
  readonly world: World;
  readonly sizes: readonly Expression[];
}

/** All expressions that are one slip away from the right side of a statement, each once. */
export function slipsOf(world: World, statement: Statement): Slip[] {
  const context = { world, sizes: candidateSizes(world, statement) };
  const all = [...atRoot(statement.right), ...slipsIn(context, statement.right)];
  const seen = new Set([print(statement.right)]);
  const tidy = all.map((slip) => ({ ...slip, e: withoutDoubleTransposes(slip.e) }));
  return tidy.filter(({ e }) => {
    const text = print(e);
    return !seen.has(text) && seen.add(text);
  });
}

/** A″ is A: a transpose put within another. */
function withoutDoubleTransposes(e: Expression): Expression {
  const parts = withChildren(e, children(e).map(withoutDoubleTransposes));
  return parts.kind === "unary" && parts.op === "'" ? transposed(parts.of) : parts;
}

/** The sign and the factor of the whole. */
function atRoot(e: Expression): Slip[] {
  const sign = { label: "the sign", e: e.kind === "unary" && e.op === "-" ? e.of : negated(e), depth: 0 };
  return isProduct(e)
    ? [sign]
    : [sign, { label: "a factor 2 is missing", e: binary("*", number(2), e), depth: 0 }];
}

/** The slips at e and in its parts; the factors of a longer product are dealt with at the whole product. */
function slipsIn(context: Context, e: Expression, inProduct = false, depth = 0): Slip[] {
  const parts = children(e);
  const inner = parts.slice(0, matrixParts(e)).flatMap((part, k) =>
    slipsIn(context, part, isProduct(e), depth + 1).map((slip) => ({
      ...slip,
      e: withChildren(
        e,
        parts.map((other, m) => (m === k ? slip.e : other)),
      ),
    })),
  );
  const own = inProduct && isProduct(e) ? [transposeSlip(context, e)] : slipsAt(context, e);
  return [...own.map((slip) => ({ ...slip, depth })), ...inner];
}

function slipsAt(context: Context, e: Expression): SlipHere[] {
  if (e.kind === "number" || (e.kind === "name" && !isMatrix(context.world, e.name))) return [];
  const own = transposeSlip(context, e);
  switch (e.kind) {
    case "call":
      return [own, ...slipsOfCall(context, e)];
    case "binary":
      return [own, ...slipsOfBinary(e)];
    case "unary":
      return e.op === "-" ? [own, { label: "the sign", e: e.of }] : [own];
    default:
      return [own];
  }
}

/** Nobody forgets to transpose the differential dX, or a size. */
function isMatrix(world: World, name: string): boolean {
  return world.matrices.has(name) || mapOfMatrix(world, name) !== undefined;
}

function transposeSlip({ world }: Context, e: Expression): SlipHere {
  const isTransposed = e.kind === "unary" && e.op === "'";
  const of = isTransposed ? e.of : e;
  const isMap = of.kind === "name" && mapOfMatrix(world, of.name) !== undefined;
  const label = isTransposed ? "superfluous transpose" : "missing transpose";
  return { label: isMap ? `${label} of the index map's matrix` : label, e: transposed(e) };
}

function slipsOfBinary(e: Extract<Expression, { kind: "binary" }>): SlipHere[] {
  const { op, left, right } = e;
  switch (op) {
    case "*":
      return slipsOfProduct(e);
    case "+":
      return [{ label: "the sign", e: binary("-", left, right) }];
    case "-":
      return [{ label: "the sign", e: binary("+", left, right) }];
    case ".*":
      return [{ label: "entry by entry instead of the product of matrices", e: binary("*", left, right) }];
    default:
      return [];
  }
}

function slipsOfProduct(e: Expression): SlipHere[] {
  const list = factors(e);
  const swapped = list.slice(1).map((_, k) => {
    const order = [...list];
    [order[k], order[k + 1]] = [list[k + 1], list[k]];
    return { label: "product in the wrong order", e: productOf(order) };
  });
  const two = list.findIndex((factor) => factor.kind === "number" && factor.value === 2);
  const factor =
    two < 0
      ? { label: "a factor 2 is missing", e: productOf([number(2), ...list]) }
      : { label: "superfluous factor 2", e: productOf(list.filter((_, k) => k !== two)) };
  const pair =
    list.length === 2
      ? [{ label: "the product of matrices instead of entry by entry", e: binary(".*", list[0], list[1]) }]
      : [];
  return [...swapped, factor, ...pair];
}

function slipsOfCall(context: Context, e: CallExpression): SlipHere[] {
  const [first, second, third] = e.args;
  switch (e.name) {
    case "kron":
      return [
        { label: "Kronecker factors swapped", e: call("kron", second, first) },
        {
          label: "Kronecker factors swapped and transposed",
          e: call("kron", transposed(second), transposed(first)),
        },
      ];
    case "vec":
      return first.kind === "name" && !isMatrix(context.world, first.name)
        ? []
        : [{ label: "rows stacked instead of columns", e: call("vec", transposed(first)) }];
    case "mat":
      return [
        { label: "the sizes of mat swapped", e: call("mat", first, third, second) },
        { label: "rows filled instead of columns", e: transposed(call("mat", first, third, second)) },
      ];
    case "K":
      return [{ label: "the sizes of K swapped", e: call("K", second, first) }];
    case "I":
    case "ones":
      return context.sizes
        .filter((size) => !same(size, first))
        .map((size) => ({ label: `the size of ${e.name}`, e: call(e.name, size, ...e.args.slice(1)) }));
    case "sigma":
      return [{ label: "σ instead of σ′", e: call("dsigma", first) }];
    case "dsigma":
      return [{ label: "σ′ instead of σ", e: call("sigma", first) }];
    case "relu":
      return [{ label: "ReLU instead of ReLU′", e: call("drelu", first) }];
    case "drelu":
      return [{ label: "ReLU′ instead of ReLU", e: call("relu", first) }];
    default:
      return [];
  }
}

function isProduct(e: Expression): boolean {
  return e.kind === "binary" && e.op === "*";
}
