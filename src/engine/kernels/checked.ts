/**
 * Calls of machine code (../x86), which the module imports. Where WebAssembly would trap, a wrong address ends the
 * process there; so it is looked at beforehand whether all that a call reads and writes lies in the memory.
 */

import type { Code } from "../wasm/code.js";
import { f64, i32, memoryPages, trap, when } from "../wasm/instructions.js";
import { callFunction, type FunctionSource } from "../wasm/module.js";
import { namedLocals, noteBytes } from "./task.js";
import type { TileStyle } from "./tile.js";
import type { FieldValues } from "./tiles.js";

/** What a call reads and writes. */
export interface Reach {
  /** Counts that are at least 1. */
  readonly counts: readonly Code[];
  /** Where each stretch of memory begins, and its bytes: numbers of 64 bits, which do not overflow as words would. */
  readonly stretches: readonly { readonly from: Code; readonly bytes: Code }[];
}

/** What a call with these values reads and writes. */
export type ReachOf<Field extends string> = (style: TileStyle, given: FieldValues<Field>) => Reach;

/** The function of all fields and the scratch memory: traps where something lies outside, else calls machine code. */
export function checked<Field extends string>(
  style: TileStyle,
  name: string,
  fields: readonly Field[],
  imported: number,
  reachOf: ReachOf<Field>,
): FunctionSource {
  return {
    name,
    params: fields.length + 1,
    body: (scope) => {
      const given = namedLocals([...fields, "scratch"], scope.params);
      const [limit, note] = [scope.local("f64"), scope.local("i32")];
      const { counts, stretches } = reachOf(style, given);
      return [
        ...counts.map((count) => when(i32.eq(count, i32.const(0)), trap)),
        limit.set(f64.mul(f64.fromWord(memoryPages), f64.const(65536))),
        ...stretches.map(({ from, bytes }) => when(f64.gt(f64.add(from, bytes), limit.get), trap)),
        note.set(i32.sub(given.scratch.get, i32.const(noteBytes))),
        ...fields.map((field, k) => i32.store(note.get, given[field].get, 4 * k)),
        callFunction(imported, note.get),
      ];
    },
  };
}

/** A word as a number of 64 bits. */
export function word(value: { readonly get: Code }): Code {
  return f64.fromWord(value.get);
}

/** A count less 1. */
export function before(count: { readonly get: Code }): Code {
  return f64.add(word(count), f64.const(-1));
}

/** A value that is known. */
export function known(n: number): { readonly get: Code } {
  return { get: i32.const(n) };
}

/** A call of a checked function, by its number. */
export function callChecked<Field extends string>(
  number: number,
  fields: readonly Field[],
  given: FieldValues<Field | "scratch">,
): Code {
  return callFunction(number, ...[...fields, "scratch" as const].map((name) => given[name].get));
}
