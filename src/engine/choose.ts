/** Which engine computes: chosen once, at the first call that needs one. */

import { Machine } from "./machine.js";
import { type NodeRuntime, nodeRuntime } from "./runtime.node.js";
import { selfTest } from "./selfTest.js";
import { type Variant, type VariantName, variants } from "./variants.js";

/** What was chosen, and why each better variant was not. */
export interface Choice {
  /** Undefined where nothing but plain TypeScript works. */
  readonly machine: Machine | undefined;
  readonly name: VariantName | "plain";
  readonly passedOver: readonly string[];
}

let chosen: Choice | undefined;

/** The engine of this runtime. */
export function choice(): Choice {
  chosen ??= choose(nodeRuntime());
  return chosen;
}

/** Whether the choice has been made already. */
export function hasChosen(): boolean {
  return chosen !== undefined;
}

function choose(node: NodeRuntime | undefined): Choice {
  const passedOver: string[] = [];
  for (const variant of variants) {
    const made = tried(variant, node);
    if (typeof made !== "string") return { machine: made, name: variant.name, passedOver };
    passedOver.push(`${variant.name}: ${made}`);
  }
  return { machine: undefined, name: "plain", passedOver };
}

/** A machine that has passed the self-test, or why there is none. */
export function tried(variant: Variant, node: NodeRuntime | undefined): Machine | string {
  const obstacle = variant.obstacle(node);
  if (obstacle !== undefined) return obstacle;
  try {
    const machine = new Machine(variant.cut, sharesMemory());
    selfTest(machine);
    return machine;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Threads need memory that they share; a page has it only where it is isolated from other origins. */
function sharesMemory(): boolean {
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated;
  return typeof SharedArrayBuffer === "function" && isolated !== false;
}
