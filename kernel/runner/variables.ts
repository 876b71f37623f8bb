/**
 * The variables of all cells, one for each name: converted code asks for it by `cellVariable(name)` and reads and writes
 * its value there, whatever cell the code stands in. Prelude names have no value until they are read.
 */
import { loadCell, loadPhilab } from "./modules.js";

/** One variable: all cells' code holds this same object. The names are short, for they stand in V8's messages. */
interface Variable {
  v: unknown;
  /** Whether a cell has declared it. */
  set: boolean;
}

/** What cells know as `exports`: the variables by their names, and what else is written there. */
export const cellVariables: Record<string, unknown> = {};

const variables = new Map<string, Variable>();

/** The variables as the scope of code that is read when it runs, as by `eval`. */
export const scopeOfVariables: object = new Proxy(Object.create(null) as object, {
  has: (_, name) => typeof name === "string" && variables.has(name),
  get: (_, name) => (typeof name === "string" ? variables.get(name)?.v : undefined),
  set(_, name, value) {
    (variables.get(String(name)) as Variable).v = value;
    return true;
  },
});

/** A variable of the prelude: its module is loaded at the first use of any. */
class LazyVariable implements Variable {
  set = true;
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  get v(): unknown {
    const cell = loadCell();
    this.v = this.#name in cell ? cell[this.#name] : loadPhilab()[this.#name];
    return this.v;
  }

  set v(value: unknown) {
    Object.defineProperty(this, "v", { ...plain, writable: true, value });
  }
}

/** Makes a lazy variable of each prelude name that is not there yet. */
export function declarePrelude(names: readonly string[]): void {
  for (const name of names) if (!variables.has(name)) add(name, new LazyVariable(name));
}

/** The variable of that name, made if there is none. */
export function cellVariable(name: string): Variable {
  const known = variables.get(name);
  if (known) return known;
  const written = Object.hasOwn(cellVariables, name);
  return add(name, { v: cellVariables[name], set: written });
}

function add(name: string, made: Variable): Variable {
  variables.set(name, made);
  Object.defineProperty(cellVariables, name, {
    configurable: true,
    enumerable: true,
    get: () => made.v,
    set: (value: unknown) => {
      made.v = value;
    },
  });
  return made;
}

/** What converted code calls for an imported name: a variable like any other, so that it can be declared anew. */
export function defineVariable(name: string, attributes: PropertyDescriptor): void {
  if (name === "__esModule") return;
  const imported = cellVariable(name);
  imported.set = true;
  const value: unknown = attributes.get ? attributes.get() : attributes.value;
  // a getter's call is more than twice a variable's, and a module seldom gives another function its name
  if (attributes.get && typeof value !== "function") follow(imported, attributes.get);
  else imported.v = value;
}

/** Until a cell gives it another value, the variable has what the module's has. */
function follow(imported: Variable, get: () => unknown): void {
  const set = (value: unknown): void => {
    Object.defineProperty(imported, "v", { ...plain, writable: true, value });
  };
  Object.defineProperty(imported, "v", { ...plain, get, set });
}

const plain = { configurable: true, enumerable: true };

/** Which names have been declared or given a value since: call before a cell, and the result after it. */
export function watchAssignments(): () => string[] {
  const before = contents();
  return () => {
    const after = contents();
    const names = [...variables.keys()]; // in the order in which they were made: none is ever taken away
    return names.filter((name, i) => (i >= before.length || before[i] !== after[i]) && isDeclared(name));
  };
}

function isDeclared(name: string): boolean {
  const { set, v } = variables.get(name) as Variable;
  return set || v !== undefined;
}

/** The values; for a lazy name its variable, so that nothing is loaded, and for one without a value too. */
function contents(): unknown[] {
  return Array.from(variables.values(), stateOf);
}

const nothing = Symbol("nothing");

function stateOf(each: Variable): unknown {
  const value = Object.hasOwn(each, "v") ? each.v : each;
  return value === undefined && !each.set ? nothing : value;
}
