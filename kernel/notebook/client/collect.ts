/** Messages of the kernel's iopub channel → the outputs of the cells, as a notebook file holds them. */
import type { Message } from "../../wire/wire.js";
import type { Bundle, Json, Output } from "../format/types.js";

interface CellOutputs {
  outputs: Output[];
  /** clear_output with `wait`: the next output clears what is there. */
  clearNext: boolean;
}

/** Gathers outputs by the request that caused them: late output of a timer finds its own cell. */
export class Collector {
  readonly #cells = new Map<string, CellOutputs>();
  readonly #displayIds = new WeakMap<Output, string>();

  /** The outputs of the request: a list that grows while messages come. */
  outputsOf(request: string): readonly Output[] {
    return this.#cellOf(request).outputs;
  }

  take({ header, parent_header, content }: Message): void {
    const cell = this.#cellOf(parent_header.msg_id ?? "");
    if (header.msg_type === "update_display_data") this.#update(content);
    else if (header.msg_type === "clear_output") clear(cell, content.wait === true);
    else this.#add(cell, outputOf(header.msg_type, content), displayId(content));
  }

  #add(cell: CellOutputs, output: Output | undefined, id: string | undefined): void {
    if (output === undefined) return;
    if (cell.clearNext) clear(cell, false);
    if (id !== undefined) this.#displayIds.set(output, id);
    append(cell.outputs, output);
  }

  #cellOf(request: string): CellOutputs {
    const cell = this.#cells.get(request) ?? { outputs: [], clearNext: false };
    this.#cells.set(request, cell);
    return cell;
  }

  /** Every output with the display id is replaced, in whichever cell it stands. */
  #update(content: Json): void {
    const id = displayId(content);
    if (id === undefined) return;
    for (const { outputs } of this.#cells.values()) {
      for (const [place, output] of outputs.entries()) {
        if (this.#displayIds.get(output) !== id) continue;
        const replaced = { ...output, ...shown(content) } as Output;
        this.#displayIds.set(replaced, id);
        outputs[place] = replaced;
      }
    }
  }
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
