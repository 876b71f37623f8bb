/** Derivations: an expression rewritten line by line, each line with its reason and its verdict. */

import { misplacedLetter } from "../check/oneArgument.js";
import type { Verdict } from "../check/verdict.js";
import { type Expression, type Statement, same } from "../language/expression.js";
import { expressionOf } from "../language/parse.js";
import { print, printStatement } from "../language/print.js";
import { type Suggestion, suggestionText } from "../refute/suggestions.js";
import { applicableRules, ruleNamed } from "../rules/all.js";
import { rewrite, rewriteEverywhere } from "../rules/rewrite.js";
import type { Rule } from "../rules/rule.js";
import { sizesText } from "../sizes/sizes.js";
import { ShapeError, sameShape, shapeOf, shapeText } from "../world/shapes.js";
import { type Standing, standingIn } from "../world/standing.js";
import type { World } from "../world/world.js";

/** Says whether a statement holds, after lines in which losses and selections stand where `standing` says. */
export type Check = (statement: Statement, standing?: Standing) => Verdict;

/** One line of a derivation; the first has no verdict, nor has any where nothing checks. */
export interface Line {
  readonly expression: Expression;
  /** Why it equals the line before: the name of a rule, or what was written. */
  readonly reason: string;
  readonly rule?: Rule;
  readonly verdict?: Verdict;
}

/** A line that does not follow from the one before it, or a rule that says nothing about it. */
export class StepError extends Error {
  override readonly name = "StepError";
}

/** A ShapeError where sizes of parts do not fit, a StepError where the line has a value and another one. */
export function refusal({ misfit }: Verdict, message: string): StepError | ShapeError {
  return misfit ? new ShapeError(message) : new StepError(message);
}

/** A derivation never changes: each step gives a new one, so a cell that runs twice gives the same. */
export class Derivation {
  constructor(
    readonly world: World,
    readonly lines: readonly Line[],
    private readonly check: Check | undefined,
  ) {}

  /** The expression that the derivation has come to. */
  get last(): Expression {
    return this.lines[this.lines.length - 1].expression;
  }

  /** Where losses and selections stand: a gradient belongs to the argument of the first line that has the loss. */
  get standing(): Standing {
    return standingIn(
      this.world,
      this.lines.map(({ expression }) => expression),
    );
  }

  /** First line = last line. */
  get statement(): Statement {
    return { left: this.lines[0].expression, right: this.last };
  }

  /**
   * The last line rewritten by a rule at the first place where it applies; `keep` names the factor that stays, as "W".
   * Throws RuleError for an unknown name, StepError where the rule applies nowhere or its result does not hold.
   */
  by(name: string, keep?: string): Derivation {
    const rule = ruleNamed(name);
    return this.applied(rule, keep, rewrite(rule, this.last, { world: this.world, keep }));
  }

  /** The same at every place, in one line. */
  byEverywhere(name: string, keep?: string): Derivation {
    const rule = ruleNamed(name);
    return this.applied(rule, keep, rewriteEverywhere(rule, this.last, { world: this.world, keep }));
  }

  /** A line that was written, checked. Throws StepError where it does not follow, with a counterexample. */
  eq(expression: string | Expression, why = "as written"): Derivation {
    return this.step(expressionOf(expression), why);
  }

  /**
   * Ends the derivation, at the given expression where there is one. Throws StepError where the last line is not
   * written like that and does not equal it.
   */
  done(expression?: string | Expression): Derivation {
    if (expression === undefined) return this;
    const end = expressionOf(expression);
    return same(end, this.last) ? this : this.step(end, "the form asked for");
  }

  /** The names of the rules that apply to the last line. */
  rules(): string[] {
    return applicableRules(this.last, { world: this.world }).map(({ name }) => name);
  }

  /** The derivation with another line. Throws StepError where it does not follow from the last one. */
  step(expression: Expression, reason: string, rule?: Rule): Derivation {
    const number = this.lines.length + 1;
    const verdict = this.verified(expression, number);
    if (verdict && !verdict.ok)
      throw refusal(verdict, wrongLine(number, reason, verdict, this.last, expression));
    const line: Line = { expression, reason, ...(rule && { rule }), ...(verdict && { verdict }) };
    return new Derivation(this.world, [...this.lines, line], this.check);
  }

  private applied(rule: Rule, keep: string | undefined, result: Expression | undefined): Derivation {
    if (result) return this.step(result, rule.name, rule);
    const kept = keep === undefined ? "" : `, keeping ${keep},`;
    const others = this.rules();
    const hint = others.length > 0 ? `\n  rules that apply: ${others.join(", ")}` : "";
    throw new StepError(
      `line ${this.lines.length + 1}: the rule ${rule.name}${kept} does not apply to\n  ${print(this.last)}${hint}`,
    );
  }

  private verified(expression: Expression, number: number): Verdict | undefined {
    const statement = { left: this.last, right: expression };
    try {
      if (this.check) return this.check(statement, this.standing);
      return unchecked(this.world, statement, this.standing);
    } catch (error) {
      throw Object.assign(error as Error, { message: `line ${number}: ${(error as Error).message}` });
    }
  }
}

/** A derivation that begins with the expression. Throws ParseError or ShapeError. */
export function derive(world: World, start: string | Expression, check?: Check): Derivation {
  const expression = expressionOf(start);
  shapeOf(world, expression);
  return new Derivation(world, [{ expression, reason: "" }], check);
}

/** Where nothing checks the values, sizes are compared all the same, and each letter belongs to one argument. */
function unchecked(world: World, statement: Statement, standing: Standing): Verdict | undefined {
  const [left, right] = [shapeOf(world, statement.left), shapeOf(world, statement.right)];
  const why = sameShape(world, left, right)
    ? misplacedLetter(world, statement, standing, () => false)
    : `the left side is ${shapeText(left)}, the right side ${shapeText(right)}`;
  if (why === undefined) return undefined;
  return {
    ok: false,
    level: "all sizes",
    statement: printStatement(statement),
    why,
    evidence: {},
    certificate: () => ({ statement: printStatement(statement) }),
  };
}

/** Which line, both sides, why not, and what was verified instead. */
function wrongLine(
  number: number,
  reason: string,
  verdict: Verdict,
  left: Expression,
  right: Expression,
): string {
  const lines = [
    `line ${number} (${reason}) does not follow from line ${number - 1}`,
    `  ${print(left)}`,
    `  = ${print(right)}`,
    `  ${whyNot(verdict).replaceAll("\n", "\n  ")}`,
  ];
  return [...lines, ...suggested(verdict.suggestions ?? [])].join("\n");
}

function whyNot({ why, evidence: { counterexample } }: Verdict): string {
  if (why !== undefined) return why;
  if (!counterexample) return "the two sides differ";
  const { sizes, entry, left, right } = counterexample;
  const values = `entry (${entry.join(", ")}) is ${left} on the left, ${right} on the right`;
  return `the two sides differ at ${sizesText(sizes)}: ${values}`;
}

function suggested(suggestions: readonly Suggestion[]): string[] {
  const texts = suggestions.map(suggestionText);
  if (texts.length <= 1) return texts.map((text) => `  Did you mean (verified): ${text}`);
  return ["  Did you mean (verified):", ...texts.map((text) => `    ${text}`)];
}
