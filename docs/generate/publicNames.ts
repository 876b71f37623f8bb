/** The public names as TypeScript reads them: section by section, each with signature, docstring and members. */

import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A name that others rely on. */
export interface PublicName {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
  /** A cell that shows its use, from the docstring's @example; empty where there is none. */
  readonly example: string;
  readonly members: readonly Member[];
}

/** A property or method of a public type, or of a public object. */
export interface Member {
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
}

/** What stands under one comment of the index. */
export interface Section {
  readonly title: string;
  readonly names: readonly PublicName[];
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The sections of src/index.ts, or of another file that does nothing but export; `export *` is followed. */
export function publicNames(entry: (typeof entries)[number] = "src/index.ts"): Section[] {
  known ??= ts.createProgram(
    entries.map((file) => root + file),
    compilerOptions(),
  );
  const source = known.getSourceFile(root + entry);
  if (!source) throw new Error(`api: ${entry} is not there`);
  return sectionsOf(source, known);
}

const entries = ["src/index.ts", "src/numbers.ts", "kernel/runner/cellModule.ts"] as const;

/** The entries as TypeScript reads them, once. */
let known: ts.Program | undefined;

function sectionsOf(source: ts.SourceFile, program: ts.Program): Section[] {
  const checker = program.getTypeChecker();
  const sections: { title: string; names: PublicName[] }[] = [];
  for (const statement of source.statements) {
    const starred = starredBy(statement, program);
    if (starred)
      sections.push(...sectionsOf(starred, program).map((one) => ({ ...one, names: [...one.names] })));
    const title = sectionTitle(source, statement);
    if (title || sections.length === 0) sections.push({ title: title ?? "", names: [] });
    sections.at(-1)?.names.push(...exportsOf(statement).map((one) => readName(one, checker)));
  }
  return sections;
}

/** The file that `export * from` names. */
function starredBy(statement: ts.Statement, program: ts.Program): ts.SourceFile | undefined {
  if (!ts.isExportDeclaration(statement) || statement.exportClause || !statement.moduleSpecifier)
    return undefined;
  const module = program.getTypeChecker().getSymbolAtLocation(statement.moduleSpecifier);
  return module?.declarations?.find(ts.isSourceFile);
}

/** Those of the package, without what the language and Node declare: names are read as they are written here. */
function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  return {
    ...ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options,
    noLib: true,
    types: [],
  };
}

/** The comment `// Title.` above a statement. */
function sectionTitle(source: ts.SourceFile, statement: ts.Statement): string | undefined {
  const comments = ts.getLeadingCommentRanges(source.text, statement.getFullStart()) ?? [];
  const last = comments.findLast(({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia);
  return (
    last &&
    source.text
      .slice(last.pos + 2, last.end)
      .trim()
      .replace(/\.$/, "")
  );
}

function exportsOf(statement: ts.Statement): readonly ts.ExportSpecifier[] {
  const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
  return clause && ts.isNamedExports(clause) ? clause.elements : [];
}

function readName(specifier: ts.ExportSpecifier, checker: ts.TypeChecker): PublicName {
  const exported = checker.getSymbolAtLocation(specifier.name)!;
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declarations = symbol.declarations ?? [];
  return {
    name: specifier.name.text,
    signature: signaturesOf(declarations, checker),
    doc: docOf(symbol, checker),
    example: exampleOf(symbol, checker),
    members: membersOf(symbol, checker),
  };
}

/** The declarations without bodies and members; of a function with overloads, the overloads. */
function signaturesOf(declarations: readonly ts.Declaration[], checker: ts.TypeChecker): string {
  const overloads = declarations.filter((one) => ts.isFunctionLike(one) && !bodyOf(one));
  const shown = overloads.length > 0 ? overloads : declarations;
  return [...new Set(shown.map((one) => signatureOf(one, checker)))].join("\n");
}

function signatureOf(declaration: ts.Declaration, checker: ts.TypeChecker): string {
  if (ts.isInterfaceDeclaration(declaration)) return headOf(declaration, "interface");
  if (ts.isClassDeclaration(declaration)) return headOf(declaration, "class");
  if (ts.isVariableDeclaration(declaration))
    return `const ${declaration.name.getText()}${typeOf(declaration)}`;
  if (ts.isPropertySignature(declaration) && declaration.type && ts.isTypeQueryNode(declaration.type)) {
    const named = checker.getSymbolAtLocation(declaration.type.exprName)!;
    const meant = named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
    const name = declaration.name.getText();
    return signaturesOf(meant.declarations ?? [], checker).replace(/^function \w+/gm, name);
  }
  return textOf(declaration);
}

/** As it is written, without its body and the words that say nothing to a caller. */
function textOf(declaration: ts.Declaration): string {
  const end = bodyOf(declaration)?.getStart() ?? declaration.getEnd();
  const text = declaration.getSourceFile().text.slice(declaration.getStart(), end);
  return text
    .trim()
    .replace(/^((export|declare|async|public) )+/, "")
    .replace(/[;,]$/, "");
}

function bodyOf(declaration: ts.Declaration): ts.Node | undefined {
  return ts.isFunctionLike(declaration) && "body" in declaration ? declaration.body : undefined;
}

function headOf(declaration: ts.InterfaceDeclaration | ts.ClassDeclaration, kind: string): string {
  const parameters = declaration.typeParameters?.map((one) => one.getText()).join(", ");
  const heritage = declaration.heritageClauses?.map((one) => ` ${one.getText()}`).join("") ?? "";
  return `${kind} ${declaration.name!.text}${parameters ? `<${parameters}>` : ""}${heritage}`;
}

function typeOf(declaration: ts.VariableDeclaration): string {
  // The members of an object type are listed by themselves.
  if (!declaration.type || ts.isTypeLiteralNode(declaration.type)) return "";
  return `: ${declaration.type.getText()}`;
}

/** Properties and methods that are declared in src, inherited ones too. */
function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): Member[] {
  const [declaration] = symbol.declarations ?? [];
  if (!declaration || ts.isFunctionLike(declaration)) return [];
  const isObject =
    ts.isVariableDeclaration(declaration) && declaration.type && ts.isTypeLiteralNode(declaration.type);
  const isType = symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class | ts.SymbolFlags.TypeAlias);
  if (!isObject && !isType) return [];
  const type = isObject ? checker.getTypeOfSymbol(symbol) : checker.getDeclaredTypeOfSymbol(symbol);
  const shown = type.isUnion() ? type.types.flatMap((one) => one.getProperties()) : type.getProperties();
  return [...new Set(shown)].filter(isOurs).map((member) => ({
    name: member.name.replace(/^__@(\w+)@\d+$/, "[$1]"),
    signature: signaturesOf(member.declarations ?? [], checker),
    doc: docOf(member, checker),
  }));
}

/** Words of a declaration that say: not for callers, or said already by what it overrides. */
const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override;

function isOurs(member: ts.Symbol): boolean {
  return (member.declarations ?? []).some(
    (one) =>
      !ts.isPrivateIdentifier((one as ts.NamedDeclaration).name ?? one) &&
      one.getSourceFile().fileName.startsWith(`${root}src/`) &&
      !(ts.getCombinedModifierFlags(one) & hidden),
  );
}

function docOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
}

function exampleOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const tags = symbol.getJsDocTags(checker).filter(({ name }) => name === "example");
  return tags.map(({ text }) => ts.displayPartsToString(text).trim()).join("\n");
}
