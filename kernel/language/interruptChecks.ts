/**
 * Checks of the interrupt flag, put into a cell's JavaScript while its syntax tree is in hand, so that a loop can be
 * stopped wherever it runs: in the cell, after an await, in a timer's callback. Every turn of a loop looks at the flag,
 * and so does every call of a function that calls something (endless recursion by promises): while the flag is down V8
 * takes it for a constant, and a look costs nothing (runner/interrupt.ts).
 */
import type * as TypeScript from "typescript";
import { CheckNodes } from "./checkNodes.js";
import type { Ts } from "./typescript.js";

type Loop =
  | TypeScript.ForStatement
  | TypeScript.ForOfStatement
  | TypeScript.ForInStatement
  | TypeScript.WhileStatement
  | TypeScript.DoStatement;

/** The transformer that inserts the checks. */
export function interruptChecks(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => new Inserter(ts, context).inFile(file);
}

class Inserter {
  readonly #ts: Ts;
  readonly #context: TypeScript.TransformationContext;
  readonly #factory: TypeScript.NodeFactory;
  readonly #nodes: CheckNodes;

  constructor(ts: Ts, context: TypeScript.TransformationContext) {
    this.#ts = ts;
    this.#context = context;
    this.#factory = context.factory;
    this.#nodes = new CheckNodes(ts, context.factory);
  }

  inFile(file: TypeScript.SourceFile): TypeScript.SourceFile {
    return this.#ts.visitEachChild(file, this.#visit, this.#context);
  }

  readonly #visit = (node: TypeScript.Node): TypeScript.Node => {
    const ts = this.#ts;
    const inner = ts.visitEachChild(node, this.#visit, this.#context);
    if (isLoop(ts, inner)) return this.#checkedLoop(inner);
    if (ts.isArrowFunction(inner) && !ts.isBlock(inner.body))
      return this.#checkedArrow(inner, isBusy(ts, node));
    if (ts.isFunctionLike(node) && hasBlock(inner)) return this.#checkedFunction(inner, node);
    return inner;
  };

  #checkedLoop(loop: Loop): TypeScript.Node {
    const old = loop.statement;
    const statements = this.#ts.isBlock(old) ? old.statements : [old];
    const body = this.#factory.createBlock([this.#nodes.look(loop), ...statements], true);
    return replaceBody(this.#ts, this.#factory, loop, this.#ts.setTextRange(body, old));
  }

  #checkedArrow(arrow: TypeScript.ArrowFunction, busy: boolean): TypeScript.Node {
    if (!busy) return arrow;
    return this.#factory.updateArrowFunction(
      arrow,
      arrow.modifiers,
      undefined,
      arrow.parameters,
      undefined,
      arrow.equalsGreaterThanToken,
      this.#nodes.lookBefore(arrow.body as TypeScript.Expression),
    );
  }

  #checkedFunction(inner: FunctionWithBlock, node: TypeScript.Node): TypeScript.Node {
    if (!isBusy(this.#ts, (node as FunctionWithBlock).body)) return inner;
    const body = this.#prefixed(inner.body, this.#nodes.look(inner.body));
    return this.#ts.visitEachChild(inner, (child) => (child === inner.body ? body : child), this.#context);
  }

  /** The block with a statement put in after its directives ("use strict"). */
  #prefixed(block: TypeScript.Block, added: TypeScript.Statement): TypeScript.Block {
    const first = block.statements.findIndex((statement) => !isDirective(this.#ts, statement));
    const directives = first < 0 ? block.statements.length : first;
    const statements = [
      ...block.statements.slice(0, directives),
      added,
      ...block.statements.slice(directives),
    ];
    return this.#factory.updateBlock(block, statements);
  }
}

type FunctionWithBlock = TypeScript.FunctionLikeDeclaration & { body: TypeScript.Block };

function hasBlock(node: TypeScript.Node): node is FunctionWithBlock {
  return (node as { body?: TypeScript.Node }).body !== undefined;
}

function isDirective(ts: Ts, statement: TypeScript.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

function isLoop(ts: Ts, node: TypeScript.Node): node is Loop {
  return ts.isIterationStatement(node, false);
}

/** Whether running the node once can take long: it calls, awaits, yields, or walks an iterator. Not its nested functions. */
export function isBusy(ts: Ts, node: TypeScript.Node): boolean {
  if (
    (ts.isCallExpression(node) && !isMath(ts, node.expression)) ||
    ts.isNewExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isForOfStatement(node)
  ) {
    return true;
  }
  return ts.forEachChild(node, (child) => !ts.isFunctionLike(child) && isBusy(ts, child)) ?? false;
}

/** Math.sqrt and its like are short and call nothing back. */
function isMath(ts: Ts, callee: TypeScript.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    ts.isIdentifier(callee.expression) &&
    callee.expression.text === "Math"
  );
}

function replaceBody(
  ts: Ts,
  factory: TypeScript.NodeFactory,
  loop: Loop,
  body: TypeScript.Statement,
): TypeScript.Statement {
  if (ts.isForStatement(loop)) {
    return factory.updateForStatement(loop, loop.initializer, loop.condition, loop.incrementor, body);
  }
  if (ts.isForOfStatement(loop)) {
    return factory.updateForOfStatement(loop, loop.awaitModifier, loop.initializer, loop.expression, body);
  }
  if (ts.isForInStatement(loop))
    return factory.updateForInStatement(loop, loop.initializer, loop.expression, body);
  if (ts.isWhileStatement(loop)) return factory.updateWhileStatement(loop, loop.expression, body);
  return factory.updateDoStatement(loop, body, loop.expression);
}
