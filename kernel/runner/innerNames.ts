/** V8's messages quote the JavaScript that runs: `(0 , __philab_of_f.v) is not a function`, where a cell has f. */
import { types } from "node:util";
import { variablePrefix } from "../pipe/cellNames.js";

const calledVariable = new RegExp(String.raw`\(0 , ${variablePrefix}([^\s.()]+)\.v\)`, "g");
const readVariable = new RegExp(String.raw`${variablePrefix}([^\s.()]+)\.v\b`, "g");

/** The text with the names that the cell has. */
export function withNames(text: string): string {
  return text.replace(calledVariable, "$1").replace(readVariable, "$1");
}

/** Gives an error the message that the cell's own text would have given it; leaves anything else alone. */
export function mend(thrown: unknown): void {
  if (!types.isNativeError(thrown)) return;
  const message: unknown = Object.getOwnPropertyDescriptor(thrown, "message")?.value;
  if (typeof message !== "string" || !message.includes(variablePrefix)) return;
  Reflect.set(thrown, "message", withNames(message));
}

/** A handler that mends what it is called with; what is no function stays. */
export function mending(handler: unknown): unknown {
  if (typeof handler !== "function") return handler;
  return function (this: unknown, thrown: unknown, ...more: unknown[]): unknown {
    mend(thrown);
    return Reflect.apply(handler, this, [thrown, ...more]);
  };
}
