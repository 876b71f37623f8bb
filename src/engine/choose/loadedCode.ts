/** The machine code of this process: written and opened once for each kind of number. */

import type { Precision } from "../machine/machine.js";
import type { MachineCode } from "../machine/machineCode.js";
import type { NodeRuntime } from "../machine/runtime.node.js";
import { processorObstacle, processorWords } from "../x86/processor.js";
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
  const { exports, path } = node.loadAddon(tilesAddon(precision));
  const words = new Uint32Array(new ArrayBuffer(4 * processorWords));
  exports.processor!(new Uint8Array(words.buffer))(0);
  const obstacle = processorObstacle([...words]);
  if (obstacle !== undefined) throw new Error(obstacle);
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
