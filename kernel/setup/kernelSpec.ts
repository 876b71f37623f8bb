/** What kernel.json says: how a front end starts the kernel and what it may expect of it. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message";
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * The kernelspec for the compiled kernel at `main`. Both paths are absolute: a front end starts kernels with a
 * PATH and a working folder of its own.
 */
export function kernelSpec(main: string, node: string = process.execPath): KernelSpec {
  return {
    argv: [node, main, "{connection_file}"],
    display_name: "TypeScript (philab)",
    language: "typescript",
    interrupt_mode: "message",
    // JEP 145: a manager may hand over CURVE keys in the connection file. The proposal wants a list.
    metadata: { debugger: false, supported_encryption: ["curve"] },
  };
}
