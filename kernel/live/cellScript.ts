/** A cell's TypeScript as JavaScript that keeps its names: types taken off, top-level declarations made assignments. */

import { type Node, type Program, parse } from "acorn";
import { transform } from "sucrase";

/** What a cell has become. */
export interface PageScript {
  /** The body of an async function inside `with (names)`; it returns the value of the last expression. */
  readonly code: string;
  /** The names that the cell declares: they must be there before it runs. */
  readonly names: readonly string[];
}

/** The modules that a cell may import from, and the name by which the script finds them. */
const modules: Readonly<Record<string, string>> = {
  philab: "__philab",
  "philab/numbers": "__philab",
  "philab/cell": "__philab",
};

/** A replacement of a stretch of the source. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Throws SyntaxError for what is no TypeScript or imports another module. */
export function cellScript(source: string): PageScript {
  const plain = transform(source, {
    transforms: ["typescript"],
    disableESTransforms: true,
    // A later cell may use what this one imports.
    keepUnusedImports: true,
    preserveDynamicImport: true,
  }).code;
  const program = parse(plain, {
    ecmaVersion: "latest",
    sourceType: "module",
    allowAwaitOutsideFunction: true,
  });
  const names: string[] = [];
  const edits = program.body.flatMap((statement, k) =>
    edited(statement, plain, names, k === program.body.length - 1),
  );
  return { code: hoisted(program, plain) + applied(plain, edits), names };
}

type Statement = Program["body"][number];

function edited(statement: Statement, text: string, names: string[], isLast: boolean): Edit[] {
  switch (statement.type) {
    case "ImportDeclaration":
      return [{ from: statement.start, to: statement.end, text: imported(statement, names) }];
    case "ExportNamedDeclaration": {
      const inner = statement.declaration;
      if (!inner) return [{ from: statement.start, to: statement.end, text: "" }];
      return [{ from: statement.start, to: inner.start, text: "" }, ...edited(inner, text, names, false)];
    }
    case "VariableDeclaration":
      return [{ from: statement.start, to: statement.end, text: assigned(statement, text, names) }];
    case "FunctionDeclaration":
      names.push(statement.id?.name ?? "");
      return [{ from: statement.start, to: statement.end, text: ";" }];
    case "ClassDeclaration":
      names.push(statement.id?.name ?? "");
      return [
        { from: statement.start, to: statement.start, text: `${statement.id?.name} = ` },
        { from: statement.end, to: statement.end, text: ";" },
      ];
    case "ExpressionStatement":
      if (!isLast) return [];
      return [
        { from: statement.start, to: statement.start, text: "return (" },
        {
          from: text[statement.end - 1] === ";" ? statement.end - 1 : statement.end,
          to: statement.end,
          text: ");",
        },
      ];
    default:
      return [];
  }
}

type Of<Type extends Statement["type"]> = Extract<Statement, { type: Type }>;

function imported({ source, specifiers }: Of<"ImportDeclaration">, names: string[]): string {
  const module = Object.hasOwn(modules, String(source.value)) ? modules[String(source.value)] : undefined;
  if (module === undefined)
    throw new SyntaxError(`import: ${JSON.stringify(source.value)} is not in this page; needed "philab"`);
  const parts = specifiers.map((specifier) => {
    names.push(specifier.local.name);
    if (specifier.type !== "ImportSpecifier") return `${specifier.local.name} = ${module}`;
    const name = "name" in specifier.imported ? specifier.imported.name : String(specifier.imported.value);
    return `${specifier.local.name} = ${module}[${JSON.stringify(name)}]`;
  });
  return `${parts.join(", ")};`;
}

/** `const { a, b } = f()` becomes `({ a, b } = f());`; `let x` becomes `x = undefined;`. */
function assigned({ kind, declarations }: Of<"VariableDeclaration">, text: string, names: string[]): string {
  const parts = declarations.map(({ id, init }) => {
    names.push(...namesIn(id));
    const target = text.slice(id.start, id.end);
    if (init) return `(${target} = ${text.slice(init.start, init.end)})`;
    return kind === "var" ? target : `${target} = undefined`;
  });
  return `${parts.join(", ")};`;
}

function namesIn(pattern: Node): string[] {
  const node = pattern as Node & Record<string, unknown>;
  const list = (value: unknown): string[] =>
    (value as (Node | null)[]).flatMap((part) => (part ? namesIn(part) : []));
  switch (node.type) {
    case "Identifier":
      return [node.name as string];
    case "ObjectPattern":
      return list(node.properties);
    case "Property":
      return namesIn(node.value as Node);
    case "ArrayPattern":
      return list(node.elements);
    case "AssignmentPattern":
      return namesIn(node.left as Node);
    case "RestElement":
      return namesIn(node.argument as Node);
    default:
      return [];
  }
}

/** Functions are there before the first line runs, as they are in a script. */
function hoisted(program: Program, text: string): string {
  const functions = program.body.flatMap((statement) => {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner?.type !== "FunctionDeclaration" || !inner.id) return [];
    return [`${inner.id.name} = ${text.slice(inner.start, inner.end)};`];
  });
  return functions.join("\n");
}

function applied(text: string, edits: readonly Edit[]): string {
  let [result, at] = ["", 0];
  for (const { from, to, text: put } of [...edits].sort((one, other) => one.from - other.from)) {
    result += text.slice(at, from) + put;
    at = to;
  }
  return result + text.slice(at);
}
