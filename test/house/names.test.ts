import assert from "node:assert/strict";
import ts from "typescript";
import { relative, sources } from "./sources.js";

const wrapper = "the public function chooses between the plain one and others of the same meaning";
const twin = "one for Node and one for pages, with the same signature";
const command = "each command of the command line has its own, called by one table";

/** Names that two files declare with one meaning, and why. */
const shared: Readonly<Record<string, string>> = {
  add: wrapper,
  avgPool: wrapper,
  avgPoolTranspose: wrapper,
  axpy: wrapper,
  dot: wrapper,
  dotMultiply: wrapper,
  loadMathjs: twin,
  mat: wrapper,
  maxPool: wrapper,
  maxPoolTranspose: wrapper,
  multiply: wrapper,
  phi: wrapper,
  readFile: twin,
  relu: wrapper,
  reluGradient: wrapper,
  reluPrime: wrapper,
  scale: wrapper,
  usage: command,
  vec: wrapper,
  vTP: wrapper,
};

/** Names with two meanings that are still to be told apart: what each of them is to be called, and where. */
const toBeRenamed: Readonly<Record<string, string>> = {
  Answer: "kernel/pipe/languageWords: LanguageAnswer",
  Bundle: "kernel/pipe/runnerWords and kernel/notebook/format/types: the one of src/mime/types, or MimeData",
  Json: "kernel/notebook/format/types: the one of kernel/wire/wire",
  Operand: "src/engine/native/blas.node: BlasOperand",
  Outcome: "kernel/server/cells: CellOutcome",
  Piece: "src/engine/wasm/code: CodePiece; kernel/notebook/module/emit: EmittedPiece",
  Place: "kernel/runner/outputPlace: OutputPlace",
  Product: "src/engine/native/blas.node: BlasProduct",
  Scope: "src/engine/wasm/module: FunctionScope",
  call: "src/engine/wasm/module: callFunction",
  display: "kernel/runner/display: displayBundle",
  evaluate: "src/symbolic/trial/evaluate: explicitOf",
  inspect: "kernel/language/inspect: inspectAt",
  list: "src/engine/wasm/code: listBytes; kernel/notebook/format/field: listField",
  nameOf: "src/engine/describe/filters: filterName; src/engine/kernels/windowRuns: runName",
  run: "src/verify/run: runFormula; those of the commands stay, called by one table",
  shapeOf: "src/mathjs/window: windowShape",
  sizeOf: "src/mathjs/bare: matrixSize",
  subtract: "src/symbolic/trial/algebra: minus",
  tex: "src/symbolic/world/tex: texOf",
  transpose: "src/symbolic/trial/explicit: transposedExplicit",
  transposed: "src/engine/kernels/winogradForm: transposedForm",
  variables: "kernel/runner/variables: variablesComm",
};

/** Every exported name that more than one file declares, with these files; an overload is one declaration. */
function declaredTwice(): Map<string, string[]> {
  const files = new Map<string, Set<string>>();
  for (const source of sources())
    for (const name of exportsOf(source))
      files.set(name, (files.get(name) ?? new Set()).add(relative(source)));
  return new Map([...files].filter(([, { size }]) => size > 1).map(([name, set]) => [name, [...set]]));
}

/** The names that a file declares and exports, at their declaration or in a list; what it exports on is not its own. */
function exportsOf(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) return listed(source, statement);
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const isExported = modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported ? namesOf(statement) : [];
  });
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.DeclarationStatement;
  return name ? [name.text] : [];
}

/** export { a, b as c } of what was declared here, not of what was imported. */
function listed(source: ts.SourceFile, { exportClause }: ts.ExportDeclaration): string[] {
  if (!exportClause || !ts.isNamedExports(exportClause)) return [];
  const declared = new Set(source.statements.flatMap(namesOf));
  return exportClause.elements
    .filter(({ name, propertyName }) => declared.has((propertyName ?? name).text))
    .map(({ name }) => name.text);
}

describe("an exported name", () => {
  const twice = declaredTwice();

  it("is declared in one file, or has one meaning in all of them", () => {
    const unknown = [...twice].filter(
      ([name]) => !Object.hasOwn(shared, name) && !Object.hasOwn(toBeRenamed, name),
    );
    assert.deepEqual(Object.fromEntries(unknown), {});
  });

  it("is excused only while it is declared twice", () => {
    const excused = [...Object.keys(shared), ...Object.keys(toBeRenamed)];
    assert.deepEqual(
      excused.filter((name) => !twice.has(name)),
      [],
    );
  });
});
