/** Calls that SIGINT can stop, wherever they are: also in a library's loop or in WebAssembly. */
import { Script } from "node:vm";

const slot = Symbol.for("philab.guarded");
const launcher = new Script(`globalThis[Symbol.for("philab.guarded")]()`, { filename: "node:vm" });

/** Calls `body`; throws ERR_SCRIPT_EXECUTION_INTERRUPTED when SIGINT arrives meanwhile. */
export function guarded<Value>(body: () => Value): Value {
  Object.defineProperty(globalThis, slot, {
    configurable: true,
    enumerable: false,
    writable: true,
    value: body,
  });
  return launcher.runInThisContext({ breakOnSigint: true, displayErrors: false }) as Value;
}
