/** A cell's TypeScript → JavaScript and the declarations that later cells see. */
import { extname } from "node:path";
import type { ConvertResult, Diagnostic } from "tslab/dist/converter.js";
import type * as TypeScript from "typescript";
import type {
  CellScript,
  Converted,
  Insertion,
  Layers,
  LocalScript,
  Problem,
} from "../pipe/languageWords.js";
import { beforeLayers } from "../pipe/positions.js";
import { advised } from "./advice.js";
import type { Compiler } from "./compiler.js";
import { withoutExports } from "./exports.js";
import { hoistedDeclarations } from "./hoisted.js";
import { insertTexts } from "./insertions.js";
import { lastingDeclarations } from "./lastingDeclarations.js";
import { withNamesOf } from "./namesInFunctions.js";
import { onDisk, withFolderName } from "./notebookFolder.js";
import { expandShorthand } from "./shorthand.js";
import type { Ts } from "./typescript.js";

/** Converts one cell, given the declarations of the cells before it. */
export function convert(compiler: Compiler, declarations: string, written: string): Converted {
  const code = written.replace(/^#!/, "//"); // the first line of a script, which stays where it is
  const plain = compiler.convertPlain(declarations, code);
  if (!plain) return convertByTslab(compiler, declarations, code);
  const { script, inFunctions } = plain;
  const isNothingNew = inFunctions.size === 0;
  return {
    problems: [],
    script,
    declarations: isNothingNew ? declarations : withNamesOf(declarations, [], inFunctions),
  };
}

function convertByTslab(compiler: Compiler, declarations: string, code: string): Converted {
  const { code: expanded, insertions } = expandShorthand(compiler.ts, withoutExports(compiler.ts, code));
  const first = convertNameable(compiler, declarations, expanded);
  const isBorn = mayHaveAppeared(first.result.diagnostics);
  if (isBorn) compiler.renew();
  const { result, annotations } = isBorn ? convertNameable(compiler, declarations, expanded) : first;
  const layers = [insertions, annotations];
  const wrong = inTheCell(result.diagnostics, expanded);
  if (wrong.length > 0) return { problems: wrong.map((each) => problem(each, expanded, layers)) };
  const declared = declarationsAfter(compiler, declarations, code, result);
  return {
    problems: [],
    script: script(compiler, result, layers),
    declarations: withNamesOf(declared, [declarations], compiler.seen?.inFunctions),
  };
}

/** What is wrong behind the cell, where tslab writes, follows from what is wrong in it, or is wrong at its end. */
function inTheCell(diagnostics: readonly Diagnostic[], code: string): readonly Diagnostic[] {
  const lines = code.split("\n");
  const own = diagnostics.filter(
    ({ fileName, start }) => fileName !== undefined || start.line < lines.length,
  );
  if (own.length > 0) return own;
  const [line, character] = [lines.length - 1, (lines.at(-1) as string).length];
  return diagnostics.slice(0, 1).map((each) => ({ ...each, start: { ...each.start, line, character } }));
}

function declarationsAfter(
  { ts, keepsAll }: Compiler,
  before: string,
  code: string,
  { declOutput = "" }: ConvertResult,
): string {
  const declared = lastingDeclarations(ts, keepsAll ? "" : before, code, declOutput);
  return declared + hoistedDeclarations(ts, code, declared) + (keepsAll ? before : "");
}

const cannotFindModule = 2307;
const missing = new Set<string>();
const mostMissing = 1_000;

/**
 * Whether a module that was not found before is asked for again: it may have been written or installed since.
 * TypeScript remembers where it looked.
 */
function mayHaveAppeared(diagnostics: readonly Diagnostic[]): boolean {
  const messages = diagnostics.filter(({ code }) => code === cannotFindModule).map((d) => d.messageText);
  const isRepeated = messages.some((message) => missing.has(message));
  if (missing.size > mostMissing) missing.clear();
  for (const message of messages) missing.add(message);
  return isRepeated;
}

/**
 * A name whose type cannot be written into declarations (`const fs = await import("fs")`) is declared by hand and the
 * cell converted again: TypeScript refuses to write any declarations for such a cell.
 */
function convertNameable(
  compiler: Compiler,
  declarations: string,
  code: string,
): { result: ConvertResult; annotations: readonly Insertion[] } {
  const result = compiler.convert(declarations, code);
  const { diagnostics } = result;
  if (diagnostics.length === 0 || !diagnostics.every(isUnnameable)) return { result, annotations: [] };
  const again = annotate(compiler.ts, code, new Set(diagnostics.map(({ start }) => start.offset)));
  const second = again.code === code ? result : compiler.convert(declarations, again.code);
  return second.diagnostics.length > 0
    ? { result, annotations: [] }
    : { result: second, annotations: again.insertions };
}

function isUnnameable({ code }: Diagnostic): boolean {
  return code >= 4000 && code < 4110;
}

function annotate(ts: Ts, code: string, offsets: ReadonlySet<number>): ReturnType<typeof insertTexts> {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
  const edits: { at: number; text: string }[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isVariableDeclaration(node) && offsets.has(node.name.getStart(file))) {
      edits.push({ at: node.name.end, text: `: ${writtenType(ts, node.initializer)}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return insertTexts(file, edits);
}

/** typeof import("m") for `await import("m")`, any for the rest. */
function writtenType(ts: Ts, initializer: TypeScript.Expression | undefined): string {
  if (!initializer || !ts.isAwaitExpression(initializer)) return "any";
  const call = initializer.expression;
  const isImport = ts.isCallExpression(call) && call.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport && ts.isStringLiteral(call.arguments[0]!)
    ? `typeof import(${call.arguments[0].getText()})`
    : "any";
}

function script(compiler: Compiler, result: ConvertResult, layers: Layers): CellScript | undefined {
  if (!result.output?.trim()) return undefined;
  const { seen } = compiler;
  return {
    code: result.output,
    maps: seen?.maps,
    insertions: layers,
    flow: seen?.flow ?? "plain",
    runsOther: true, // not looked into
    lastExpression: result.lastExpressionVar,
    imports: [...result.output.matchAll(/\brequire\("([^"\n]+)"\)/g)].map((match) => match[1] as string),
    modules: (result.sideOutputs ?? []).map(({ path, data }) => localScript(compiler, path, data)),
  };
}

function localScript(compiler: Compiler, path: string, code: string): LocalScript {
  const maps = compiler.mapsOf(code);
  const [file] = maps ? (JSON.parse(maps.first) as { sources: string[] }).sources : [path];
  const place = onDisk(path);
  return { path: place, source: place.replace(/(\.[mc]js)?\.js$/, extname(file ?? path)), code, maps };
}

function problem({ fileName, start, code, messageText }: Diagnostic, cell: string, layers: Layers): Problem {
  const place = { line: start.line + 1, column: start.character + 1 };
  const { line, column } = fileName === undefined ? beforeLayers(layers, place) : place;
  const written = fileName === undefined ? { cell, here: cell.slice(start.offset) } : { cell: "", here: "" };
  const message = advised({ code, sentence: withFolderName(messageText), ...written });
  return { file: fileName, line, column, code, message };
}
