/** Every variant of the engine that this runtime can run. */

import { tried } from "../../src/engine/choose.js";
import { Machine } from "../../src/engine/machine.js";
import { nodeRuntime } from "../../src/engine/runtime.node.js";
import { variants } from "../../src/engine/variants.js";

export const machines: readonly { readonly name: string; readonly machine: Machine }[] = variants.flatMap(
  (variant) => {
    const machine = tried(variant, nodeRuntime());
    return machine instanceof Machine ? [{ name: variant.name, machine }] : [];
  },
);
