/** Laws that rewrite a part of an expression: what they make of a true statement is true. */

import type { Expression } from "../../../../src/symbolic/language/expression.js";
import { parse } from "../../../../src/symbolic/language/parse.js";
import type { Polynomial } from "../../../../src/symbolic/language/polynomial.js";
import { polynomialText } from "../../../../src/symbolic/language/polynomial.js";
import { print } from "../../../../src/symbolic/language/print.js";
import { shapeOf } from "../../../../src/symbolic/world/shapes.js";
import type { World } from "../../../../src/symbolic/world/world.js";
import type { Random } from "./random.js";
import { at, placesIn, replacedAt } from "./trees.js";

interface Sized {
  readonly rows: string;
  readonly cols: string;
  readonly isNumber: boolean;
}

interface Context {
  readonly world: World;
  readonly random: Random;
}

/** The expression with one part written in another way; undefined where no law was found that applies. */
export function rewritten(context: Context, e: Expression): Expression | undefined {
  const { random } = context;
  for (const path of random.some(placesIn(e), 4)) {
    const part = at(e, path);
    const other = random.some(laws, 5).flatMap((law) => law(context, part) ?? [])[0];
    if (other !== undefined) return replacedAt(e, path, typeof other === "string" ? parse(other) : other);
  }
  return undefined;
}

type Law = (context: Context, e: Expression) => string | Expression | undefined;

function sizes(world: World, e: Expression): Sized {
  const { rows, cols } = shapeOf(world, e);
  const text = (size: Polynomial) => polynomialText(size).replaceAll("·", "*").replaceAll("−", "-");
  const sized = { rows: text(rows), cols: text(cols) };
  return { ...sized, isNumber: sized.rows === "1" && sized.cols === "1" };
}

/** A law of X op Y, both as text in brackets. */
function ofTwo(op: string, law: (x: Side, y: Side, context: Context) => string | undefined): Law {
  return (context, e) => {
    if (e.kind !== "binary" || e.op !== op) return undefined;
    const [x, y] = [e.left, e.right].map((of) => ({
      text: `(${print(of)})`,
      e: of,
      ...sizes(context.world, of),
    }));
    return law(x, y, context);
  };
}

interface Side extends Sized {
  readonly text: string;
  readonly e: Expression;
}

function ofCall(name: string, law: (x: Side, e: Expression, context: Context) => string | undefined): Law {
  return (context, e) => {
    if (e.kind !== "call" || e.name !== name || !e.args[0]) return undefined;
    const [of] = e.args;
    return law({ text: `(${print(of)})`, e: of, ...sizes(context.world, of) }, e, context);
  };
}

/** A law of any part. */
function ofAny(law: (x: Side, context: Context) => string | undefined): Law {
  return (context, e) => law({ text: `(${print(e)})`, e, ...sizes(context.world, e) }, context);
}

const isProduct = (x: Side, y: Side) => !x.isNumber && !y.isNumber;

const laws: readonly Law[] = [
  ofTwo("+", (x, y) => `${y.text} + ${x.text}`),
  ofTwo("-", (x, y) => `${x.text} + (-${y.text})`),
  ofTwo(".*", (x, y) => `${y.text} .* ${x.text}`),
  ofTwo("*", (x, y) => (isProduct(x, y) ? `(${y.text}'*${x.text}')'` : `${y.text}*${x.text}`)),
  ofTwo("*", (x, y) =>
    isProduct(x, y) ? `mat(kron(${y.text}', I(${x.rows}))*vec(${x.text}), ${x.rows}, ${y.cols})` : undefined,
  ),
  ofTwo("*", (x, y) =>
    isProduct(x, y) ? `mat(kron(I(${y.cols}), ${x.text})*vec(${y.text}), ${x.rows}, ${y.cols})` : undefined,
  ),
  ofTwo("*", (x, y) => (isProduct(x, y) ? `${x.text}*I(${x.cols})*${y.text}` : undefined)),
  ofTwo("*", ({ e, text }, y) =>
    e.kind === "binary" && (e.op === "+" || e.op === "-") && text.length < 60
      ? `(${print(e.left)})*${y.text} ${e.op} (${print(e.right)})*${y.text}`
      : undefined,
  ),
  ofTwo("*", (x, { e, text }) =>
    e.kind === "binary" && (e.op === "+" || e.op === "-") && text.length < 60
      ? `${x.text}*(${print(e.left)}) ${e.op} ${x.text}*(${print(e.right)})`
      : undefined,
  ),
  ofCall("vec", ({ e, ...x }) =>
    e.kind === "binary" && e.op === "*" ? undefined : `vec(${x.text}*I(${x.cols}))`,
  ),
  ofCall("vec", (x) =>
    /^[A-Za-z0-9_]+$/.test(x.rows + x.cols) ? `K(${x.cols}, ${x.rows})*vec(${x.text}')` : undefined,
  ),
  ofCall("norm2", (x) => `trace(${x.text}'*${x.text})`),
  ofCall("norm2", (x) => `vec(${x.text})'*vec(${x.text})`),
  ofCall("trace", (x) => `trace(${x.text}')`),
  ofCall("trace", ({ e }, _e, { world }) => {
    if (e.kind !== "binary" || e.op !== "*") return undefined;
    return [e.left, e.right].some((of) => sizes(world, of).isNumber)
      ? undefined
      : `trace((${print(e.right)})*(${print(e.left)}))`;
  }),
  ofCall("Sum", ({ e }) =>
    e.kind === "binary" && (e.op === "+" || e.op === "-")
      ? `Sum(${print(e.left)}) ${e.op} Sum(${print(e.right)})`
      : undefined,
  ),
  ofCall("Sum", (x) => `Sum(${x.text}')'`),
  ofCall("sigma", (x) => (x.isNumber ? undefined : `mat(sigma(vec(${x.text})), ${x.rows}, ${x.cols})`)),
  ofCall("sigma", (x) => `sigma(${x.text}')'`),
  ofCall("diag", (x) => `diag(${x.text})'`),
  (_context, e) =>
    e.kind === "call" && e.name === "kron" ? `kron(${print(e.args[0])}', ${print(e.args[1])}')'` : undefined,
  ({ world }, e) => {
    const map = e.kind === "apply" ? world.maps.get(e.name) : undefined;
    if (!map || map.chosen || e.kind !== "apply") return undefined;
    const { rows, cols } = sizes(world, e);
    return `mat(${map.matrix}*vec(${print(e.args[0])}), ${rows}, ${cols})`;
  },
  (_context, e) =>
    e.kind === "unary" && e.op === "'" && e.of.kind === "binary" && ["+", "-"].includes(e.of.op)
      ? `(${print(e.of.left)})' ${e.of.op} (${print(e.of.right)})'`
      : undefined,
  (_context, e) => {
    if (e.kind !== "call" || e.name !== "d" || e.args[0].kind !== "binary") return undefined;
    const [of, X] = [e.args[0], print(e.args[1])];
    const [x, y] = [of.left, of.right].map(print);
    if (of.op === "+" || of.op === "-") return `d(${x}, ${X}) ${of.op} d(${y}, ${X})`;
    if (of.op === "/") return undefined;
    return `d(${x}, ${X}) ${of.op} (${y}) + (${x}) ${of.op} d(${y}, ${X})`;
  },
  ofAny((x) => (x.isNumber ? `trace(${x.text})` : `mat(vec(${x.text}), ${x.rows}, ${x.cols})`)),
  ofAny((x) => (x.isNumber ? undefined : `${x.text}''`)),
  ofAny((x) => `(${x.text} + ${x.text})/2`),
  ofAny((x) => (x.isNumber || x.rows.split("*").length > 2 ? undefined : `I(${x.rows})*${x.text}`)),
  ofAny((x) => `-(-${x.text})`),
];
