/** Which engine computes: chosen once, at the first call that needs one. */

import { areFloat32, type Matrix } from "../../numeric/storage.js";
import { Machine, type Precision } from "../machine/machine.js";
import { type NodeRuntime, nodeRuntime } from "../machine/runtime.node.js";
import { worthwhile } from "../thresholds.js";
import { selfTest } from "./selfTest.js";
import { type Variant, type VariantName, variants } from "./variants.js";

/** What was chosen for a precision, and why each better variant was not. */
export interface Choice {
  /** Undefined where nothing but plain TypeScript works. */
  readonly machine: Machine | undefined;
  readonly name: VariantName | "plain";
  readonly passedOver: readonly string[];
}

const chosen = new Map<Precision, Choice>();

/** The engine of this runtime for a precision. */
export function choice(precision: Precision): Choice {
  const known = chosen.get(precision) ?? choose(precision, nodeRuntime());
  chosen.set(precision, known);
  return known;
}

/** The engine for these operands: in float32 where all are, else in float64; undefined where there is none. */
export function machineOf(...operands: Matrix[]): Machine | undefined {
  return choice(areFloat32(...operands) ? "float32" : "float64").machine;
}

function choose(precision: Precision, node: NodeRuntime | undefined): Choice {
  const passedOver: string[] = [];
  for (const variant of variants) {
    const made = tried(variant, precision, node);
    if (typeof made !== "string") return { machine: made, name: variant.name, passedOver };
    passedOver.push(`${variant.name}: ${made}`);
  }
  return { machine: undefined, name: "plain", passedOver };
}

/** A machine that has passed the self-test, or why there is none. */
export function tried(
  variant: Variant,
  precision: Precision,
  node: NodeRuntime | undefined,
): Machine | string {
  const obstacle = variant.obstacle(node);
  if (obstacle !== undefined) return obstacle;
  try {
    const machine = new Machine(precision, variant.cut, sharesMemory());
    selfTest(machine);
    machine.mayBeStopped = true;
    return machine;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** How many threads a large layer is given when none are asked for. */
export function defaultThreads(): number {
  return sharesMemory() ? (nodeRuntime()?.cores ?? 4) : 1;
}

/** How many threads work of a size is given: as many as asked for, or as there are. */
export function threadsFor(multiplications: number, asked: number = defaultThreads()): number {
  return multiplications < worthwhile.threads ? 1 : asked;
}

/** Threads need memory that they share; a page has it only where it is isolated from other origins. */
function sharesMemory(): boolean {
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated;
  return typeof SharedArrayBuffer === "function" && isolated !== false;
}
