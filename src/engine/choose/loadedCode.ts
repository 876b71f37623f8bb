/** The machine code of this process: written and opened once for each kind of number. */

import type { Precision } from "../machine/machine.js";
import type { MachineCode } from "../machine/machineCode.js";
import type { NodeRuntime } from "../machine/runtime.node.js";
import { addon } from "../x86/addon.js";
import { processorCode, processorObstacle, processorWords } from "../x86/processor.js";
import { tilesAddon } from "../x86/tiles.js";

const loaded = new WeakMap<NodeRuntime, Map<Precision, MachineCode>>();

/** Throws an Error that says why where it cannot be loaded, or where the processor, asked itself, could not run it. */
export function loadedCode(precision: Precision, node: NodeRuntime): MachineCode {
  const known = loaded.get(node) ?? new Map<Precision, MachineCode>();
  loaded.set(node, known);
  const code = known.get(precision) ?? load(precision, node);
  known.set(precision, code);
  return code;
}

function load(precision: Precision, node: NodeRuntime): MachineCode {
  checkProcessor(node);
  const { exports, path } = node.loadAddon(tilesAddon(precision));
  return {
    path,
    over: ({ buffer }) => {
      if (!(buffer instanceof SharedArrayBuffer))
        throw new Error("memory that is not shared may move when it grows");
      const bytes = new Uint8Array(buffer);
      return Object.fromEntries(Object.entries(exports).map(([name, over]) => [name, over(bytes)]));
    },
  };
}

/**
 * Asks the processor by an addon of one function: /proc/cpuinfo, which would say it too, takes 10 ms a processor where the
 * system measures their clocks for it. Throws an Error that says what is missing.
 */
function checkProcessor(node: NodeRuntime): void {
  const { exports } = node.loadAddon(addon({ processor: processorCode }));
  const words = new Uint32Array(new ArrayBuffer(4 * processorWords));
  exports.processor!(new Uint8Array(words.buffer))(0);
  const obstacle = processorObstacle([...words]);
  if (obstacle !== undefined) throw new Error(obstacle);
}
