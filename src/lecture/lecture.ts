/** `lecture`: declared names, statements checked, derivations, gradients, and the same formulas run. */

import { cardBundle } from "../mime/card.js";
import { derivationBundle } from "../mime/derivation.js";
import type { Bundle, Shown } from "../mime/types.js";
import { verdictBundle } from "../mime/verdict.js";
import { displayKey, inspect, listKey } from "../numeric/show.js";
import type { Matrix } from "../numeric/storage.js";
import { checkStatement } from "../symbolic/check/check.js";
import type { Verdict } from "../symbolic/check/verdict.js";
import { declare } from "../symbolic/declare/declare.js";
import type { AskedDerivation } from "../symbolic/derive/derivationRecord.js";
import { type Check, type Derivation, derive, refusal } from "../symbolic/derive/derive.js";
import type { Derived } from "../symbolic/derive/gradient.js";
import { recordOf, recordOfVerdict } from "../symbolic/derive/record.js";
import { entryView } from "../symbolic/entries/entryView.js";
import { type IndexView, indexView } from "../symbolic/entries/indexView.js";
import { type Exercise, type ExerciseOptions, exercise } from "../symbolic/exercise/exercise.js";
import type { Expression, Statement } from "../symbolic/language/expression.js";
import { parse, parseStatement } from "../symbolic/language/parse.js";
import { print } from "../symbolic/language/print.js";
import { counterexample } from "../symbolic/refute/counterexample.js";
import type { Counterexample } from "../symbolic/refute/counterexampleText.js";
import { suggestionText } from "../symbolic/refute/suggestions.js";
import type { CardRecord, Written } from "../symbolic/world/cardRecord.js";
import { shapeOf, shapeText } from "../symbolic/world/shapes.js";
import { spoken } from "../symbolic/world/spoken.js";
import { texOf, texShape } from "../symbolic/world/tex.js";
import type { World } from "../symbolic/world/world.js";
import { runFormula } from "../verify/run.js";
import type { Values } from "../verify/sizes.js";
import { derivedFor, resultOf } from "./asked.js";
import { textIn } from "./askedTexts.js";
import { lectureBundle, lectureText, showDerivations, verdictsBundle } from "./looks.js";
import { type Refutation, refutation } from "./refutation.js";

/** A derived formula: as text, with all steps, and ready to run. */
export interface Formula extends Shown {
  /** The formula as text, to be read again. */
  readonly formula: string;
  /** The lines that lead to it, each checked. */
  readonly steps: Derivation;
  /** What was asked for = the formula, set as mathematics, without its steps. */
  readonly equation: Shown;
  /** The formula on typed arrays, with σ = ReLU. Dimensions that no given size determines are given as numbers. */
  run(values: Values): Matrix;
}

/** The names of one lecture, and what can be asked about them. */
export interface Lecture extends Shown {
  /** What was declared: sizes, matrices, maps and losses. */
  readonly world: World;
  /** The size of an expression: "d_out × a_out·b_out". Throws ShapeError. */
  shape(e: string): string;
  /** The expression with its size, set as mathematics: W φ(Z) ∈ R^{d_out × a_out b_out}. Throws ShapeError. */
  size(e: string): Shown;
  /** Checks "left = right". Throws StepError with a counterexample, or ShapeError where sizes do not fit. */
  check(statement: string): TaggedVerdict;
  /** The same, and names it, as ("eq. (1)", "S = W*phi(Z)"). */
  check(tag: string, statement: string): TaggedVerdict;
  /** Begins a derivation; each of its lines is checked. */
  derive(e: string): Derivation;
  /** Begins an exercise: a derivation whose blank lines a reader writes, with `answer` and `hint`. */
  exercise(e: string, options?: ExerciseOptions): Exercise;
  /** ∂ξ/∂vec(X)ᵀ of a number, with every step. */
  gradient(e: string, X: string): Formula;
  /** ∂vec(E)/∂vec(X)ᵀ, with every step. */
  jacobian(e: string, X: string): Formula;
  /** J vec(dX) along every X that is named. */
  jv(e: string, X: string | readonly string[]): Formula;
  /** Jᵀ vec(U). */
  jtu(e: string, X: string, U: string): Formula;
  /** JᵀJ vec(dX) for a squared norm: the Gauss–Newton product. */
  gaussNewton(e: string, X: string, directions?: readonly string[]): Formula;
  /** Small numbers for which the statement is false; undefined where none are found. */
  counterexample(statement: string): Counterexample | undefined;
  /**
   * Why a statement is false: the smallest sizes and numbers found, both sides in full where they are small, and the entry
   * that differs. Shows itself. Throws HoldsError, which names the statement and how far it is proved, where it holds.
   */
  refute(statement: string): Refutation;
  /** The expression entry by entry, indices from 0: eq. (4) as Z[c; p·s + i, q·s + j]. */
  index(e: string): IndexView & Shown;
  /**
   * The TeX of a matrix as on a slide: with ⋯ and ⋮ where sizes are letters, in full where they are small numbers, as in
   * entries("P", { h: 2, s: 1, d: 1, a: 3, b: 3 }). A list is stacked, as θ: entries(["vec(W)", "b"]).
   */
  entries(e: string | readonly string[], sizes?: Readonly<Record<string, number>>): string;
  /** The value of an expression on typed arrays. */
  run(e: string, values: Values): Matrix;
}

/** A verdict with the name of its equation. */
export type TaggedVerdict = Verdict &
  Shown & {
    /** The name of the equation, as given. */
    readonly tag: string;
  };

/**
 * Declares the names of a lecture, for example
 * lecture`dims h s d a b; a_out = floor((a - h)/s) + 1; … Z : d x a*b; phi, P = conv(h, s, d, a, b)`.
 * Throws ParseError or ShapeError that shows the declaration.
 *
 * @example
 * const L = lecture`
 *   dims h s d a b d_out;  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
 *   Z : d x a*b;  W : d_out x h*h*d;  phi, P = conv(h, s, d, a, b)`;
 * L.derive("vec(W*phi(Z))").by("vec-of-product", "phi(Z)").by("eq (4)")
 */
export function lecture(strings: TemplateStringsArray, ...values: readonly unknown[]): Lecture {
  return lectureOf(declare(String.raw(strings, ...values)));
}

showDerivations();

function lectureOf(world: World): Lecture {
  const check: Check = (statement, standing) => checkStatement(world, statement, { standing });
  const formula = (asked: AskedDerivation) => runnable(world, asked, derivedFor(world, asked, check));
  const asked: Lecture & { readonly [inspect]: () => string } = {
    world,
    shape: (e) => shapeText(shapeOf(world, expression("shape", e))),
    size: (e) => shownSize(world, expression("size", e)),
    check: (...said: readonly string[]) => held(world, tagOf(said), statement("check", said.at(-1)), check),
    derive: (e) => derive(world, expression("derive", e), check),
    exercise: (e, options) => exercise(world, textIn("exercise", "expression", e), { check, options }),
    gradient: (e, X) => formula({ of: "gradient", ...by("gradient", e, X) }),
    jacobian: (e, X) => formula({ of: "jacobian", ...by("jacobian", e, X) }),
    jv: (e, X) => formula({ of: "jv", e: textIn("jv", "expression", e), directions: matrices("jv", X) }),
    jtu: (e, X, U) => formula({ of: "jtu", ...by("jtu", e, X), U: textIn("jtu", "matrix", U) }),
    gaussNewton: (e, X, directions = [X]) =>
      formula({
        of: "gaussNewton",
        ...by("gaussNewton", e, X),
        directions: matrices("gaussNewton", directions),
      }),
    counterexample: (given) => counterexample(world, statement("counterexample", given)),
    refute: (given) => refutation(world, statement("refute", given)),
    index: (e) => shownIndex(world, expression("index", e)),
    entries: (e, sizes) =>
      entryView(
        world,
        [e].flat().map((one) => expression("entries", one)),
        sizes,
      ),
    run: (e, values) => runFormula(world, expression("run", e), values),
    [displayKey]: () => lectureBundle(world),
    [inspect]: () => lectureText(world),
  };
  return asked;
}

const expression = (operation: string, e: unknown): Expression => parse(textIn(operation, "expression", e));
const statement = (operation: string, given: unknown): Statement =>
  parseStatement(textIn(operation, "statement", given));
const matrices = (operation: string, X: unknown): string[] =>
  [X].flat().map((one) => textIn(operation, "matrix", one));

/** Of what a derivative is, and by which matrix. */
function by(operation: string, e: unknown, X: unknown): { readonly e: string; readonly X: string } {
  return { e: textIn(operation, "expression", e), X: textIn(operation, "matrix", X) };
}

function runnable(world: World, asked: AskedDerivation, { formula, steps }: Derived): Formula {
  const result = resultOf(world, asked, formula);
  const { asked: _, ...equation } = result;
  return {
    formula: print(formula),
    steps,
    equation: { [displayKey]: () => cardBundle(formulaCard([equation]), equation.text) },
    run: (values) => runFormula(world, formula, values, steps.lines[0].expression),
    [displayKey]: () => derivationBundle({ ...recordOf(steps), result }),
  };
}

/** E ∈ R^{rows × cols}. */
function shownSize(world: World, e: Expression): Shown {
  const shape = shapeOf(world, e);
  const text = `${print(e)}: ${shapeText(shape)}`;
  const tex = `${texOf(world, e)} \\in \\mathbb{R}^{${texShape(world, shape)}}`;
  const words = `${spoken(world, e)} is ${shapeText(shape).replaceAll("·", " times ").replace("×", "by")}`;
  return { [displayKey]: () => cardBundle(formulaCard([{ text, tex, words }]), text) };
}

/** A card of formulas, a line each. */
function formulaCard(formulas: readonly Written[]): CardRecord {
  return { version: 1, kind: "formula", title: [], sections: [{ lines: formulas.map((one) => [one]) }] };
}

/** The matrix formula on the left, its entry on the right. */
function shownIndex(world: World, e: Expression): IndexView & Shown {
  const view = indexView(world, e);
  const places = [view.rows.join(", "), view.cols.join(", ")].filter((part) => part !== "");
  const at = places.join("; ");
  const look = (): Bundle => ({
    "text/latex": `$$\\left[${texOf(world, e)}\\right]${at === "" ? "" : `_{${places.join(";\\,")}}`} = ${view.tex}$$`,
    "text/plain": `${isWhole(e) ? print(e) : `(${print(e)})`}${at === "" ? "" : `[${at}]`} = ${view.text}`,
  });
  return { ...view, [displayKey]: look };
}

/** Whether an index after it means all of it. */
function isWhole({ kind }: Expression): boolean {
  return kind === "call" || kind === "apply" || kind === "name";
}

/** What a statement is called by whoever gave a name before it. */
function tagOf(said: readonly string[]): string {
  if (said.length === 0) throw new TypeError('check: nothing came; needed a statement, "left = right"');
  return said.length > 1 ? said[0]! : "";
}

/** The verdict of a statement that holds. Throws as a derivation does for one that does not. */
function held(world: World, tag: string, statement: Statement, check: Check): TaggedVerdict {
  const verdict = { ...check(statement), tag };
  if (!verdict.ok) throw refusal(verdict, notHeld(tag, verdict));
  const look = (): Bundle => verdictBundle(recordOfVerdict(world, statement, verdict));
  return { ...verdict, [displayKey]: look, [listKey]: verdictsBundle } as TaggedVerdict;
}

function notHeld(
  tag: string,
  { statement, why = "the two sides differ", suggestions = [] }: Verdict,
): string {
  const suggested = suggestions.map((one) => `\n  Did you mean (verified): ${suggestionText(one)}`);
  return `${tag}${tag === "" ? "this" : ""} does not hold: ${statement}\n  ${why.replaceAll("\n", "\n  ")}${suggested.join("")}`;
}
