/** Expressions as LaTeX in the lecture's letters; parentheses only where a reader needs them. */

import type { BuiltIn } from "../language/builtIns.js";
import type { ApplyExpression, Expression, Statement } from "../language/expression.js";
import type { Polynomial } from "../language/polynomial.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { isScalar, multiplication, type Shape, shapeOf } from "./shapes.js";
import { texLoss, texMap, texName, texSizeName } from "./texNames.js";
import { matrixNamed, type World } from "./world.js";

/** How strongly the parts of a formula bind; a part that binds less than its place asks for gets parentheses. */
const binds = { sum: 1, circled: 2, product: 3, atom: 4 } as const;

/** A formula, how strongly it binds, and whether a superscript may follow it as it is. */
interface Formula {
  readonly text: string;
  readonly strength: number;
  readonly raisable: boolean;
}

/** A world, and marks by which a view finds parts of the formula. */
export interface Writing extends World {
  readonly marks?: ReadonlyMap<Expression, readonly number[]>;
}

/** The expression as LaTeX without delimiters: W \phi(Z^{i}) + b \mathbb{1}_{…}^{T}. */
export function texOf(world: Writing, e: Expression): string {
  return formulaOf(world, e).text;
}

/** left = right. */
export function texStatement(world: World, { left, right }: Statement): string {
  return `${texOf(world, left)} = ${texOf(world, right)}`;
}

/** A size: d_{\text{out}} a_{\text{out}} b_{\text{out}}. */
export function texSize(world: World, size: Polynomial): string {
  return texOf(world, sizeExpression(size));
}

/** rows \times cols. */
export function texShape(world: World, { rows, cols }: Shape): string {
  return `${texSize(world, rows)} \\times ${texSize(world, cols)}`;
}

/** A part with marks is coloured by them: the one sign that every typesetter keeps and a view can find again. */
function formulaOf(world: Writing, e: Expression): Formula {
  const formula = plainFormula(world, e);
  const marks = world.marks?.get(e) ?? [];
  return { ...formula, text: marks.reduceRight((text, mark) => texMarked(mark, text), formula.text) };
}

/** A formula with a mark from 0 to 4095 around it. */
export function texMarked(mark: number, text: string): string {
  return `\\textcolor{#c24${mark.toString(16).padStart(3, "0")}}{${text}}`;
}

/** How the formula begins, whatever marks are around it. */
function beginning(text: string): string {
  return text.replace(/^(\\textcolor\{#c24[0-9a-f]{3}\}\{)+/, "");
}

function plainFormula(world: Writing, e: Expression): Formula {
  switch (e.kind) {
    case "number":
      return e.value < 0 ? atom(`(${e.value})`) : atom(String(e.value));
    case "name":
      return atom(texName(world, e.name));
    case "unary":
      return e.op === "'" ? texTranspose(world, e.of) : negative(world, e.of);
    case "call":
      return calls[e.name](world, ...e.args);
    case "apply":
      return texApply(world, e);
    default:
      return texBinary[e.op](world, e.left, e.right);
  }
}

function atom(text: string): Formula {
  return { text, strength: binds.atom, raisable: !/[\^]|^\\frac|^\\mathrm\{d\}/.test(outside(text)) };
}

/** A function's value: what is within its parentheses does not matter to a superscript. */
function value(text: string, of: string): Formula {
  return { text: `${text}${texInParentheses(of)}`, strength: binds.atom, raisable: true };
}

/** The text without what stands in braces. */
function outside(text: string): string {
  return text.replace(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, (group) => (group === "{d}" ? group : ""));
}

/** The formula in parentheses as large as what they hold, between which a line may break. */
export function texInParentheses(tex: string): string {
  return within("(", ")", tex);
}

/** Parentheses grow with what they hold, by sizes that a line may break between; around stacked fractions by themselves. */
function within(open: string, close: string, text: string): string {
  if (/\\frac\{[^{}]*\\(?:frac|sum)|\\left/.test(text)) return `\\left${open}${text}\\right${close}`;
  const inner = ["\\sum", "\\frac", "\\biggl", "\\Bigl", "\\bigl", "("].find((sign) => text.includes(sign));
  if (inner === undefined) return open + text + close;
  const size = inner === "(" ? "big" : inner === "\\bigl" ? "Big" : "bigg";
  return `\\${size}l${open}${text}\\${size}r${close}`;
}

function part(world: Writing, e: Expression, least: number): string {
  const { text, strength } = formulaOf(world, e);
  return strength < least ? texInParentheses(text) : text;
}

function texTranspose(world: Writing, of: Expression): Formula {
  const { text, strength, raisable } = formulaOf(world, of);
  const base = strength < binds.atom || !raisable ? texInParentheses(text) : text;
  return { text: `${base}^{T}`, strength: binds.atom, raisable: false };
}

function negative(world: Writing, of: Expression): Formula {
  return { text: `-${part(world, of, binds.circled)}`, strength: binds.sum, raisable: false };
}

function weak(text: string, strength: number): Formula {
  return { text, strength, raisable: false };
}

const texBinary: Record<string, (world: Writing, left: Expression, right: Expression) => Formula> = {
  "+": (world, left, right) => {
    const least = right.kind === "unary" && right.op === "-" ? binds.circled : binds.sum;
    return weak(`${part(world, left, binds.sum)} + ${part(world, right, least)}`, binds.sum);
  },
  "-": (world, left, right) =>
    weak(`${part(world, left, binds.sum)} - ${part(world, right, binds.circled)}`, binds.sum),
  "*": texProduct,
  ".*": (world, left, right) => weak(circled(world, left, right, "\\odot", ".*"), binds.circled),
  "/": texQuotient,
};

function texProduct(world: Writing, left: Expression, right: Expression): Formula {
  const x = part(world, left, binds.product);
  const y = part(world, right, isNumberOfMatrices(world, left, right) ? binds.atom : binds.product);
  const isSpaced = endsInDifferential(world, left) || beginning(y).startsWith("\\mathrm{d}");
  const between = beginsWithNumber(y) ? " \\cdot " : isSpaced ? " \\, " : " ";
  return weak(x + between + y, binds.product);
}

/** Behind a factor such a one needs a point: 1/l · 2 x is no 1/l2 x. */
function beginsWithNumber(text: string): boolean {
  return /^[0-9]/.test(beginning(text));
}

/** A (bᵀ c), where bᵀ c is a number: A bᵀ c would be read from the left, and is no product of these matrices. */
function isNumberOfMatrices(world: World, left: Expression, right: Expression): boolean {
  if (right.kind !== "binary" || right.op !== "*") return false;
  try {
    const isNumber =
      multiplication(world, shapeOf(world, left), shapeOf(world, right)) === "number on the right";
    return isNumber && ![right.left, right.right].every((factor) => isScalar(shapeOf(world, factor)));
  } catch {
    return false; // what has no size is set as it is written
  }
}

/** dW φ(Z) is the differential times φ(Z), and not that of W φ(Z). */
function endsInDifferential(world: World, e: Expression): boolean {
  if (e.kind === "binary" && e.op === "*") return endsInDifferential(world, e.right);
  if (e.kind === "unary" && e.op === "'") return endsInDifferential(world, e.of);
  return e.kind === "name" && !world.matrices.has(e.name) && matrixNamed(world, e.name) !== undefined;
}

/** Two of the same kind need no parentheses; a product beside a circled sign gets them, to be read with ease. */
function circled(world: Writing, left: Expression, right: Expression, sign: string, kind: string): string {
  const operand = (e: Expression) => part(world, e, isCircled(e, kind) ? binds.circled : binds.atom);
  return `${operand(left)} ${sign} ${operand(right)}`;
}

function isCircled(e: Expression, kind: string): boolean {
  return kind === ".*" ? e.kind === "binary" && e.op === ".*" : e.kind === "call" && e.name === kind;
}

/** What is longer stands beside its fraction, where a line can break. */
const longestNumerator = 100;

/** A sum over instances is divided in front of its sign: (1/l) Σ. */
function texQuotient(world: Writing, left: Expression, right: Expression): Formula {
  const under = texOf(world, right);
  if (left.kind === "call" && left.name === "Sum")
    return weak(`\\frac{1}{${under}} ${texOf(world, left)}`, binds.circled);
  const over = texOf(world, left);
  if (over.length > longestNumerator) {
    const beside = part(world, left, binds.product);
    return weak(`\\frac{1}{${under}} ${beginsWithNumber(beside) ? "\\cdot " : ""}${beside}`, binds.product);
  }
  return { text: `\\frac{${over}}{${under}}`, strength: binds.atom, raisable: false };
}

function texApply(world: Writing, e: ApplyExpression): Formula {
  if (e.name === "floor") return atom(`\\left\\lfloor ${texOf(world, e.args[0])} \\right\\rfloor`);
  const [map, loss] = [world.maps.get(e.name), world.losses.get(e.name)];
  const letter = map ? texMap(map) : loss ? texLoss(world, loss) : texSizeName(e.name);
  return value(letter, e.args.map((arg) => texOf(world, arg)).join(", "));
}

const calls: Record<BuiltIn, (world: Writing, ...args: Expression[]) => Formula> = {
  vec: (world, M) => value("\\operatorname{vec}", texOf(world, M)),
  diag: (world, v) => value("\\operatorname{diag}", texOf(world, v)),
  sigma: (world, S) => value("\\sigma", texOf(world, S)),
  dsigma: (world, S) => value("\\sigma'", texOf(world, S)),
  d2sigma: (world, S) => value("\\sigma''", texOf(world, S)),
  relu: (world, S) => value("\\operatorname{ReLU}", texOf(world, S)),
  drelu: (world, S) => value("\\operatorname{ReLU}'", texOf(world, S)),
  trace: (world, M) => value("\\operatorname{tr}", texOf(world, M)),
  mat: (world, v, rows, cols) =>
    atom(
      `\\operatorname{mat}${texInParentheses(texOf(world, v))}_{${texOf(world, rows)} \\times ${texOf(world, cols)}}`,
    ),
  kron: (world, A, B) => weak(circled(world, A, B, "\\otimes", "kron"), binds.circled),
  I: (world, n) => atom(`\\mathcal{I}_{${texOf(world, n)}}`),
  ones: (world, rows, cols) =>
    atom(`\\mathbb{1}_{${texOf(world, rows)}${cols ? ` \\times ${texOf(world, cols)}` : ""}}`),
  K: (world, m, n) => atom(`K_{${texOf(world, m)},${texOf(world, n)}}`),
  norm2: (world, M) => weak(`${within("\\|", "\\|", texOf(world, M))}^{2}`, binds.atom),
  Sum: (world, E) => weak(`\\sum_{i=1}^{l} ${part(world, E, binds.circled)}`, binds.circled),
  d: (world, E, X) => value(`\\mathrm{d}_{${texOf(world, X)}}`, texOf(world, E)),
};
