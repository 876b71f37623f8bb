/** Parameters of a run, given as papermill takes and injects them. */
import ts from "typescript";
import { hasTag } from "./cell.js";
import { oneLine } from "./plainText.js";
import type { Cell, CodeCell, Notebook } from "./types.js";

/** A parameter: a name and any JSON value, or a number that JSON does not know. */
export interface Parameter {
  readonly name: string;
  readonly value: unknown;
}

const injectedTag = "injected-parameters";

/**
 * The notebook with a cell that sets the parameters: in the place of the one that an earlier run injected, else
 * after the cell tagged `parameters`, else as the first.
 */
export function injectParameters(notebook: Notebook, parameters: readonly Parameter[]): Notebook {
  if (parameters.length === 0) return notebook;
  const cells = notebook.cells.filter((cell) => !hasTag(cell, injectedTag));
  const declaring = cells.findIndex((cell) => hasTag(cell, "parameters"));
  const before = notebook.cells.findIndex((cell) => hasTag(cell, injectedTag));
  const place = before >= 0 ? before : declaring + 1;
  const cell = parameterCell(parameters, cells[declaring], notebook.nbformat_minor >= 5);
  return { ...notebook, cells: [...cells.slice(0, place), cell, ...cells.slice(place)] };
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

/** As JavaScript writes it; signs that end a line there, though not in JSON, and those that nobody sees, by their numbers. */
const literal = (value: unknown): string =>
  typeof value === "number" ? String(value) : oneLine(JSON.stringify(value));

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
