/** The imports there are, read by TypeScript's own parser. */

import { readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parsed } from "./sources.js";

/** The folder of the whole package. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url));

/** One import; paths are relative to the package, and a package of others is named as it is written. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isPackage: boolean;
}

/** The TypeScript files under a folder of the package. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => posix.join(folder, file.replaceAll("\\", "/")))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .sort();
}

/** Every import of the files under a folder: of values and of types, written at the top, exported on, or called. */
export function importsUnder(folder: string): Import[] {
  return filesUnder(folder).flatMap((from) => specifiersOf(from).map((text) => importOf(from, text)));
}

function importOf(from: string, specifier: string): Import {
  if (!specifier.startsWith(".")) return { from, to: specifier, isPackage: true };
  return { from, to: posix.join(dirname(from), specifier).replace(/\.js$/, ".ts"), isPackage: false };
}

function specifiersOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier && ts.isStringLiteral(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(parsed(join(root, file)));
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isCall ? node.arguments[0] : undefined;
}
