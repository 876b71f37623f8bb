/**
 * A cell that awaits becomes a generator: `await x` at its top level is `yield x`, and the runner takes it from step to
 * step. So each stretch between two awaits is a call of the runner's, which SIGINT can stop wherever it is; the
 * continuation of an async function is nobody's call.
 */
import type * as TypeScript from "typescript";
import type { Flow } from "../pipe/languageWords.js";
import type { Ts } from "./typescript.js";

/** The flow of a cell's JavaScript. */
export function flowOf(ts: Ts, file: TypeScript.SourceFile): Flow {
  if (!holdsAtTop(ts, file, (node) => isAwait(ts, node))) return "plain";
  return holdsAtTop(ts, file, (node) => isForAwait(ts, node) || isAwaitUsing(ts, node)) ? "async" : "steps";
}

/** Writes `yield` for `await` outside nested functions, if the cell runs in steps. */
export function awaitsToYields(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    if (flowOf(ts, file) !== "steps") return file;
    const { factory } = context;
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (ts.isFunctionLike(node)) return node;
      const inner = ts.visitEachChild(node, visit, context);
      if (!ts.isAwaitExpression(inner)) return inner;
      const yielded = ts.setTextRange(factory.createYieldExpression(undefined, inner.expression), inner);
      return factory.createParenthesizedExpression(yielded);
    };
    return ts.visitEachChild(file, visit, context);
  };
}

function holdsAtTop(ts: Ts, node: TypeScript.Node, fits: (node: TypeScript.Node) => boolean): boolean {
  if (fits(node)) return true;
  return ts.forEachChild(node, (child) => !ts.isFunctionLike(child) && holdsAtTop(ts, child, fits)) ?? false;
}

function isAwait(ts: Ts, node: TypeScript.Node): boolean {
  return ts.isAwaitExpression(node) || isForAwait(ts, node) || isAwaitUsing(ts, node);
}

function isForAwait(ts: Ts, node: TypeScript.Node): boolean {
  return ts.isForOfStatement(node) && node.awaitModifier !== undefined;
}

function isAwaitUsing(ts: Ts, node: TypeScript.Node): boolean {
  const { BlockScoped, AwaitUsing } = ts.NodeFlags;
  return ts.isVariableDeclarationList(node) && (node.flags & BlockScoped) === AwaitUsing;
}
