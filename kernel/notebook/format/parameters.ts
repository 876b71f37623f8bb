/** Parameters of a run, given as papermill takes and injects them. */
import ts from "typescript";
import { UsageError } from "../../usageError.js";
import { hasTag } from "./cell.js";
import type { Cell, CodeCell, Notebook } from "./types.js";

/** A parameter: a name and any JSON value, or a number that JSON does not know. */
export interface Parameter {
  readonly name: string;
  readonly value: unknown;
}

const injectedTag = "injected-parameters";

/** `name=value`: value is JSON (5, true, null, "5", [1, 2]), NaN, ±Infinity, or else text. Throws UsageError. */
export function readParameter(argument: string): Parameter {
  const at = argument.indexOf("=");
  if (at < 0) throw new UsageError(`-p ${argument}: needed name=value`);
  const name = argument.slice(0, at).trim();
  if (!isName(name))
    throw new UsageError(`-p ${argument}: ${JSON.stringify(name)} is not a name of a variable`);
  return { name, value: readValue(argument.slice(at + 1).trim()) };
}

function readValue(text: string): unknown {
  if (/^(NaN|[+-]?Infinity)$/.test(text)) return Number(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isName(text: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false, ts.LanguageVariant.Standard, text);
  const kind = scanner.scan();
  const isFree = kind === ts.SyntaxKind.Identifier || kind > ts.SyntaxKind.LastFutureReservedWord;
  return isFree && scanner.getTokenEnd() === text.length;
}

/**
 * The notebook with a cell that sets the parameters: in the place of the one that an earlier run injected, else
 * after the cell tagged `parameters`, else as the first.
 */
export function injectParameters(notebook: Notebook, parameters: readonly Parameter[]): Notebook {
  if (parameters.length === 0) return notebook;
  const cells = notebook.cells.filter((cell) => !hasTag(cell, injectedTag));
  const declaring = cells.findIndex((cell) => hasTag(cell, "parameters"));
  const before = notebook.cells.findIndex((cell) => hasTag(cell, injectedTag));
  const at = before >= 0 ? before : declaring + 1;
  const cell = parameterCell(parameters, cells[declaring], notebook.nbformat_minor >= 5);
  return { ...notebook, cells: [...cells.slice(0, at), cell, ...cells.slice(at)] };
}

/** The names of parameters that the cell tagged `parameters` does not declare: probably slips. */
export function unknownParameters(notebook: Notebook, parameters: readonly Parameter[]): string[] {
  const declared = declaredTypes(notebook.cells.find((cell) => hasTag(cell, "parameters")));
  return parameters.map(({ name }) => name).filter((name) => !declared.has(name));
}

function parameterCell(
  parameters: readonly Parameter[],
  declaring: Cell | undefined,
  withId: boolean,
): CodeCell {
  const types = declaredTypes(declaring);
  const lines = parameters.map(
    ({ name, value }) => `let ${name}${types.get(name) ?? ""} = ${literal(value)};`,
  );
  return {
    cell_type: "code",
    ...(withId ? { id: injectedTag } : {}),
    metadata: { tags: [injectedTag] },
    source: ["// Parameters", ...lines].join("\n"),
    execution_count: null,
    outputs: [],
  };
}

const literal = (value: unknown): string =>
  typeof value === "number" ? String(value) : JSON.stringify(value);

/** Name → `: type` of the variables that the cell declares, so that what is injected is checked against them. */
function declaredTypes(cell: Cell | undefined): ReadonlyMap<string, string> {
  const source = ts.createSourceFile("cell.ts", cell?.source ?? "", ts.ScriptTarget.ESNext, true);
  const declarations = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  return new Map(
    declarations.map(({ name, type }) => [name.getText(), type === undefined ? "" : `: ${type.getText()}`]),
  );
}
