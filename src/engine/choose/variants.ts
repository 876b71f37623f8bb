/** The variants of the engine, best first, and whether a runtime can run them. */

import type { TileCut } from "../kernels/library.js";
import type { Precision } from "../machine/machine.js";
import type { MachineCode } from "../machine/machineCode.js";
import type { NodeRuntime } from "../machine/runtime.node.js";
import type { Code } from "../wasm/code.js";
import { drop, float32, v128 } from "../wasm/instructions.js";
import { moduleBytes } from "../wasm/module.js";
import { loadedCode } from "./loadedCode.js";

export type VariantName = "x86-512" | "relaxed-simd-256" | "relaxed-simd-128" | "simd-128";

/** What computes: a variant of the engine, or plain TypeScript. */
export type EngineName = VariantName | "plain";

export interface Variant {
  readonly name: VariantName;
  readonly cut: TileCut;
  /** Why it cannot be used here, or nothing. */
  obstacle(node: NodeRuntime | undefined): string | undefined;
  /** The machine code of its tiles; undefined where they are WebAssembly. Throws where it cannot be loaded. */
  machineCode?(precision: Precision, node: NodeRuntime): MachineCode;
}

const wide = { rows: 6, vectors: 4 } as const;

/**
 * A tile of 14 × 2 vectors of 512 bits fills 32 registers, one of 6 × 4 vectors the sixteen of 256 bits; 4 × 2 those of
 * 128, without unrolling. The first two decide alike how sums are cut, and give the same bits.
 */
export const variants: readonly Variant[] = [
  {
    name: "x86-512",
    cut: { rows: 14, vectors: 8, unroll: 4, fused: true, machineCode: true, decides: wide },
    obstacle: machineCodeObstacle,
    machineCode: loadedCode,
  },
  {
    name: "relaxed-simd-256",
    cut: { ...wide, unroll: 4, fused: true },
    obstacle: (node) =>
      lacks("relaxed SIMD", relaxedProbe) ??
      (node?.revectorises ? undefined : "V8 joins vectors to 256 bits only in Node 24 and later on x64"),
  },
  {
    name: "relaxed-simd-128",
    cut: { rows: 4, vectors: 2, unroll: 1, fused: true },
    obstacle: () => lacks("relaxed SIMD", relaxedProbe),
  },
  {
    name: "simd-128",
    cut: { rows: 4, vectors: 2, unroll: 1, fused: false },
    obstacle: () => lacks("128-bit SIMD", simdProbe),
  },
];

/**
 * Why a variant is left out where PHILAB_ENGINE says `wanted`: it is better than the one named, or, where that is
 * "wasm", it is machine code. Throws Error where that is no name.
 */
export function notWanted({ name, machineCode }: Variant, wanted: string | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  const names: string[] = [...variants.map((variant) => variant.name), "plain"];
  if (wanted !== "wasm" && !names.includes(wanted))
    throw new Error(`PHILAB_ENGINE: there is no engine ${wanted}; needed one of ${names.join(", ")}, wasm`);
  const isLeftOut =
    wanted === "wasm" ? machineCode !== undefined : names.indexOf(name) < names.indexOf(wanted);
  return isLeftOut ? `PHILAB_ENGINE asks for ${wanted}` : undefined;
}

/** Nothing is written where the system says that the processor could not run it. */
function machineCodeObstacle(node: NodeRuntime | undefined): string | undefined {
  if (node?.isLinuxX64 !== true) return "machine code is written for Node on Linux, x64, alone";
  return node.processorFlags().has("avx512f") ? undefined : "the processor has no AVX-512";
}

const simdProbe: Code = [...float32.add(v128.zero, v128.zero), ...drop];
const relaxedProbe: Code = [...float32.madd(v128.zero, v128.zero, v128.zero), ...drop];

function lacks(feature: string, probe: Code): string | undefined {
  const source = { name: "probe", params: 0, body: () => [probe] };
  const bytes = moduleBytes([source], { initial: 1, maximum: 1, shared: false });
  const runs = typeof WebAssembly === "object" && WebAssembly.validate(bytes);
  return runs ? undefined : `the runtime has no ${feature}`;
}
