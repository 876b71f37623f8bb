/** What is changed in a cell's JavaScript on its way to CommonJS. */
import type * as TypeScript from "typescript";
import { defineName, importName, metaName } from "../pipe/cellNames.js";
import type { Flow } from "../pipe/languageWords.js";
import { caughtErrors } from "./caughtErrors.js";
import { interruptChecks } from "./interruptChecks.js";
import { type FunctionNotes, oneVariable } from "./oneVariable.js";
import { awaitsToYields, flowOf } from "./steps.js";
import type { Ts } from "./typescript.js";

/** What a cell's transformers are told and tell. */
export interface CellNotes extends FunctionNotes {
  /** How the cell runs. */
  noteFlow(flow: Flow): void;
}

/** Interrupt checks and real dynamic imports everywhere; a cell's variables become those of all cells, its awaits steps. */
export function cellTransformers(ts: Ts, cell: CellNotes | undefined): TypeScript.CustomTransformers {
  const always = [dynamicImports(ts), interruptChecks(ts)];
  if (!cell) return { before: always };
  const note = () => (file: TypeScript.SourceFile) => {
    cell.noteFlow(flowOf(ts, file));
    return file;
  };
  return {
    before: [note, oneVariable(ts, cell), caughtErrors(ts), ...always, awaitsToYields(ts)],
    after: [plainExports(ts)],
  };
}

/** `import(x)` stays an import of the ES module, where CommonJS would have require; import.meta is an object of the runner's. */
function dynamicImports(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const inner = ts.visitEachChild(node, visit, context);
      if (ts.isMetaProperty(inner) && inner.keywordToken === ts.SyntaxKind.ImportKeyword) {
        return ts.setSourceMapRange(context.factory.createIdentifier(metaName), inner);
      }
      if (!ts.isCallExpression(inner) || inner.expression.kind !== ts.SyntaxKind.ImportKeyword) return inner;
      const name = context.factory.createIdentifier(importName);
      return context.factory.updateCallExpression(inner, name, undefined, inner.arguments);
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/**
 * Exports of a cell are the variables of later cells. `exports.a = void 0` before the cell runs would wipe the older
 * a of a cell that throws; `Object.defineProperty(exports, …)` would make an imported name unassignable for ever.
 */
function plainExports(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const statements = file.statements.flatMap((statement) => plain(ts, context.factory, statement));
    return context.factory.updateSourceFile(file, statements);
  };
}

function plain(
  ts: Ts,
  factory: TypeScript.NodeFactory,
  statement: TypeScript.Statement,
): TypeScript.Statement | readonly TypeScript.Statement[] {
  if (!ts.isExpressionStatement(statement)) return statement;
  const { expression } = statement;
  if (isVoidChain(ts, expression)) return [];
  if (!ts.isCallExpression(expression) || !isDefineOnExports(ts, expression)) return statement;
  const name = factory.createIdentifier(defineName);
  const call = factory.updateCallExpression(expression, name, undefined, expression.arguments.slice(1));
  return factory.updateExpressionStatement(statement, call);
}

/** exports.a = exports.b = void 0 */
function isVoidChain(ts: Ts, node: TypeScript.Expression): boolean {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  if (!ts.isPropertyAccessExpression(node.left) || !isExports(ts, node.left.expression)) return false;
  return isVoidZero(ts, node.right) || isVoidChain(ts, node.right);
}

function isVoidZero(ts: Ts, node: TypeScript.Expression): boolean {
  return ts.isVoidExpression(node) && ts.isNumericLiteral(node.expression) && node.expression.text === "0";
}

function isDefineOnExports(ts: Ts, call: TypeScript.CallExpression): boolean {
  const { expression } = call;
  if (call.pos >= 0 || !ts.isPropertyAccessExpression(expression)) return false;
  const [target] = call.arguments;
  return expression.name.text === "defineProperty" && target !== undefined && isExports(ts, target);
}

function isExports(ts: Ts, node: TypeScript.Expression): boolean {
  return ts.isIdentifier(node) && node.text === "exports";
}
