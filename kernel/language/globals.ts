/** Globals that Node has and that neither TypeScript's libraries nor @types/node declare. */

import { newerGlobals } from "./newerGlobals.js";
import { newerModules } from "./newerModules.js";
import { hasTodaysLibrary } from "./nodesLanguage.js";

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
  function compileStreaming(source: Response | Promise<Response>): Promise<Module>;
  function instantiateStreaming(source: Response | Promise<Response>, imports?: Imports): Promise<{ module: Module; instance: Instance }>;
  class Tag { constructor(kind: { parameters: readonly string[] }) }
  class Exception { constructor(tag: Tag, values: readonly unknown[], options?: { traceStack?: boolean }); is(tag: Tag): boolean; getArg(tag: Tag, index: number): any; readonly stack: string | undefined }
  const JSTag: Tag;
}
`;

const webCrypto = `
declare var crypto: import("node:crypto").webcrypto.Crypto;
declare var Crypto: { readonly prototype: import("node:crypto").webcrypto.Crypto };
declare var CryptoKey: { readonly prototype: import("node:crypto").webcrypto.CryptoKey };
declare var SubtleCrypto: { readonly prototype: import("node:crypto").webcrypto.SubtleCrypto };
declare var Performance: { readonly prototype: import("node:perf_hooks").Performance };
`;

/** The text of a declaration file, for the Node that runs cells. */
export const globalDeclarations: string = [
  webAssembly,
  webCrypto,
  ...(hasTodaysLibrary ? [newerGlobals, newerModules] : []),
].join("\n");
