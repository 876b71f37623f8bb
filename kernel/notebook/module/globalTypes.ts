/** The types that are there without an import: those of TypeScript's library, and Node's. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";

const from = createRequire(import.meta.url);
const known = new Set<string>();
let isRead = false;

/** Whether a name stands for a type of the language or of Node; their declarations are read at the first question. */
export function isGlobalType(name: string): boolean {
  if (!isRead) readAll();
  return known.has(name);
}

function readAll(): void {
  isRead = true;
  const library = dirname(from.resolve("typescript"));
  const files = readdirSync(library).filter((file) => /^lib\.(es|decorators).*\.d\.ts$/.test(file));
  for (const file of files) read(join(library, file));
  const node = dirname(from.resolve("@types/node/package.json"));
  for (const folder of [node, join(node, "compatibility"), join(node, "web-globals")]) {
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).filter((each) => each.endsWith(".d.ts"))) read(join(folder, file));
  }
}

function read(path: string): void {
  const text = readFileSync(path, "utf8");
  if (!/^\s*(?:declare|interface|type|namespace)\b/m.test(text)) return;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
  if (!ts.isExternalModule(file)) add(file.statements);
  addGlobalBlocks(file);
}

/** `declare global { … }`, also within `declare module "m" { … }`. */
function addGlobalBlocks(node: ts.Node): void {
  ts.forEachChild(node, (child) => {
    if (!ts.isModuleDeclaration(child) || !child.body || !ts.isModuleBlock(child.body)) return;
    if (child.name.text === "global") add(child.body.statements);
    else addGlobalBlocks(child.body);
  });
}

function add(statements: readonly ts.Statement[]): void {
  for (const statement of statements) {
    const isType =
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isModuleDeclaration(statement);
    if (isType && statement.name) known.add(statement.name.text);
  }
}
