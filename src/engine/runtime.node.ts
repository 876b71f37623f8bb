/** What Node can be asked for and a page cannot: V8's switches, the number of cores, worker threads. */

interface NodeProcess {
  readonly arch: string;
  readonly versions: { readonly node: string; readonly v8: string };
  getBuiltinModule?(name: string): unknown;
}

/** What the engine wants to know of Node. */
export interface NodeRuntime {
  readonly version: string;
  /** Whether V8 joins two 128-bit operations into one of 256 bits. */
  readonly revectorises: boolean;
}

/**
 * Node as we find it, or undefined in a page. Sets V8's switches for relaxed SIMD (Node 20) and for joining vectors
 * (Node 24 and later, x64); they concern WebAssembly that is compiled afterwards.
 */
export function nodeRuntime(): NodeRuntime | undefined {
  const found = (globalThis as { process?: NodeProcess }).process;
  if (found?.versions?.node === undefined || found.getBuiltinModule === undefined) return undefined;
  const v8 = found.getBuiltinModule("node:v8") as { setFlagsFromString(flags: string): void };
  const major = Number.parseInt(found.versions.node, 10);
  if (major < 22) v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
  const revectorises = major >= 24 && found.arch === "x64";
  if (revectorises) v8.setFlagsFromString("--experimental-wasm-revectorize");
  return { version: found.versions.node, revectorises };
}
