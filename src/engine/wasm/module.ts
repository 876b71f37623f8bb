/** A module as bytes: functions over one imported memory, every function of its own exported under its name. */

import { bytesOf, type Code, type CodePiece, listBytes, named, unsigned } from "./code.js";
import { i32, type Local } from "./instructions.js";

const typeCode = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

export type ValueType = keyof typeof typeCode;

/** What a function's author gets: its parameters, and new local variables. */
export interface FunctionScope {
  readonly params: readonly Local[];
  local(type: ValueType): Local;
  locals(type: ValueType, count: number): Local[];
}

export interface FunctionSource {
  readonly name: string;
  /** Parameters, all i32. */
  readonly params: number;
  /** Whether it leaves an i32, or what else. */
  readonly result?: boolean | "f64";
  body(scope: FunctionScope): readonly Code[];
}

/** A function that who makes an instance gives to it, as code[name]; it has no body here, and leaves nothing. */
export interface ImportedFunction {
  readonly name: string;
  readonly params: number;
  readonly result?: undefined;
  readonly body?: undefined;
}

/** The limits of the memory, in pages of 64 KiB. */
export interface MemoryLimits {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: boolean;
}

/**
 * The module: it imports env.memory, its table holds the functions in order, for calls by number. Imported functions
 * come first.
 */
export function moduleBytes(
  functions: readonly (FunctionSource | ImportedFunction)[],
  limits: MemoryLimits,
): Uint8Array<ArrayBuffer> {
  const n = functions.length;
  const own = functions.filter((source): source is FunctionSource => source.body !== undefined);
  const imported = n - own.length;
  if (functions.slice(0, imported).some(({ body }) => body !== undefined))
    throw new Error("WebAssembly: imported functions come before those with a body");
  const memory = [...named("env"), ...named("memory"), 2, ...limitsCode(limits)];
  const given = functions
    .slice(0, imported)
    .map(({ name }, k) => [...named("code"), ...named(name), 0, ...unsigned(k)]);
  const sections: [number, CodePiece][] = [
    [1, listBytes(functions.map(signature))],
    [2, listBytes([memory, ...given])],
    [3, listBytes(own.map((_, k) => unsigned(imported + k)))],
    [4, listBytes([[0x70, 1, ...unsigned(n), ...unsigned(n)]])],
    [7, listBytes(own.map(({ name }, k) => [...named(name), 0, ...unsigned(imported + k)]))],
    [9, listBytes([[0, ...i32.const(0), 0x0b, ...listBytes(functions.map((_, k) => unsigned(k)))]])],
    [10, listBytes(own.map(functionCode))],
  ];
  const body = sections.map(([id, code]) => [id, sized(code)]);
  return bytesOf([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, body]);
}

/** A call of function number k of the module. */
export function callFunction(k: number, ...args: Code[]): Code {
  return [args, 0x10, unsigned(k)];
}

/** A call by a number known only at run time, of a function with the signature of function number `like`. */
export function callIndirect(like: number, number: Code, ...args: Code[]): Code {
  return [args, number, 0x11, unsigned(like), 0];
}

function signature({ params, result }: FunctionSource | ImportedFunction): CodePiece {
  const ins = new Array<Code>(params).fill([typeCode.i32]);
  return [
    0x60,
    ...listBytes(ins),
    ...listBytes(result ? [[result === "f64" ? typeCode.f64 : typeCode.i32]] : []),
  ];
}

function limitsCode({ initial, maximum, shared }: MemoryLimits): Code {
  return [shared ? 3 : 1, ...unsigned(initial), ...unsigned(maximum)];
}

function functionCode({ params, body }: FunctionSource): CodePiece {
  const types: ValueType[] = [];
  const local = (type: ValueType) => localNumber(params + types.push(type) - 1);
  const scope: FunctionScope = {
    params: Array.from({ length: params }, (_, k) => localNumber(k)),
    local,
    locals: (type, count) => Array.from({ length: count }, () => local(type)),
  };
  const code = body(scope);
  const declared = listBytes(types.map((type) => [1, typeCode[type]]));
  return sized([declared, code, 0x0b]);
}

/** The code, its length before it. */
function sized(code: CodePiece): CodePiece {
  const bytes = bytesOf(code);
  return [unsigned(bytes.length), bytes];
}

function localNumber(k: number): Local {
  const get = [0x20, ...unsigned(k)];
  const set = (value: Code): Code => [value, 0x21, unsigned(k)];
  return { get, set, step: (value) => set(i32.add(get, value)) };
}
