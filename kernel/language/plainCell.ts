/**
 * Cells of expressions that declare nothing run as they are written, and most short cells are such. Nothing is printed anew:
 * words are put into the cell's text where it mentions a variable, where an arrow function looks whether it is to stop,
 * and around its value.
 */
import type * as TypeScript from "typescript";
import { checkName, flagName, variableName, variablePrefix } from "../pipe/cellNames.js";
import type { CellScript, Insertion } from "../pipe/languageWords.js";
import { mayCoerce } from "./coercion.js";
import { isBusy } from "./interruptChecks.js";
import type { LookedAt } from "./livingProgram.js";
import { withoutParentheses } from "./shapes.js";
import type { Ts } from "./typescript.js";

/** What a cell has become, and the variables of all cells that its functions mention. */
export interface PlainCell {
  readonly script: CellScript;
  readonly inFunctions: ReadonlySet<string>;
}

/** Where tslab leaves a cell's value. */
const valueName = "tsLastExpr";

/** A text that is put in, and what is said of its length to those that lead positions back. */
interface Word {
  readonly at: number;
  readonly text: string;
  readonly lengths: readonly number[];
}

/**
 * A cell of plain syntax; undefined where it mentions a member of a const enum, which TypeScript writes out as a number, or makes
 * what runs code where nothing is called.
 */
export function plainCell(ts: Ts, plain: LookedAt): PlainCell | undefined {
  return mayCoerce(ts, plain.file) ? undefined : new Writer(ts, plain).written();
}

class Writer {
  readonly #ts: Ts;
  readonly #plain: LookedAt;
  /** In the order of their places; those at one place in the order in which they stand there. */
  readonly #words: Word[] = [];
  readonly #names = new Set<string>();
  readonly #inFunctions = new Set<string>();
  /** In how many functions the node stands that is being visited. */
  #depth = 0;
  #hasConstant = false;
  #runsOther = false;

  constructor(ts: Ts, plain: LookedAt) {
    this.#ts = ts;
    this.#plain = plain;
  }

  written(): PlainCell | undefined {
    const { file } = this.#plain;
    const [tslabs, ...statements] = file.statements as readonly TypeScript.Statement[];
    const start = tslabs!.end + 1; // of the cell's own lines
    for (const statement of statements) {
      const { expression } = statement as TypeScript.ExpressionStatement;
      const isLast = statement === statements.at(-1);
      // without a semicolon between them two lines that begin with words of ours might be one statement
      this.#put(expression.getStart(file), isLast ? `;exports.${valueName} = (` : ";");
      this.#visit(expression);
      if (isLast) this.#put(expression.end, ")");
    }
    this.#words.unshift(word(start, this.#head()));
    if (this.#hasConstant) return undefined;
    return { script: this.#script(start), inFunctions: this.#inFunctions };
  }

  /** Of the text from `start` on, with the words in it. */
  #script(start: number): CellScript {
    const words = this.#words.toSorted((a, b) => a.at - b.at);
    const put = (text: string, { at, text: added }: Word): string =>
      text.slice(0, at) + added + text.slice(at);
    return {
      code: words.reduceRight(put, this.#plain.file.text).slice(start),
      maps: undefined,
      insertions: [words.flatMap((each) => this.#insertions(each))],
      flow: "plain",
      runsOther: this.#runsOther,
      lastExpression: valueName,
      imports: [],
      modules: [],
    };
  }

  /** const __philab_of_lr = __philab_variable("lr"); for all that is mentioned. */
  #head(): string {
    const made = [...this.#names].map((name) => `${variablePrefix}${name} = ${variableName}("${name}")`);
    return `"use strict"; ${made.length > 0 ? `const ${made.join(", ")}; ` : ""}`;
  }

  #put(at: number, text: string, lengths: readonly number[] = [text.length]): void {
    this.#words.push({ at, text, lengths });
  }

  readonly #visit = (node: TypeScript.Node): void => {
    const ts = this.#ts;
    this.#runsOther ||= runsOther(ts, node);
    if (ts.isIdentifier(node)) this.#mention(node);
    else if (ts.isShorthandPropertyAssignment(node)) this.#shorthand(node);
    else if (ts.isArrowFunction(node)) this.#arrow(node);
    else if (ts.isCallExpression(node)) this.#call(node);
    else ts.forEachChild(node, this.#visit);
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
      this.#hasConstant ||= this.#plain.checker.getConstantValue(node) !== undefined;
  };

  /** lr is __philab_of_lr.v */
  #mention(node: TypeScript.Identifier): void {
    if (isWord(this.#ts, node) || !this.#isVariable(this.#plain.checker.getSymbolAtLocation(node))) return;
    this.#note(node.text);
    this.#put(node.getStart(this.#plain.file), variablePrefix);
    this.#put(node.end, ".v");
  }

  /** { lr } is { lr: __philab_of_lr.v } */
  #shorthand(node: TypeScript.ShorthandPropertyAssignment): void {
    const { name } = node;
    if (!this.#isVariable(this.#plain.checker.getShorthandAssignmentValueSymbol(node))) return;
    this.#note(name.text);
    this.#put(name.end, `: ${variablePrefix}${name.text}.v`);
  }

  /** f(x) is (0, __philab_of_f.v)(x), for a call of a variable has no `this`. V8 places it behind the callee, and it is told at its start. */
  #call({ expression, arguments: given }: TypeScript.CallExpression): void {
    const callee = withoutParentheses(this.#ts, expression);
    const { checker, file } = this.#plain;
    if (this.#ts.isIdentifier(callee) && this.#isVariable(checker.getSymbolAtLocation(callee))) {
      const { text } = callee;
      this.#note(text);
      const [before, after] = [`(0, ${variablePrefix}`, ".v)"];
      this.#put(callee.getStart(file), before, [before.length + text.length + after.length, -text.length]);
      this.#put(callee.end, after, []);
    } else this.#visit(expression);
    given.forEach(this.#visit);
  }

  /** (x) => f(x) is (x) => (__philab_flag !== 0 && __philab_check(), f(x)) */
  #arrow({ parameters, body }: TypeScript.ArrowFunction): void {
    this.#depth++;
    parameters.forEach(this.#visit);
    const isBusyBody = isBusy(this.#ts, body);
    if (isBusyBody) this.#put(body.getStart(this.#plain.file), `(${flagName} !== 0 && ${checkName}(), `);
    this.#visit(body);
    if (isBusyBody) this.#put(body.end, ")");
    this.#depth--;
  }

  #note(name: string): void {
    this.#names.add(name);
    if (this.#depth > 0) this.#inFunctions.add(name);
  }

  #isVariable(symbol: TypeScript.Symbol | undefined): boolean {
    const { declarations } = this.#plain;
    return symbol?.declarations?.some((each) => each.getSourceFile() === declarations) ?? false;
  }

  /** On the cell's own lines, which begin after tslab's one. */
  #insertions({ at, lengths }: Word): Insertion[] {
    const { line, character } = this.#plain.file.getLineAndCharacterOfPosition(at);
    return lengths.map((length) => ({ line, column: character + 1, length }));
  }
}

/** A number's valueOf is not counted: it is a cell's, whose loops look whether they are to stop. */
function runsOther(ts: Ts, node: TypeScript.Node): boolean {
  return (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node) ||
    ts.isTemplateExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node)
  );
}

/** Whether an identifier is the name of a property or parameter. */
function isWord(ts: Ts, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isParameter(parent)) &&
    parent.name === node
  );
}

function word(at: number, text: string): Word {
  return { at, text, lengths: [text.length] };
}
