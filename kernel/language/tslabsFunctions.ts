/**
 * What tslab asks of the TypeScript that it brings (5.0, with a few functions more) and that today's does not say: with
 * these the same converter stands on today's compiler.
 */
import type * as TypeScript from "typescript";
import { indexedMatrices } from "./indexedMatrices.js";
import { type CompletionsAtPosition, completionsForTslab } from "./tslabsCompletions.js";
import type { Ts } from "./typescript.js";

/** Functions of the compiler that are not in its declarations. */
export interface Inner {
  readonly nullTransformationContext: TypeScript.TransformationContext;
  readonly Completions: { getCompletionsAtPosition: CompletionsAtPosition };
  readonly SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: TypeScript.TypeChecker,
      symbol: TypeScript.Symbol,
      file: TypeScript.SourceFile,
      enclosing: TypeScript.Node | undefined,
      location: TypeScript.Node,
    ): {
      readonly symbolKind: TypeScript.ScriptElementKind;
      readonly displayParts: TypeScript.SymbolDisplayPart[];
      readonly documentation: TypeScript.SymbolDisplayPart[];
      readonly tags: TypeScript.JSDocTagInfo[];
    };
    getSymbolModifiers(checker: TypeScript.TypeChecker, symbol: TypeScript.Symbol): string;
  };
  getTouchingPropertyName(file: TypeScript.SourceFile, position: number): TypeScript.Node;
  getContainerNode(node: TypeScript.Node): TypeScript.Node | undefined;
  typeToDisplayParts(
    checker: TypeScript.TypeChecker,
    type: TypeScript.Type,
    enclosing: TypeScript.Node | undefined,
  ): TypeScript.SymbolDisplayPart[];
}

/** Gives the compiler the functions that tslab calls. */
export function addTslabsFunctions(ts: Ts): void {
  const inner = ts as unknown as Inner;
  const { getCompletionsAtPosition } = inner.Completions;
  const completions = {
    ...inner.Completions,
    getCompletionsAtPositionForTslab: completionsForTslab(ts, getCompletionsAtPosition),
  };
  Object.assign(ts, {
    Completions: completions,
    getNullTransformationContext: () => inner.nullTransformationContext,
    getDefaultTypeRoots: () => [], // resolution.ts says where types are
    getPreEmitDiagnosticsOfFiles: (program: TypeScript.Program, files: readonly TypeScript.SourceFile[]) =>
      diagnosticsOf(ts, program, files),
    getQuickInfoAtPosition: (
      file: TypeScript.SourceFile,
      checker: TypeScript.TypeChecker,
      _token: unknown,
      position: number,
    ) => quickInfo(ts, inner, file, checker, position),
  });
}

/** All that the compiler says of these files; a syntax error alone, where there is one: what follows from it is noise. */
function diagnosticsOf(
  ts: Ts,
  program: TypeScript.Program,
  files: readonly TypeScript.SourceFile[],
): readonly TypeScript.Diagnostic[] {
  const all = files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
    ...program.getDeclarationDiagnostics(file),
  ]);
  if (all.length > 0) return ts.sortAndDeduplicateDiagnostics(all);
  return files.flatMap((file) => indexedMatrices(ts, program.getTypeChecker(), file));
}

/** What a name is, where the cell's own program knows it. */
function quickInfo(
  ts: Ts,
  inner: Inner,
  file: TypeScript.SourceFile,
  checker: TypeScript.TypeChecker,
  position: number,
): TypeScript.QuickInfo | undefined {
  const touched = inner.getTouchingPropertyName(file, position);
  if (touched === file) return undefined;
  const { parent } = touched;
  const node = ts.isNewExpression(parent) && touched.pos === parent.pos ? parent.expression : touched;
  const textSpan = { start: node.getStart(file), length: node.getWidth(file) };
  const enclosing = inner.getContainerNode(node);
  const symbol = symbolAt(ts, checker, node);
  if (!symbol || checker.isUnknownSymbol(symbol)) {
    if (!hasType(ts, node)) return undefined;
    const type = checker.getTypeAtLocation(node);
    return {
      kind: ts.ScriptElementKind.unknown,
      kindModifiers: "",
      textSpan,
      displayParts: inner.typeToDisplayParts(checker, type, enclosing),
      documentation: type.symbol?.getDocumentationComment(checker) ?? [],
      tags: type.symbol?.getJsDocTags(checker) ?? [],
    };
  }
  const { symbolKind, ...shown } = inner.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    checker,
    symbol,
    file,
    enclosing,
    node,
  );
  const kindModifiers = inner.SymbolDisplay.getSymbolModifiers(checker, symbol);
  return { kind: symbolKind, kindModifiers, textSpan, ...shown };
}

/** In `{ stride: 2 }` the property that the options' type declares, with its documentation. */
function symbolAt(
  ts: Ts,
  checker: TypeScript.TypeChecker,
  node: TypeScript.Node,
): TypeScript.Symbol | undefined {
  const { parent } = node;
  const isName = ts.isObjectLiteralElement(parent) && parent.name === node;
  if (isName && ts.isIdentifier(node) && ts.isObjectLiteralExpression(parent.parent)) {
    const expected = checker.getContextualType(parent.parent);
    const property = expected && !expected.isUnion() ? expected.getProperty(node.text) : undefined;
    if (property) return property;
  }
  return checker.getSymbolAtLocation(node);
}

function hasType(ts: Ts, node: TypeScript.Node): boolean {
  return (
    (ts.isIdentifier(node) && !ts.isLabeledStatement(node.parent)) ||
    ts.isPropertyAccessExpression(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword ||
    node.kind === ts.SyntaxKind.SuperKeyword
  );
}
