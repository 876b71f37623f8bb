/** `Z[0]` of a matrix, which has no entries by number: JavaScript would answer undefined, and lose what is assigned. */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

const noSuchProperty = 2339;

/** What is wrong with each, in TypeScript's words for a property that is not there. */
export function indexedMatrices(
  ts: Ts,
  checker: TypeScript.TypeChecker,
  file: TypeScript.SourceFile,
): TypeScript.Diagnostic[] {
  const found: TypeScript.Diagnostic[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isElementAccessExpression(node)) {
      const type = matrixType(ts, checker, node);
      if (type !== undefined) found.push(diagnostic(ts, file, node, type));
    }
    ts.forEachChild(node, visit);
  };
  if (/[\w)\].!]\s*\[/.test(file.text)) visit(file);
  return found;
}

/** The type of what is indexed by a number, where it is a matrix. */
function matrixType(
  ts: Ts,
  checker: TypeScript.TypeChecker,
  { expression, argumentExpression }: TypeScript.ElementAccessExpression,
): string | undefined {
  const type = checker.getNonNullableType(checker.getTypeAtLocation(expression));
  const name = type.symbol?.name;
  if (name !== "Matrix" && name !== "ImageMatrix") return undefined;
  if (checker.getIndexInfoOfType(type, ts.IndexKind.Number)) return undefined;
  const { flags } = checker.getTypeAtLocation(argumentExpression);
  return (flags & ts.TypeFlags.NumberLike) === 0 ? undefined : checker.typeToString(type);
}

function diagnostic(
  ts: Ts,
  file: TypeScript.SourceFile,
  { argumentExpression }: TypeScript.ElementAccessExpression,
  type: string,
): TypeScript.Diagnostic {
  const start = argumentExpression.getStart(file);
  const property = argumentExpression.getText(file);
  return {
    file,
    start,
    length: argumentExpression.end - start,
    code: noSuchProperty,
    category: ts.DiagnosticCategory.Error,
    messageText: `Property '${property}' does not exist on type '${type}'.`,
  };
}
