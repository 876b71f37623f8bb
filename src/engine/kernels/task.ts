/**
 * A task is a piece of work that one thread does: a function of the module, called with the address of its record (its
 * own number, then its fields, 32-bit words) and with the thread's own scratch memory. Which fields a kind of task has,
 * and in which order, is written once, where its kernel is: who describes a task names them, and its function gets a
 * local variable for each.
 */

import type { Code } from "../wasm/code.js";
import { i32, type Local } from "../wasm/instructions.js";
import type { FunctionScope, FunctionSource } from "../wasm/module.js";

/** Words in a record: the number of the task's function, and up to 15 fields. */
export const recordWords = 16;

/** The least scratch memory of each thread, in bytes. */
export const scratchBytes: number = 1 << 19;

/** Bytes before it, for the record of a call of machine code. */
export const noteBytes: number = 4 * recordWords;

/** Something to be done: the name of the function that does it, and its fields in the order of the record. */
export interface Task {
  readonly name: string;
  readonly words: readonly number[];
}

/** A number for each field; what has any other does not compile, spread literals included. */
type Given<Field extends string, All> = All & Readonly<Record<Exclude<keyof All, Field>, never>>;

/** What all tasks of one function have in common. Called with a number for each field, it makes such a task. */
export interface TaskKind<Field extends string> {
  <All extends Readonly<Record<Field, number>>>(fields: Given<Field, All>): Task;
  readonly functionName: string;
  readonly fields: readonly Field[];
}

/** Tasks that differ in their function, but not in their fields. */
export type TaskKinds<Variant extends string, Field extends string> = Readonly<
  Record<Variant, TaskKind<Field>>
>;

/** A kind of task by its fields, in the order in which the record holds them. Throws Error where it holds fewer. */
export function taskKind<const Field extends string>(
  functionName: string,
  fields: readonly Field[],
): TaskKind<Field> {
  if (fields.length >= recordWords) {
    throw new Error(
      `engine: ${functionName} has ${fields.length} fields; a record holds at most ${recordWords - 1}`,
    );
  }
  const make = (given: Readonly<Record<Field, number>>): Task => ({
    name: functionName,
    words: fields.map((field) => given[field]),
  });
  return Object.assign(make, { functionName, fields });
}

/** Kinds with the same fields; a function's name begins with its variant's. */
export function taskKinds<const Variant extends string, const Field extends string>(
  variants: readonly Variant[],
  name: string,
  fields: readonly Field[],
): TaskKinds<Variant, Field> {
  const kinds = variants.map((variant) => [variant, taskKind(`${variant}${name}`, fields)]);
  return Object.fromEntries(kinds) as TaskKinds<Variant, Field>;
}

/** Local variables by the names of what they hold. */
export type Named<Field extends string> = Readonly<Record<Field, Local>>;

/** The locals, in order, by these names. */
export function namedLocals<Field extends string>(
  fields: readonly Field[],
  locals: readonly Local[],
): Named<Field> {
  return Object.fromEntries(fields.map((field, k) => [field, locals[k]])) as Named<Field>;
}

export type TaskScope<Field extends string> = FunctionScope & Named<Field | "scratch">;

/** The function that does tasks of a kind: each field of its record is a local variable. */
export function taskFunction<Field extends string>(
  { functionName, fields }: TaskKind<Field>,
  body: (scope: TaskScope<Field>) => readonly Code[],
): FunctionSource {
  return {
    name: functionName,
    params: 2,
    body: (scope) => {
      const [record, scratch] = scope.params;
      const locals = scope.locals("i32", fields.length);
      const load = locals.map((local, k) => local.set(i32.load(record.get, 4 * (k + 1))));
      const named = namedLocals(fields, locals);
      return [...load, ...body({ ...scope, ...named, scratch } as TaskScope<Field>)];
    },
  };
}
