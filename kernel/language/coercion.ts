/**
 * Whether a cell's code makes objects that run code where nothing is called: a number asks an object for its valueOf, an
 * element of a Proxy its trap. While there is none, a loop of numbers runs no code but its own.
 */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

const words = new Set([
  ...["valueOf", "toString", "toPrimitive", "hasInstance", "Proxy"],
  ...["defineProperty", "defineProperties", "__defineGetter__", "__defineSetter__"],
]);

/** Whether there is an accessor, or one of the words other than as what is called: `x.toString()` makes nothing. */
export function mayCoerce(ts: Ts, node: TypeScript.Node): boolean {
  if (ts.isGetAccessor(node) || ts.isSetAccessor(node)) return true;
  if ((ts.isIdentifier(node) || ts.isStringLiteral(node)) && words.has(node.text)) return !isCalled(ts, node);
  return ts.forEachChild(node, (child) => mayCoerce(ts, child)) ?? false;
}

/** Object.defineProperty(…) is called too, but it makes something. */
function isCalled(ts: Ts, { parent, kind }: TypeScript.Node & { readonly text: string }): boolean {
  if (kind !== ts.SyntaxKind.Identifier || !parent || !ts.isPropertyAccessExpression(parent)) return false;
  const isWord = ["valueOf", "toString"].includes(parent.name.text);
  return isWord && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
}
