import { choice, defaultThreads } from "../choose/choose.js";

/** What computes, and why it was chosen. */
export interface EngineInfo {
  /** "plain", or the WebAssembly variant in use: "relaxed-simd-256", "relaxed-simd-128" or "simd-128". */
  readonly engine: string;
  /** Why this one: what keeps each better variant from running here. */
  readonly why: string;
  /** The tile of a float32 product: output places × output channels. */
  readonly tile: string;
  /** How many threads a large layer is given when none are asked for. */
  readonly threads: number;
  /** Bytes of the float32 engine's memory that are given out, and the size it has grown to. */
  readonly memory: { readonly used: number; readonly size: number };
}

/** What computes the layers here, and why. Makes the choice if no layer has been computed yet. */
export function engineInfo(): EngineInfo {
  const { machine, name, passedOver } = choice("float32");
  const why = passedOver.length > 0 ? passedOver.join("; ") : "the fastest there is";
  if (machine === undefined) {
    return { engine: name, why, tile: "1 × 1", threads: 1, memory: { used: 0, size: 0 } };
  }
  const { rows, vectors } = machine.cut;
  const memory = { used: machine.arena.used, size: machine.memory.buffer.byteLength };
  return { engine: name, why, tile: `${rows} × ${4 * vectors}`, threads: defaultThreads(), memory };
}
