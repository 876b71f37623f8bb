/** Globals that Node has and that the libraries of tslab's TypeScript 5.0 do not declare. */

const typedArrays = [
  ...["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array"],
  ...["Int32Array", "Uint32Array", "Float32Array", "Float64Array"],
];

const arrays = ["Array", "ReadonlyArray"].map(
  (name) => `
interface ${name}<T> {
  /** A copy, last entry first. */
  toReversed(): T[];
  /** A sorted copy. */
  toSorted(compare?: (a: T, b: T) => number): T[];
  /** A copy in which some entries are replaced. */
  toSpliced(start: number, deleteCount?: number, ...items: T[]): T[];
  /** A copy in which one entry is replaced. */
  with(index: number, value: T): T[];
}`,
);

const typed = typedArrays.map(
  (name) => `
interface ${name} {
  /** A copy, last entry first. */
  toReversed(): ${name};
  /** A sorted copy. */
  toSorted(compare?: (a: number, b: number) => number): ${name};
  /** A copy in which one entry is replaced. */
  with(index: number, value: number): ${name};
}`,
);

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
declare var crypto: typeof import("node:crypto").webcrypto;
`;

/** The text of a declaration file. */
export const globalDeclarations: string = [...arrays, ...typed, webAssembly].join("\n");
