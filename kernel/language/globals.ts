/** Globals that Node has and that neither TypeScript's libraries nor @types/node declare. */

const webAssembly = `
declare namespace WebAssembly {
  type ImportValue = Function | Memory | Table | Global | number | bigint;
  type Imports = Record<string, Record<string, ImportValue>>;
  type Bytes = ArrayBuffer | ArrayBufferView;
  class Module { constructor(bytes: Bytes); private readonly module: unknown }
  class Instance { constructor(module: Module, imports?: Imports); readonly exports: Record<string, any> }
  class Memory { constructor(size: { initial: number; maximum?: number; shared?: boolean }); readonly buffer: ArrayBuffer; grow(pages: number): number }
  class Table { constructor(size: { element: "anyfunc" | "externref"; initial: number; maximum?: number }); readonly length: number; get(index: number): any; set(index: number, value: any): void; grow(by: number): number }
  class Global { constructor(kind: { value: "i32" | "i64" | "f32" | "f64" | "externref"; mutable?: boolean }, value?: any); value: any; valueOf(): any }
  class CompileError extends Error {}
  class LinkError extends Error {}
  class RuntimeError extends Error {}
  /** Whether the bytes are a module. */
  function validate(bytes: Bytes): boolean;
  function compile(bytes: Bytes): Promise<Module>;
  function instantiate(bytes: Bytes, imports?: Imports): Promise<{ module: Module; instance: Instance }>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}
`;

/** Of Node 24; @types/node is that of the oldest Node that the package runs in. */
const newer = `
interface Navigator {
  /** The processor's cores that the process may use. */
  readonly hardwareConcurrency: number;
  readonly language: string;
  readonly languages: readonly string[];
  readonly platform: string;
  readonly userAgent: string;
}
declare var Navigator: { readonly prototype: Navigator };
declare var navigator: Navigator;
interface RegExpConstructor {
  /** The text as a pattern that matches it alone. */
  escape(text: string): string;
}
interface URLPatternResult {
  readonly inputs: readonly (string | Record<string, string>)[];
  readonly protocol: { readonly input: string; readonly groups: Record<string, string | undefined> };
  readonly hostname: { readonly input: string; readonly groups: Record<string, string | undefined> };
  readonly pathname: { readonly input: string; readonly groups: Record<string, string | undefined> };
  readonly search: { readonly input: string; readonly groups: Record<string, string | undefined> };
  readonly hash: { readonly input: string; readonly groups: Record<string, string | undefined> };
}
declare class URLPattern {
  constructor(pattern?: string | Record<string, string>, base?: string);
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  test(input?: string | Record<string, string>, base?: string): boolean;
  exec(input?: string | Record<string, string>, base?: string): URLPatternResult | null;
}
declare class CloseEvent extends Event {
  constructor(type: string, init?: { wasClean?: boolean; code?: number; reason?: string });
  readonly wasClean: boolean;
  readonly code: number;
  readonly reason: string;
}
declare namespace Intl {
  class DurationFormat {
    constructor(locales?: string | readonly string[], options?: Record<string, unknown>);
    format(duration: Record<string, number>): string;
  }
}
`;

const webCrypto = `
declare var crypto: import("node:crypto").webcrypto.Crypto;
declare var Crypto: { readonly prototype: import("node:crypto").webcrypto.Crypto };
declare var CryptoKey: { readonly prototype: import("node:crypto").webcrypto.CryptoKey };
declare var SubtleCrypto: { readonly prototype: import("node:crypto").webcrypto.SubtleCrypto };
declare var Performance: { readonly prototype: import("node:perf_hooks").Performance };
`;

/** The text of a declaration file, for the Node of this major version. */
export function globalDeclarations(major: number): string {
  return [webAssembly, webCrypto, ...(major < 24 ? [] : [newer])].join("\n");
}
