/** The imports of cells, taken apart into names and put together again at the head of a module. */
import ts from "typescript";
import { quotedPath, signsNumbered } from "./deceivingSigns.js";

/** One imported name. `imported` is the name in the other module, "default", or "*" for the whole of it. */
export interface ImportedName {
  readonly local: string;
  readonly imported: string;
  readonly typeOnly: boolean;
  readonly from: string;
  /** ` with { type: "json" }` as written, or nothing. */
  readonly attributes: string;
}

/** The names that an import declares; none for `import "module"`. */
export function importedNames(statement: ts.ImportDeclaration): ImportedName[] {
  const clause = statement.importClause;
  if (clause === undefined) return [];
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const common = { from: moduleOf(statement), attributes: attributesOf(statement), typeOnly };
  const names: ImportedName[] = clause.name
    ? [{ ...common, local: clause.name.text, imported: "default" }]
    : [];
  const bindings = clause.namedBindings;
  if (bindings === undefined) return names;
  if (ts.isNamespaceImport(bindings))
    return [...names, { ...common, local: bindings.name.text, imported: "*" }];
  const named = bindings.elements.map(({ name, propertyName, isTypeOnly }) => ({
    ...common,
    local: name.text,
    imported: (propertyName ?? name).text,
    typeOnly: typeOnly || isTypeOnly,
  }));
  return [...names, ...named];
}

/** The module that an import names. */
export function moduleOf(statement: ts.ImportDeclaration): string {
  return (statement.moduleSpecifier as ts.StringLiteral).text;
}

function attributesOf(statement: ts.ImportDeclaration): string {
  return statement.attributes === undefined ? "" : ` ${signsNumbered(statement.attributes.getText())}`;
}

/** Whether two imports mean the same thing, so that they can be one. */
export function sameImport(first: ImportedName, second: ImportedName): boolean {
  return (
    first.imported === second.imported && first.from === second.from && first.attributes === second.attributes
  );
}

/** The import lines for `names`: first those for their effect, in their order, then one for each module, sorted. */
export function importLines(names: readonly ImportedName[], effects: readonly string[]): string[] {
  const modules = byModule(unique(names));
  const bare = effects.map(quotedPath).filter((from) => !hasValue(modules.get(from)));
  const lines = [...modules].flatMap(([from, group]) => linesFrom(from, group));
  return [...[...new Set(bare)].map((from) => `import ${from};`), ...lines.sort(compareModules)];
}

const hasValue = (group: readonly ImportedName[] | undefined): boolean =>
  group?.some((name) => !name.typeOnly) ?? false;

/** Each local name once; a value import serves a type as well. */
function unique(names: readonly ImportedName[]): ImportedName[] {
  const byLocal = new Map<string, ImportedName>();
  for (const name of names) {
    const first = byLocal.get(name.local);
    if (first === undefined || first.typeOnly) byLocal.set(name.local, name);
  }
  return [...byLocal.values()].sort((first, second) => (first.local < second.local ? -1 : 1));
}

function byModule(names: readonly ImportedName[]): Map<string, ImportedName[]> {
  const modules = new Map<string, ImportedName[]>();
  for (const name of names) {
    const from = quotedPath(name.from) + name.attributes;
    modules.set(from, [...(modules.get(from) ?? []), name]);
  }
  return modules;
}

function linesFrom(from: string, group: readonly ImportedName[]): string[] {
  const whole = group.filter(({ imported }) => imported === "*" || imported === "default");
  const named = group.filter((name) => !whole.includes(name));
  const lines = whole.map((name) => {
    const kind = name.typeOnly ? "import type" : "import";
    return `${kind} ${name.imported === "*" ? "* as " : ""}${name.local} from ${from};`;
  });
  if (named.length === 0) return lines;
  const allTypes = named.every(({ typeOnly }) => typeOnly);
  const list = named.map((name) => (name.typeOnly && !allTypes ? "type " : "") + specifier(name));
  return [...lines, `import ${allTypes ? "type " : ""}{ ${list.join(", ")} } from ${from};`];
}

function specifier({ local, imported }: ImportedName): string {
  if (local === imported) return local;
  const name = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(imported) ? imported : quotedPath(imported);
  return `${name} as ${local}`;
}

function compareModules(first: string, second: string): number {
  const [a, b] = [first, second].map((line) => line.slice(line.indexOf('"')) + line);
  return (a as string) < (b as string) ? -1 : 1;
}
