/** The variants of the engine, best first, and whether a runtime can run them. */

import type { TileCut } from "../kernels/library.js";
import type { NodeRuntime } from "../machine/runtime.node.js";
import type { Code } from "../wasm/code.js";
import { drop, float32, v128 } from "../wasm/instructions.js";
import { moduleBytes } from "../wasm/module.js";

export type VariantName = "relaxed-simd-256" | "relaxed-simd-128" | "simd-128";

export interface Variant {
  readonly name: VariantName;
  readonly cut: TileCut;
  /** Why it cannot be used here, or nothing. */
  obstacle(node: NodeRuntime | undefined): string | undefined;
}

/** A tile of 6 × 4 vectors fills the sixteen registers of 256 bits; 4 × 2 those of 128, without unrolling. */
export const variants: readonly Variant[] = [
  {
    name: "relaxed-simd-256",
    cut: { rows: 6, vectors: 4, unroll: 4, fused: true },
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

const simdProbe: Code = [...float32.add(v128.zero, v128.zero), ...drop];
const relaxedProbe: Code = [...float32.madd(v128.zero, v128.zero, v128.zero), ...drop];

function lacks(feature: string, probe: Code): string | undefined {
  const source = { name: "probe", params: 0, body: () => [probe] };
  const bytes = moduleBytes([source], { initial: 1, maximum: 1, shared: false });
  const runs = typeof WebAssembly === "object" && WebAssembly.validate(bytes);
  return runs ? undefined : `the runtime has no ${feature}`;
}
