/** Promises as util.inspect should show them. */
import { inspect } from "node:util";

/**
 * Node writes what it tracks of a promise (whose cell it is) as properties of the promise, and util.inspect would show
 * them all. From now on they are put aside while a promise is shown.
 */
export function hidePromiseInternals(): void {
  Object.defineProperty(Promise.prototype, inspect.custom, {
    configurable: true,
    writable: true,
    value(this: Promise<unknown>, _depth: number, options: object) {
      return shown(this, options);
    },
  });
}

function shown(promise: Promise<unknown>, options: object): string {
  if (!Object.isExtensible(promise)) return "Promise {}";
  const own = Object.getOwnPropertySymbols(promise).map((symbol): [symbol, PropertyDescriptor] => [
    symbol,
    Object.getOwnPropertyDescriptor(promise, symbol) as PropertyDescriptor,
  ]);
  const internal = own.filter(([symbol]) => /async_id_symbol|kResourceStore/.test(String(symbol)));
  for (const [symbol] of internal) Reflect.deleteProperty(promise, symbol);
  Object.defineProperty(promise, inspect.custom, { configurable: true, value: undefined }); // not this one again
  try {
    return inspect(promise, options);
  } finally {
    Reflect.deleteProperty(promise, inspect.custom);
    for (const [symbol, descriptor] of internal) Object.defineProperty(promise, symbol, descriptor);
  }
}
