/** How a value shows itself: a MIME bundle, always with text/plain, always plain JSON. */
import { inspect, types } from "node:util";
import { remember } from "../pipe/answeringValues.js";
import type { Bundle } from "../pipe/runnerWords.js";
import { listBundle } from "./listBundle.js";
import { plainJson } from "./plainJson.js";
import { summary } from "./summary.js";

const displaySymbol = Symbol.for("Jupyter.display");

/** The bundle of a value: what its Symbol.for("Jupyter.display") method says, or a bounded util.inspect. */
export function bundleOf(value: unknown): Bundle | Promise<Bundle> {
  const own = displayMethod(value);
  if (!own) {
    const text = types.isPromise(value) ? promiseText(value) : summary(value);
    return listBundle(value, ownBundle, text) ?? { "text/plain": text };
  }
  remember(value);
  const made: unknown = own.call(value);
  return types.isPromise(made) ? made.then((bundle) => checked(bundle, value)) : checked(made, value);
}

/** The bundle of an entry that shows itself at once. */
function ownBundle(value: unknown): Bundle | undefined {
  const made = displayMethod(value)?.call(value);
  return made === undefined || types.isPromise(made) ? undefined : checked(made, value);
}

/** A promise is mostly one that was meant to be awaited. */
function promiseText(value: Promise<unknown>): string {
  return `${summary(value)}\na promise, not its value: write await before it`;
}

/** A bundle given as data (`raw: true`): strings stay, bytes become base64, the rest plain JSON. */
export function rawBundle(data: unknown): Bundle {
  if (typeof data !== "object" || data === null) {
    throw new TypeError(`display: a raw bundle of type ${typeof data}; needed an object of MIME type → data`);
  }
  return Object.fromEntries(Object.entries(data).map(([mime, value]) => [mime, json(mime, value)]));
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return undefined;
  try {
    const method: unknown = (value as Record<symbol, unknown>)[displaySymbol];
    return typeof method === "function" ? (method as () => unknown) : undefined;
  } catch {
    return undefined; // a hostile getter or Proxy shows as util.inspect shows it
  }
}

function checked(made: unknown, value: unknown): Bundle {
  if (typeof made !== "object" || made === null) {
    throw new TypeError(
      `Symbol.for("Jupyter.display") returned ${inspect(made)}; needed an object of MIME type → data`,
    );
  }
  const bundle = rawBundle(made);
  return "text/plain" in bundle ? bundle : { ...bundle, "text/plain": summary(value) };
}

function json(mime: string, value: unknown): unknown {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  const plain = plainJson(value);
  if (plain === undefined)
    throw new TypeError(`display: ${mime} is ${inspect(value)}; needed text, bytes or JSON`);
  return plain;
}
