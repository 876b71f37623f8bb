/** Which engine computes: chosen once, at the first call that needs one. */

import { areFloat32, type Matrix } from "../../numeric/storage.js";
import { Machine, type Precision } from "../machine/machine.js";
import { type NodeRuntime, nodeRuntime } from "../machine/runtime.node.js";
import { worthwhile } from "../thresholds.js";
import { selfTest } from "./selfTest.js";
import { type EngineName, notWanted, type Variant, type VariantName, variants } from "./variants.js";

/** A variant that is better than the one chosen, and why it is not used. */
export interface PassedOver {
  readonly name: VariantName;
  readonly why: string;
}

/** What was chosen for a precision, and why each better variant was not. */
export interface Choice {
  /** Undefined where nothing but plain TypeScript works. */
  readonly machine: Machine | undefined;
  readonly name: EngineName;
  readonly passedOver: readonly PassedOver[];
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

/** The first variant that is wanted and works. Throws Error where PHILAB_ENGINE names none. */
export function choose(precision: Precision, node: NodeRuntime | undefined): Choice {
  const passedOver: PassedOver[] = [];
  for (const variant of variants) {
    const made = notWanted(variant, node?.wanted) ?? tried(variant, precision, node);
    if (typeof made !== "string") return { machine: made, name: variant.name, passedOver };
    passedOver.push({ name: variant.name, why: made });
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
    const code = node && variant.machineCode?.(precision, node);
    const machine = new Machine(precision, variant.cut, sharesMemory(), code);
    selfTest(machine);
    machine.mayBeStopped = true;
    return machine;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split("\n")[0]!;
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
