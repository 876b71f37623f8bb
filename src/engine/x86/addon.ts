/**
 * An addon of Node's (Node-API, version 8) around machine code. It exports a function for each code: called with bytes
 * that do not move it gives the function of a record, a position in them, which calls the code with the address of the
 * bytes and that position. The address is never a number in JavaScript, so nobody can give a wrong one.
 */

import { Assembler } from "./assembler.js";
import { importTable, sharedObject } from "./elf.js";
import { gpr, Label, past } from "./operands.js";

const { rax, rbx, rcx, rdx, rsp, rsi, rdi, r8, r9, r12 } = gpr;

/** Writes a function (address of the bytes in rdi, record in rsi), by System V's convention. */
export type MachineFunction = (assembler: Assembler) => void;

const imported = [
  "napi_get_cb_info",
  "napi_get_value_uint32",
  "napi_get_typedarray_info",
  "napi_create_function",
  "napi_set_named_property",
] as const;

type Imported = Readonly<Record<(typeof imported)[number], Label>>;

/** The addon's file. */
export function addon(codes: Readonly<Record<string, MachineFunction>>): Uint8Array {
  const assembler = new Assembler();
  const api = Object.fromEntries(imported.map((name) => [name, new Label()])) as Imported;
  const parts = Object.entries(codes).map(([name, write]) => ({
    ...{ name, write, text: new Label(), run: new Label(), code: new Label() },
  }));
  const bind = new Label();
  for (const { run, code } of parts) runFunction(assembler, api, run, code);
  bindFunction(assembler, api, bind);
  const napi_register_module_v1 = registerFunction(assembler, api, parts, bind);
  const node_api_module_get_api_version_v1 = versionFunction(assembler);
  for (const { name, write, text, code } of parts) {
    assembler.bind(text);
    assembler.bytes(...new TextEncoder().encode(`${name}\0`));
    assembler.align(64);
    assembler.bind(code);
    write(assembler);
  }
  const table = importTable(assembler.size);
  imported.forEach((name, k) => {
    assembler.bind(api[name], table + 8 * k);
  });
  const exported = { napi_register_module_v1, node_api_module_get_api_version_v1 };
  return sharedObject({ code: assembler.finish(), exported, imported });
}

/** (env, info) → undefined: the code, with the function's data, an address, and its argument. */
function runFunction(assembler: Assembler, api: Imported, run: Label, code: Label): void {
  const [count, argument, data, record] = [0, 8, 16, 24].map((offset) => past(rsp, offset));
  const done = new Label();
  assembler.align(16);
  assembler.bind(run);
  assembler.push(rbx);
  assembler.addConstant(rsp, -32);
  assembler.mov(rbx, rdi);
  assembler.constant(rax, 1);
  assembler.store(count, rax);
  assembler.lea(rdx, count);
  assembler.lea(rcx, argument);
  assembler.constant(r8, 0);
  assembler.lea(r9, data);
  assembler.callThrough(api.napi_get_cb_info);
  assembler.mov(rdi, rbx);
  assembler.mov(rsi, argument);
  assembler.lea(rdx, record);
  assembler.callThrough(api.napi_get_value_uint32);
  leaveOnFailure(assembler, done);
  assembler.mov(rdi, data);
  assembler.mov32(rsi, record);
  assembler.call(code);
  assembler.bind(done);
  assembler.constant(rax, 0);
  assembler.addConstant(rsp, 32);
  assembler.pop(rbx);
  assembler.ret();
}

/** (env, info) → a function like `run`, which is this one's data, over the bytes of the argument; undefined without any. */
// Over 40 lines: one call after the other, each with its arguments.
function bindFunction(assembler: Assembler, api: Imported, bind: Label): void {
  const [seventh, count, argument, run, base, result] = [0, 8, 16, 24, 32, 40].map((offset) =>
    past(rsp, offset),
  );
  const [none, done] = [new Label(), new Label()];
  assembler.align(16);
  assembler.bind(bind);
  assembler.push(rbx);
  assembler.addConstant(rsp, -48);
  assembler.mov(rbx, rdi);
  assembler.constant(rax, 1);
  assembler.store(count, rax);
  assembler.lea(rdx, count);
  assembler.lea(rcx, argument);
  assembler.constant(r8, 0);
  assembler.lea(r9, run);
  assembler.callThrough(api.napi_get_cb_info);
  // of (type, length, data, buffer, offset) the data alone are wanted
  assembler.mov(rdi, rbx);
  assembler.mov(rsi, argument);
  assembler.constant(rdx, 0);
  assembler.constant(rcx, 0);
  assembler.lea(r8, base);
  assembler.constant(r9, 0);
  assembler.store(seventh, r9);
  assembler.callThrough(api.napi_get_typedarray_info);
  leaveOnFailure(assembler, none);
  assembler.mov(rdi, rbx);
  assembler.constant(rsi, 0);
  assembler.constant(rdx, 0);
  assembler.mov(rcx, run);
  assembler.mov(r8, base);
  assembler.lea(r9, result);
  assembler.callThrough(api.napi_create_function);
  leaveOnFailure(assembler, none);
  assembler.mov(rax, result);
  assembler.jump(done);
  assembler.bind(none);
  assembler.constant(rax, 0);
  assembler.bind(done);
  assembler.addConstant(rsp, 48);
  assembler.pop(rbx);
  assembler.ret();
}

/** napi_register_module_v1 (env, exports) → exports, with a function for each code. Its position. */
function registerFunction(
  assembler: Assembler,
  api: Imported,
  parts: readonly { readonly text: Label; readonly run: Label }[],
  bind: Label,
): number {
  assembler.align(16);
  const position = assembler.size;
  const made = past(rsp, 0);
  assembler.push(rbx);
  assembler.push(r12);
  assembler.addConstant(rsp, -8);
  assembler.mov(rbx, rdi);
  assembler.mov(r12, rsi);
  for (const { text, run } of parts) {
    assembler.mov(rdi, rbx);
    assembler.addressOf(rsi, text);
    assembler.constant(rdx, -1); // the name ends with 0
    assembler.addressOf(rcx, bind);
    assembler.addressOf(r8, run);
    assembler.lea(r9, made);
    assembler.callThrough(api.napi_create_function);
    assembler.mov(rdi, rbx);
    assembler.mov(rsi, r12);
    assembler.addressOf(rdx, text);
    assembler.mov(rcx, made);
    assembler.callThrough(api.napi_set_named_property);
  }
  assembler.mov(rax, r12);
  assembler.addConstant(rsp, 8);
  assembler.pop(r12);
  assembler.pop(rbx);
  assembler.ret();
  return position;
}

/** The version of Node-API that is spoken. Its position. */
function versionFunction(assembler: Assembler): number {
  assembler.align(16);
  const position = assembler.size;
  assembler.constant(rax, 8);
  assembler.ret();
  return position;
}

/** Where a function of Node-API has not answered 0. */
function leaveOnFailure(assembler: Assembler, to: Label): void {
  assembler.mov32(rax, rax); // the upper half of an int is anything
  assembler.cmpConstant(rax, 0);
  assembler.jumpIf("ne", to);
}
