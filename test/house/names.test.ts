import assert from "node:assert/strict";
import ts from "typescript";
import { relative, sources } from "./sources.js";

const wrapper =
  "the function for readers or layers chooses between the plain one and others of the same meaning";
const twin = "one for Node and one for pages, with the same signature";
const bundle = "the same MIME bundle; what cells know of the kernel imports nothing";
const json = "the same JSON; a notebook's format imports nothing of the wire";
const command = "each command of the command line has its own, called by one table";

/** Names that two files declare with one meaning, and why. */
const shared: Readonly<Record<string, string>> = {
  Bundle: bundle,
  Interrupted:
    "thrown for a cell that Stop meets before it runs, and in the runner for one that runs: two processes that never meet",
  Json: json,
  Problem:
    "min f(θ) for readers, and what is wrong with a cell between two processes of the kernel: they never meet",
  avgPool: wrapper,
  chosenEntries: wrapper,
  chosenTranspose: wrapper,
  maxPoolChoice: wrapper,
  subtract: wrapper,
  scale: wrapper,
  reluGradient: wrapper,
  maxPoolTranspose: wrapper,
  dotMultiply: wrapper,
  dot: wrapper,
  axpy: wrapper,
  avgPoolTranspose: wrapper,
  add: wrapper,
  loadMathjs: twin,
  mat: wrapper,
  maxPool: wrapper,
  multiply: wrapper,
  objective: "the public one is the plain one with what verifies it",
  phi: wrapper,
  readFile: twin,
  listFolder: twin,
  readPath: twin,
  relu: wrapper,
  reluPrime: wrapper,
  run: command,
  usage: command,
  vec: wrapper,
  vTP: wrapper,
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
    const unknown = [...twice].filter(([name]) => !Object.hasOwn(shared, name));
    assert.deepEqual(Object.fromEntries(unknown), {});
  });

  it("is excused only while it is declared twice", () => {
    const excused = Object.keys(shared);
    assert.deepEqual(
      excused.filter((name) => !twice.has(name)),
      [],
    );
  });
});
