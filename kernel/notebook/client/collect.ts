/** Messages of the kernel's iopub channel → the outputs of the cells, as a notebook file holds them. */
import type { Message } from "../../wire/wire.js";
import type { Bundle, Json, Output } from "../format/types.js";

/** Gathers outputs by the request that caused them: late output of a timer finds its own cell. */
export interface Collector {
  /** The outputs of the request: a list that grows while messages come. */
  outputsOf(request: string): readonly Output[];
  take(message: Message): void;
}

interface CellOutputs {
  outputs: Output[];
  /** clear_output with `wait`: the next output clears what is there. */
  clearNext: boolean;
}

export function collector(): Collector {
  const cells = new Map<string, CellOutputs>();
  const displayIds = new WeakMap<Output, string>();
  const cellOf = (request: string): CellOutputs => {
    const cell = cells.get(request) ?? { outputs: [], clearNext: false };
    cells.set(request, cell);
    return cell;
  };
  return {
    outputsOf: (request) => cellOf(request).outputs,
    take(message) {
      const { header, parent_header, content } = message;
      if (header.msg_type === "update_display_data") return update(cells, displayIds, content);
      const cell = cellOf(parent_header.msg_id ?? "");
      if (header.msg_type === "clear_output") return clear(cell, content.wait === true);
      const output = outputOf(header.msg_type, content);
      if (output === undefined) return;
      if (cell.clearNext) clear(cell, false);
      const id = displayId(content);
      if (id !== undefined) displayIds.set(output, id);
      append(cell.outputs, output);
    },
  };
}

function outputOf(type: string, content: Json): Output | undefined {
  if (type === "stream") return { output_type: type, name: String(content.name), text: String(content.text) };
  if (type === "display_data") return { output_type: type, ...shown(content) };
  if (type === "execute_result") {
    return { output_type: type, ...shown(content), execution_count: content.execution_count as number };
  }
  if (type !== "error") return undefined;
  const traceback = Array.isArray(content.traceback) ? content.traceback.map(String) : [];
  return { output_type: type, ename: String(content.ename), evalue: String(content.evalue), traceback };
}

function shown(content: Json): { data: Bundle; metadata: Json } {
  return { data: (content.data ?? {}) as Bundle, metadata: (content.metadata ?? {}) as Json };
}

function displayId(content: Json): string | undefined {
  const id = (content.transient as Json | undefined)?.display_id;
  return typeof id === "string" ? id : undefined;
}

/** Text that follows text of the same stream is one output: how the kernel cut it is chance. */
function append(outputs: Output[], output: Output): void {
  const last = outputs.at(-1);
  if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
    outputs[outputs.length - 1] = { ...last, text: last.text + output.text };
  } else outputs.push(output);
}

function clear(cell: CellOutputs, wait: boolean): void {
  if (!wait) cell.outputs.length = 0;
  cell.clearNext = wait;
}

/** Every output with the display id is replaced, in whichever cell it stands. */
function update(
  cells: ReadonlyMap<string, CellOutputs>,
  displayIds: WeakMap<Output, string>,
  content: Json,
): void {
  const id = displayId(content);
  if (id === undefined) return;
  for (const { outputs } of cells.values()) {
    for (const [at, output] of outputs.entries()) {
      if (displayIds.get(output) !== id) continue;
      const replaced = { ...output, ...shown(content) } as Output;
      displayIds.set(replaced, id);
      outputs[at] = replaced;
    }
  }
}
