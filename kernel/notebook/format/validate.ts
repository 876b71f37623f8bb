/** Parsed JSON → notebook: every field is checked once, here; what comes after trusts the types. */
import { checkTexts } from "./checkTexts.js";
import { count, FieldError, listField, object, show, string, text } from "./field.js";
import type { Bundle, Cell, Json, Notebook, Output } from "./types.js";

/** The notebook in `value`; throws FieldError at the first field that is not as nbformat 4 has it. */
export function validateNotebook(value: unknown): Notebook {
  checkTexts(value);
  const notebook = object(value, "the notebook");
  checkFormat(notebook);
  const minor = notebook.nbformat_minor as number;
  if (!("cells" in notebook)) throw new FieldError("cells", "missing; a notebook needs a list of cells");
  const cells = listField(notebook.cells, "cells").map((cell, place) =>
    readCell(cell, `cells[${place}]`, minor),
  );
  checkIds(cells);
  return {
    ...notebook,
    cells,
    metadata: object(notebook.metadata, "metadata"),
    nbformat: 4,
    nbformat_minor: minor,
  };
}

function checkFormat(notebook: Json): void {
  const { nbformat, nbformat_minor: minor } = notebook;
  if (nbformat !== 4) throw new FieldError("nbformat", formatProblem(nbformat));
  if (!Number.isInteger(minor) || (minor as number) < 0) {
    throw new FieldError("nbformat_minor", `${show(minor)}; needed a whole number, 5 for a new notebook`);
  }
}

function formatProblem(nbformat: unknown): string {
  if (nbformat === 3 || nbformat === 2 || nbformat === 1) {
    return `${nbformat} is an old format; open the file in Jupyter and save it, which makes it nbformat 4`;
  }
  if (nbformat === undefined) return "missing; is this a notebook? An .ipynb file says nbformat 4";
  return `${show(nbformat)}; only nbformat 4 can be read`;
}

function readCell(value: unknown, field: string, minor: number): Cell {
  const cell = object(value, field);
  const type = cell.cell_type;
  if (type !== "code" && type !== "markdown" && type !== "raw") {
    throw new FieldError(`${field}.cell_type`, `${show(type)}; needed "code", "markdown" or "raw"`);
  }
  checkId(cell.id, field, minor);
  const common = {
    ...cell,
    metadata: readMetadata(cell.metadata, field),
    source: text(cell.source, `${field}.source`),
  };
  if (type !== "code") return { ...common, ...attachments(cell, field), cell_type: type } as Cell;
  const outputs = listField(cell.outputs, `${field}.outputs`);
  return {
    ...common,
    cell_type: type,
    execution_count: count(cell.execution_count, `${field}.execution_count`),
    outputs: outputs.map((output, place) => readOutput(output, `${field}.outputs[${place}]`)),
  };
}

function checkId(id: unknown, field: string, minor: number): void {
  if (id === undefined && minor < 5) return;
  if (typeof id === "string" && /^[\w-]{1,64}$/.test(id)) return;
  throw new FieldError(`${field}.id`, `${show(id)}; needed 1 to 64 letters, digits, "-" or "_"`);
}

function checkIds(cells: readonly Cell[]): void {
  const seen = new Map<string, number>();
  for (const [at, { id }] of cells.entries()) {
    if (id === undefined) continue;
    const first = seen.get(id);
    if (first !== undefined) {
      throw new FieldError(
        `cells[${at}].id`,
        `"${id}" is already the id of cells[${first}]; give it another`,
      );
    }
    seen.set(id, at);
  }
}

function readMetadata(value: unknown, field: string): Json {
  const metadata = object(value, `${field}.metadata`);
  if (metadata.tags !== undefined) {
    for (const tag of listField(metadata.tags, `${field}.metadata.tags`))
      string(tag, `${field}.metadata.tags`);
  }
  return metadata;
}

function attachments(cell: Json, field: string): { attachments?: Record<string, Bundle> } {
  if (cell.attachments === undefined) return {};
  const files = Object.entries(object(cell.attachments, `${field}.attachments`));
  const read = files.map(([name, data]) => [
    name,
    bundle(data, `${field}.attachments[${JSON.stringify(name)}]`),
  ]);
  return { attachments: Object.fromEntries(read) };
}

function readOutput(value: unknown, field: string): Output {
  const output = object(value, field);
  switch (output.output_type) {
    case "stream":
      return {
        ...output,
        output_type: "stream",
        name: string(output.name, `${field}.name`),
        text: text(output.text, `${field}.text`),
      };
    case "display_data":
      return { ...output, output_type: "display_data", ...readShown(output, field) };
    case "execute_result": {
      const number = count(output.execution_count, `${field}.execution_count`);
      return {
        ...output,
        output_type: "execute_result",
        ...readShown(output, field),
        execution_count: number,
      };
    }
    case "error":
      return { ...output, output_type: "error", ...readError(output, field) };
    default:
      throw new FieldError(
        `${field}.output_type`,
        `${show(output.output_type)}; needed "stream", "display_data", "execute_result" or "error"`,
      );
  }
}

function readShown(output: Json, field: string): { data: Bundle; metadata: Json } {
  return {
    data: bundle(output.data, `${field}.data`),
    metadata: object(output.metadata, `${field}.metadata`),
  };
}

function readError(output: Json, field: string): { ename: string; evalue: string; traceback: string[] } {
  const lines = listField(output.traceback, `${field}.traceback`);
  return {
    ename: string(output.ename, `${field}.ename`),
    evalue: string(output.evalue, `${field}.evalue`),
    traceback: lines.map((line) => string(line, `${field}.traceback`)),
  };
}

/** Texts of a bundle are joined; data of a JSON type may be anything. */
function bundle(value: unknown, field: string): Bundle {
  const data = Object.entries(object(value, field));
  const read = data.map(([mime, part]) => [
    mime,
    isJsonType(mime) ? part : text(part, `${field}[${JSON.stringify(mime)}]`),
  ]);
  return Object.fromEntries(read);
}

/** Whether data of this MIME type is JSON, so that it is never a list of lines. */
export function isJsonType(mime: string): boolean {
  return mime === "application/json" || mime.endsWith("+json");
}
