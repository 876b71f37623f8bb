/** What the modules of Node 24 have more than those of Node 20, whose types the package has. */
export const newerModules: string = `
declare module "node:sqlite" {
  type SupportedValue = null | number | bigint | string | NodeJS.ArrayBufferView;
  type OutputValue = null | number | bigint | string | Uint8Array;
  interface Options {
    open?: boolean;
    readOnly?: boolean;
    enableForeignKeyConstraints?: boolean;
    enableDoubleQuotedStringLiterals?: boolean;
    allowExtension?: boolean;
    timeout?: number;
    readBigInts?: boolean;
    returnArrays?: boolean;
  }
  interface FunctionOptions { deterministic?: boolean; directOnly?: boolean; useBigIntArguments?: boolean; varargs?: boolean }
  interface AggregateOptions extends FunctionOptions {
    start: SupportedValue | (() => SupportedValue);
    step: (accumulator: any, ...values: any[]) => any;
    result?: (accumulator: any) => SupportedValue;
    inverse?: (accumulator: any, ...values: any[]) => any;
  }
  class DatabaseSync {
    constructor(path: string | Buffer | URL, options?: Options);
    readonly isOpen: boolean;
    readonly isTransaction: boolean;
    open(): void;
    close(): void;
    exec(sql: string): void;
    prepare(sql: string): StatementSync;
    function(name: string, body: (...values: any[]) => SupportedValue): void;
    function(name: string, options: FunctionOptions, body: (...values: any[]) => SupportedValue): void;
    aggregate(name: string, options: AggregateOptions): void;
    location(name?: string): string | null;
    createSession(options?: { table?: string; db?: string }): Session;
    applyChangeset(changeset: Uint8Array, options?: { filter?: (table: string) => boolean; onConflict?: (kind: number) => number }): boolean;
    enableLoadExtension(allow: boolean): void;
    loadExtension(path: string): void;
    [Symbol.dispose](): void;
  }
  class StatementSync {
    private constructor();
    readonly sourceSQL: string;
    readonly expandedSQL: string;
    all(...values: SupportedValue[]): Record<string, OutputValue>[];
    all(named: Record<string, SupportedValue>, ...values: SupportedValue[]): Record<string, OutputValue>[];
    get(...values: SupportedValue[]): Record<string, OutputValue> | undefined;
    get(named: Record<string, SupportedValue>, ...values: SupportedValue[]): Record<string, OutputValue> | undefined;
    iterate(...values: SupportedValue[]): NodeJS.Iterator<Record<string, OutputValue>>;
    iterate(named: Record<string, SupportedValue>, ...values: SupportedValue[]): NodeJS.Iterator<Record<string, OutputValue>>;
    run(...values: SupportedValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
    run(named: Record<string, SupportedValue>, ...values: SupportedValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
    columns(): { name: string; column: string | null; table: string | null; database: string | null; type: string | null }[];
    setReadBigInts(isOn: boolean): void;
    setReturnArrays(isOn: boolean): void;
    setAllowBareNamedParameters(isOn: boolean): void;
    setAllowUnknownNamedParameters(isOn: boolean): void;
  }
  class Session { private constructor(); changeset(): Uint8Array; patchset(): Uint8Array; close(): void }
  function backup(source: DatabaseSync, path: string | Buffer | URL, options?: { source?: string; target?: string; rate?: number; progress?: (done: { totalPages: number; remainingPages: number }) => void }): Promise<number>;
  const constants: Readonly<Record<string, number>>;
}
declare module "fs" {
  interface GlobOptions { cwd?: string | URL; exclude?: readonly string[] | ((path: string) => boolean) }
  function globSync(pattern: string | readonly string[], options?: GlobOptions): string[];
  function globSync(pattern: string | readonly string[], options: GlobOptions & { withFileTypes: true }): Dirent[];
  function glob(pattern: string | readonly string[], callback: (error: NodeJS.ErrnoException | null, paths: string[]) => void): void;
  function glob(pattern: string | readonly string[], options: GlobOptions, callback: (error: NodeJS.ErrnoException | null, paths: string[]) => void): void;
  interface DisposableTempDir extends Disposable { readonly path: string; remove(): void }
  function mkdtempDisposableSync(prefix: string): DisposableTempDir;
}
declare module "fs/promises" {
  import { Dirent, type GlobOptions } from "node:fs";
  function glob(pattern: string | readonly string[], options?: GlobOptions): NodeJS.AsyncIterator<string>;
  function glob(pattern: string | readonly string[], options: GlobOptions & { withFileTypes: true }): NodeJS.AsyncIterator<Dirent>;
  function mkdtempDisposable(prefix: string): Promise<AsyncDisposable & { readonly path: string; remove(): Promise<void> }>;
}
declare module "util" {
  interface CallSite { readonly functionName: string; readonly scriptName: string; readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number }
  function getCallSites(frames?: number, options?: { sourceMap?: boolean }): CallSite[];
  /** What is taken away (-1), stays (0) and is put in (1). */
  function diff(actual: string | readonly string[], expected: string | readonly string[]): [kind: -1 | 0 | 1, value: string][];
  function getSystemErrorMessage(code: number): string;
  function setTraceSigInt(isOn: boolean): void;
}
declare module "util/types" {
  function isFloat16Array(value: unknown): value is Float16Array;
}
declare module "zlib" {
  interface ZstdOptions extends ZlibOptions { pledgedSrcSize?: number; dictionary?: NodeJS.ArrayBufferView }
  interface ZstdCompress extends NodeJS.ReadWriteStream {}
  interface ZstdDecompress extends NodeJS.ReadWriteStream {}
  type Compressed = (error: Error | null, result: Buffer) => void;
  function createZstdCompress(options?: ZstdOptions): ZstdCompress;
  function createZstdDecompress(options?: ZstdOptions): ZstdDecompress;
  function zstdCompressSync(data: InputType, options?: ZstdOptions): Buffer;
  function zstdDecompressSync(data: InputType, options?: ZstdOptions): Buffer;
  function zstdCompress(data: InputType, callback: Compressed): void;
  function zstdCompress(data: InputType, options: ZstdOptions, callback: Compressed): void;
  function zstdDecompress(data: InputType, callback: Compressed): void;
  function zstdDecompress(data: InputType, options: ZstdOptions, callback: Compressed): void;
}
declare module "crypto" {
  interface Argon2Options { message: BinaryLike; nonce: BinaryLike; parallelism: number; tagLength: number; memory: number; passes: number; secret?: BinaryLike; associatedData?: BinaryLike }
  function argon2Sync(algorithm: "argon2d" | "argon2i" | "argon2id", options: Argon2Options): Buffer;
  function argon2(algorithm: "argon2d" | "argon2i" | "argon2id", options: Argon2Options, callback: (error: Error | null, key: Buffer) => void): void;
}
declare module "worker_threads" {
  interface MessagePort { hasRef(): boolean; onmessage: ((event: MessageEvent) => void) | null; onmessageerror: ((event: MessageEvent) => void) | null }
  interface Worker { readonly threadName: string | null; getHeapStatistics(): Promise<import("node:v8").HeapInfo>; cpuUsage(before?: NodeJS.CpuUsage): Promise<NodeJS.CpuUsage> }
  const threadName: string;
  const isInternalThread: boolean;
  const locks: LockManager;
  function markAsUncloneable(object: object): void;
  function isMarkedAsUntransferable(object: object): boolean;
}
declare module "url" {
  const URLPattern: typeof globalThis.URLPattern;
  function fileURLToPathBuffer(url: string | URL): Buffer;
}
declare module "v8" {
  function isStringOneByteRepresentation(text: string): boolean;
}
declare module "perf_hooks" {
  interface PerformanceResourceTiming { readonly initiatorType: string; readonly nextHopProtocol: string; readonly responseStart: number; readonly responseStatus: number; readonly deliveryType: string }
  interface Performance extends EventTarget {}
}
declare module "module" {
  interface CompileCacheResult { status: number; message?: string; directory?: string }
  namespace Module {
    function stripTypeScriptTypes(code: string, options?: { mode?: "strip" | "transform"; sourceMap?: boolean; sourceUrl?: string }): string;
    function findPackageJSON(specifier: string | URL, base?: string | URL): string | undefined;
    function enableCompileCache(folder?: string): CompileCacheResult;
    function getCompileCacheDir(): string | undefined;
    function flushCompileCache(): void;
    function registerHooks(hooks: { resolve?: (...args: any[]) => any; load?: (...args: any[]) => any }): { deregister(): void };
  }
}
declare namespace NodeJS {
  interface Process {
    /** The processor's time of the thread that asks, in microseconds. */
    threadCpuUsage(before?: CpuUsage): CpuUsage;
    ref(object: object): void;
    unref(object: object): void;
    readonly finalization: { register<T extends object>(ref: T, callback: (ref: T, event: string) => void): void; registerBeforeExit<T extends object>(ref: T, callback: (ref: T, event: string) => void): void; unregister(ref: object): void };
  }
}
`;
