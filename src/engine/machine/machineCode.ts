/** Machine code for a module's imports: in this thread over a memory, and for helpers by the path of its addon. */
export interface MachineCode {
  readonly path: string;
  over(memory: WebAssembly.Memory): Readonly<Record<string, (record: number) => void>>;
}

/** What an addon of ours exports: for bytes, which are shared and do not move, the function of a record in them. */
export type AddonExports = Readonly<Record<string, (bytes: Uint8Array) => (record: number) => void>>;
