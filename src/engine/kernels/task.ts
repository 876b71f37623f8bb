/**
 * A task is a piece of work that one thread does: a function of the module, called with the address of its record (its
 * own number, then its arguments, 32-bit words) and with the thread's own scratch memory.
 */

import type { Code } from "../wasm/code.js";
import { i32, type Local } from "../wasm/instructions.js";
import type { FunctionSource, Scope } from "../wasm/module.js";

/** Words in a record: the task's number and up to 15 arguments. */
export const recordWords = 16;

/** The scratch memory of each thread, in bytes. */
export const scratchBytes: number = 1 << 19;

export type TaskScope<Argument extends string> = Scope & Readonly<Record<Argument | "scratch", Local>>;

/** A task as a function of its named arguments, in the order in which the record holds them. */
export function task<const Argument extends string>(
  name: string,
  args: readonly Argument[],
  body: (scope: TaskScope<Argument>) => readonly Code[],
): FunctionSource {
  return {
    name,
    params: 2,
    body: (scope) => {
      const [record, scratch] = scope.params;
      const locals = args.map((_, k) => ({ local: scope.local("i32"), offset: 4 * (k + 1) }));
      const named = Object.fromEntries(args.map((argument, k) => [argument, locals[k].local]));
      const load = locals.map(({ local, offset }) => local.set(i32.load(record.get, offset)));
      return [...load, ...body({ ...scope, ...named, scratch } as unknown as TaskScope<Argument>)];
    },
  };
}
