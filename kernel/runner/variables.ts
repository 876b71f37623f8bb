/**
 * The variables of all cells: one plain object, because a Proxy would make every access in a loop slow.
 * Prelude names are getters until they are used or declared anew.
 */
import { loadCell, loadPhilab } from "./modules.js";

export const cellVariables: Record<string, unknown> = {};

/** Makes a getter for each prelude name that is not there yet; its module is loaded at the first use of any. */
export function declarePrelude(names: readonly string[]): void {
  for (const name of names) if (!Object.hasOwn(cellVariables, name)) declareLazily(name);
}

function declareLazily(name: string): void {
  Object.defineProperty(cellVariables, name, {
    configurable: true,
    enumerable: true,
    get: () => {
      const cell = loadCell();
      const value = name in cell ? cell[name] : loadPhilab()[name];
      setVariable(name, value);
      return value;
    },
    set: (value: unknown) => setVariable(name, value),
  });
}

function setVariable(name: string, value: unknown): void {
  Object.defineProperty(cellVariables, name, { configurable: true, enumerable: true, writable: true, value });
}

/** What converted code calls for an imported name: a variable like any other, so that it can be declared anew. */
export function defineVariable(name: string, attributes: PropertyDescriptor): void {
  if (name !== "__esModule") setVariable(name, attributes.get ? attributes.get() : attributes.value);
}

/** Which names have been given a value since: call before a cell, and the result after it. */
export function watchAssignments(): () => string[] {
  const before = contents();
  return () =>
    [...contents()]
      .filter(([name, value]) => !before.has(name) || before.get(name) !== value)
      .map(([name]) => name);
}

/** Names and values; for a lazy name its getter, so that nothing is loaded. */
function contents(): Map<string, unknown> {
  const descriptors = Object.getOwnPropertyDescriptors(cellVariables);
  return new Map(Object.entries(descriptors).map(([name, { get, value }]) => [name, get ?? value]));
}
