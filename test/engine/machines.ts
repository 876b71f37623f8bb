/** Every variant of the engine that this runtime can run. */

import { tried } from "../../src/engine/choose/choose.js";
import { variants } from "../../src/engine/choose/variants.js";
import { Machine, type Precision } from "../../src/engine/machine/machine.js";
import { nodeRuntime } from "../../src/engine/machine/runtime.node.js";

export interface Running {
  readonly name: string;
  readonly precision: Precision;
  readonly machine: Machine;
}

export const machines: readonly Running[] = variants.flatMap((variant) =>
  (["float32", "float64"] as const).flatMap((precision) => {
    const machine = tried(variant, precision, nodeRuntime());
    return machine instanceof Machine ? [{ name: variant.name, precision, machine }] : [];
  }),
);
