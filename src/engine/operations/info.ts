import { choice, defaultThreads } from "../choose/choose.js";
import { variants } from "../choose/variants.js";

/** What computes, and why it was chosen. */
export interface EngineInfo {
  /**
   * "plain", or the variant in use: machine code on AVX-512, "x86-512", or WebAssembly, "relaxed-simd-256",
   * "relaxed-simd-128" or "simd-128". The environment variable PHILAB_ENGINE names the best that may be chosen;
   * "wasm" leaves out machine code alone.
   */
  readonly engine: string;
  /** Why this one: what keeps each better variant from running here. */
  readonly why: string;
  /** Each engine that was not chosen, and why. */
  readonly others: Readonly<Record<string, string>>;
  /** The tile of a float32 product: output places × output channels. */
  readonly tile: string;
  /** How many threads a large layer is given when none are asked for; the environment variable PHILAB_THREADS says another number. */
  readonly threads: number;
  /** Bytes of the float32 engine's memory that are given out, and the size it has grown to. */
  readonly memory: { readonly used: number; readonly size: number };
}

/** What computes the layers here, and why. Makes the choice if no layer has been computed yet. */
export function engineInfo(): EngineInfo {
  const { machine, name, passedOver } = choice("float32");
  const better = passedOver.map((other) => `${other.name}: ${other.why}`);
  const why = better.length > 0 ? better.join("; ") : "the fastest there is";
  const slower = [...variants.map((variant) => variant.name), "plain" as const]
    .slice(passedOver.length + 1)
    .map((other) => [other, `slower than ${name}`]);
  const others = Object.fromEntries([...passedOver.map((other) => [other.name, other.why]), ...slower]);
  const common = { engine: name, why, others };
  if (machine === undefined) return { ...common, tile: "1 × 1", threads: 1, memory: { used: 0, size: 0 } };
  const { rows, vectors } = machine.cut;
  const memory = { used: machine.arena.used, size: machine.memory.buffer.byteLength };
  return { ...common, tile: `${rows} × ${4 * vectors}`, threads: defaultThreads(), memory };
}
