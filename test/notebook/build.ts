/** Small notebooks for tests. */
import type { Cell, Json, Notebook, Output } from "../../kernel/notebook/format/types.js";

let cells = 0;

export function code(source: string, metadata: Json = {}, outputs: readonly Output[] = []): Cell {
  const id = `cell-${cells++}`;
  return { cell_type: "code", id, metadata, source, execution_count: null, outputs };
}

export function markdown(source: string): Cell {
  return { cell_type: "markdown", id: `cell-${cells++}`, metadata: {}, source };
}

export function raw(source: string): Cell {
  return { cell_type: "raw", id: `cell-${cells++}`, metadata: {}, source };
}

export function notebook(...parts: readonly Cell[]): Notebook {
  const kernelspec = { name: "philab", display_name: "TypeScript (philab)", language: "typescript" };
  return { cells: parts, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
}
