/** What computes, and why it was chosen. */
export interface EngineInfo {
  /** "plain", or the WebAssembly variant in use, for example "relaxed-simd-256". */
  readonly engine: string;
  /** Why this one: what the runtime offers, and what was left out for which reason. */
  readonly why: string;
  /** How many threads a large layer is given when none are asked for. */
  readonly threads: number;
}

/** What computes the layers here, and why. */
export function engineInfo(): EngineInfo {
  return { engine: "plain", why: "plain TypeScript, φ(Z) written out", threads: 1 };
}
