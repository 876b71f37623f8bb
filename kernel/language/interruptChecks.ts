/**
 * Checks of the interrupt flag, put into a cell's JavaScript while its syntax tree is in hand, so that a loop can be
 * stopped wherever it runs: in the cell, after an await, in a timer's callback.
 *
 * A loop whose turns are short (no call, no await) counts down a local, or, where it counts anyway, runs in pieces,
 * and looks at the flag every 2^10 turns or pieces; other loops, and functions that call something (endless recursion by promises), look at it each time.
 */
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { checkNodes } from "./checkNodes.js";
import { counted, inPieces } from "./countedLoop.js";
import type { Ts } from "./typescript.js";

type Loop =
  | TypeScript.ForStatement
  | TypeScript.ForOfStatement
  | TypeScript.ForInStatement
  | TypeScript.WhileStatement
  | TypeScript.DoStatement;

/** The transformer that inserts the checks. */
export function interruptChecks(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    const { look, lookBefore, countDown, declareCounter } = checkNodes(ts, factory);

    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const inner = ts.visitEachChild(node, visit, context);
      if (isLoop(ts, inner)) return checked(inner, node);
      if (ts.isArrowFunction(inner) && !ts.isBlock(inner.body)) return arrowWithLook(inner, isBusy(ts, node));
      if (ts.isFunctionLike(node) && hasBlock(inner)) return withPrologue(inner, node);
      return ts.isClassStaticBlockDeclaration(inner) && countsTurns(ts, node)
        ? factory.updateClassStaticBlockDeclaration(inner, prefixed(inner.body, [declareCounter()]))
        : inner;
    };

    function checked(inner: Loop, node: TypeScript.Node): TypeScript.Node {
      if (isBusy(ts, node)) return withCheck(inner, look());
      const plain = counted(ts, node);
      if (!plain) return withCheck(inner, countDown());
      return inPieces(ts, factory, plain, countDown());
    }

    function withCheck(loop: Loop, check: TypeScript.Statement): TypeScript.Node {
      const old = loop.statement;
      const statements = ts.isBlock(old) ? old.statements : [old];
      const body = ts.setTextRange(factory.createBlock([check, ...statements], true), old);
      return replaceBody(ts, factory, loop, body);
    }

    function arrowWithLook(arrow: TypeScript.ArrowFunction, busy: boolean): TypeScript.Node {
      if (!busy) return arrow;
      const both = lookBefore(arrow.body as TypeScript.Expression);
      return factory.updateArrowFunction(
        arrow,
        arrow.modifiers,
        undefined,
        arrow.parameters,
        undefined,
        arrow.equalsGreaterThanToken,
        both,
      );
    }

    function withPrologue(inner: FunctionWithBlock, node: TypeScript.Node): TypeScript.Node {
      const added = [
        ...(countsTurns(ts, node) ? [declareCounter()] : []),
        ...(isBusy(ts, (node as FunctionWithBlock).body) ? [look()] : []),
      ];
      if (added.length === 0) return inner;
      const body = prefixed(inner.body, added);
      return ts.visitEachChild(inner, (child) => (child === inner.body ? body : child), context);
    }

    function prefixed(block: TypeScript.Block, added: TypeScript.Statement[]): TypeScript.Block {
      const directives = block.statements.findIndex((statement) => !isDirective(ts, statement));
      const at = directives < 0 ? block.statements.length : directives;
      const statements = [...block.statements.slice(0, at), ...added, ...block.statements.slice(at)];
      return factory.updateBlock(block, statements);
    }

    const result = ts.visitEachChild(file, visit, context);
    if (!countsTurns(ts, file)) return result;
    return factory.updateSourceFile(result, [declareCounter(), ...result.statements]);
  };
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
function isBusy(ts: Ts, node: TypeScript.Node): boolean {
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

/** Whether the node holds a loop that counts its turns, outside its nested functions. */
function countsTurns(ts: Ts, node: TypeScript.Node): boolean {
  return (
    ts.forEachChild(node, (child): boolean => {
      if (ts.isFunctionLike(child) || ts.isClassStaticBlockDeclaration(child)) return false;
      return (isLoop(ts, child) && !isBusy(ts, child)) || countsTurns(ts, child);
    }) ?? false
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
