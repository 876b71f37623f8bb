/**
 * Which cell variables a loop may keep in copies of its own while it runs: V8 keeps a local in a register, and a
 * variable that other code can see in memory. A loop over numbers is some ten times as fast for it.
 *
 * Safe are the variables that no other code can know: in no function of this cell or an earlier one. Others are
 * where a loop runs no other code (no call, no getter, no iterator) and no cell has made an object that runs some where
 * nothing is called (coercion.ts): that is asked when the loop begins.
 */
import type * as TypeScript from "typescript";
import type { CellScope } from "./cellScope.js";
import { anyName } from "./namesInFunctions.js";
import type { Ts } from "./typescript.js";

export class LocalCopies {
  readonly #ts: Ts;
  readonly #scope: CellScope;
  /** The names that functions of this cell mention; `anyName` where nobody can tell. */
  readonly inFunctions: ReadonlySet<string>;
  readonly #isInFunctions: (name: string) => boolean;

  /** `isInFunctions` says of earlier cells' functions whether one mentions a name. */
  constructor(
    ts: Ts,
    scope: CellScope,
    file: TypeScript.SourceFile,
    isInFunctions: (name: string) => boolean,
  ) {
    this.#ts = ts;
    this.#scope = scope;
    this.#isInFunctions = isInFunctions;
    const isEvaluating = holds(ts, file, (node) => isEval(ts, node));
    this.inFunctions = this.#namesInFunctions(file, new Set(isEvaluating ? [anyName] : []));
  }

  /** The names that the loop may copy. */
  of(loop: TypeScript.Node): string[] {
    if (holds(this.#ts, loop, (node) => this.#waits(node))) return [];
    const names = [...this.#scope.namesIn(loop)];
    if (!holds(this.#ts, loop, (node) => this.#runsOther(node))) return names;
    const known = this.known(names);
    return names.filter((name) => !known.includes(name));
  }

  /** Those of the names that other code may know: it must not run meanwhile, nor be run by a number's valueOf. */
  known(names: readonly string[]): string[] {
    if (this.inFunctions.has(anyName)) return [...names];
    return names.filter((name) => this.inFunctions.has(name) || this.#isInFunctions(name));
  }

  /** Those of the names that the loop may write. */
  written(loop: TypeScript.Node, names: readonly string[]): string[] {
    const found = new Set<string>();
    this.#targets(loop, found);
    return names.filter((name) => found.has(name));
  }

  #targets(node: TypeScript.Node, found: Set<string>): void {
    const ts = this.#ts;
    const add = (part: TypeScript.Node): void => void this.#scope.namesIn(part, found);
    if (ts.isBinaryExpression(node) && isAssignment(ts, node)) add(node.left);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) add(node.operand);
    if (ts.isVariableDeclaration(node)) add(node);
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) add(node.initializer);
    ts.forEachChild(node, (child) => this.#targets(child, found));
  }

  #namesInFunctions(node: TypeScript.Node, found: Set<string>): Set<string> {
    const ts = this.#ts;
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return this.#scope.namesIn(node, found);
    ts.forEachChild(node, (child) => void this.#namesInFunctions(child, found));
    return found;
  }

  #waits(node: TypeScript.Node): boolean {
    const ts = this.#ts;
    return (
      ts.isAwaitExpression(node) ||
      ts.isYieldExpression(node) ||
      (ts.isForOfStatement(node) && !!node.awaitModifier)
    );
  }

  #runsOther(node: TypeScript.Node): boolean {
    const ts = this.#ts;
    if (ts.isCallExpression(node)) return !isMath(ts, node.expression);
    if (ts.isPropertyAccessExpression(node)) {
      return node.name.text !== "length" && !isMath(ts, node) && this.#scope.nameOf(node) === undefined;
    }
    if (ts.isBinaryExpression(node)) return isAssignment(ts, node) && iterates(ts, node.left);
    return (
      ts.isNewExpression(node) ||
      ts.isTaggedTemplateExpression(node) ||
      ts.isTemplateExpression(node) ||
      ts.isForOfStatement(node) ||
      ts.isSpreadElement(node) ||
      ts.isSpreadAssignment(node) ||
      ts.isArrayBindingPattern(node) ||
      ts.isObjectBindingPattern(node) ||
      ts.isFunctionLike(node) ||
      ts.isClassLike(node)
    );
  }
}

function holds(ts: Ts, node: TypeScript.Node, fits: (node: TypeScript.Node) => boolean): boolean {
  return fits(node) || (ts.forEachChild(node, (child) => holds(ts, child, fits)) ?? false);
}

/** eval("n++"), which can mention whatever it likes. */
function isEval(ts: Ts, node: TypeScript.Node): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "eval";
}

function isAssignment(ts: Ts, { operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function iterates(ts: Ts, target: TypeScript.Node): boolean {
  return ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target);
}

/** Math.PI, and Math.sqrt, which calls nothing back. */
function isMath(ts: Ts, node: TypeScript.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "Math"
  );
}
