/** Machine code where this computer runs it, and beside it WebAssembly whose tile decides alike. */

import { tried } from "../../../src/engine/choose/choose.js";
import { variants } from "../../../src/engine/choose/variants.js";
import { Machine, type Precision } from "../../../src/engine/machine/machine.js";
import { nodeRuntime } from "../../../src/engine/machine/runtime.node.js";

export const precisions: readonly Precision[] = ["float32", "float64"];

const [machineCode, wide] = variants;

/** Both for a kind of number; undefined where there is no AVX-512, or the addon cannot be loaded. */
export function bothMachines(
  precision: Precision,
): { readonly code: Machine; readonly wasm: Machine } | undefined {
  const code = tried(machineCode!, precision, nodeRuntime());
  // the tile of 256 bits, whether or not this runtime joins its vectors
  return code instanceof Machine ? { code, wasm: new Machine(precision, wide!.cut, true) } : undefined;
}
