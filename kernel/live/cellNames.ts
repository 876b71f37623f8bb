/** The names that a cell of a page knows: philab's, and what only cells have. */

import * as philab from "../../src/index.js";
import { shownBundle, shownText } from "./shown.js";
import type { FromWorker } from "./words.js";

/** What a running cell says, and by which number. */
export interface RunningCell {
  readonly cell: number;
  say(message: FromWorker): void;
  /** What the cell waits for before it is done. */
  readonly pending: Promise<unknown>[];
}

/** All names; `running` is the cell that asks. `held` says how many digits of each split the page has. */
export function cellNames(
  running: () => RunningCell,
  held: Readonly<Record<string, number>>,
): Record<string, unknown> {
  const display = (
    value: unknown,
    { display_id, raw }: { display_id?: string; raw?: boolean } = {},
  ): void => {
    const { cell, say, pending } = running();
    const show = async (): Promise<void> => {
      const data = raw ? (value as Record<string, unknown>) : await shownBundle(value);
      say({ op: "display", cell, data, place: display_id });
    };
    pending.push(show());
  };
  const cellOnly = {
    display,
    clearOutput: () => running().say({ op: "clear", cell: running().cell }),
    liveDisplay: () => {
      const place = `live ${Math.random()}`;
      return (value: unknown): void => display(value, { display_id: place });
    },
    digits: (wanted: philab.DigitsOptions = {}) => heldDigits(wanted, held),
    ...refused([
      "input",
      "inputSync",
      "slider",
      "interact",
      "progress",
      "comms",
      "widget",
      "help",
      "imageFolder",
    ]),
  };
  const all = { ...philab, ...cellOnly };
  return { ...all, __philab: all };
}

/** digits, where the page has those that are asked for: it was written with the first ones alone. */
function heldDigits(
  wanted: philab.DigitsOptions,
  held: Readonly<Record<string, number>>,
): Promise<philab.Digits> {
  const { split = "train", places } = wanted;
  const count = held[split] ?? 0;
  const most =
    typeof places === "string" ? Number.POSITIVE_INFINITY : Math.max(...Array.from(places ?? [99]));
  if (most < count) return philab.digits(wanted);
  throw new RangeError(
    `digits: this page holds the first ${count} digits of "${split}"; run the notebook to have all of them`,
  );
}

/** What needs a kernel says so when it is called. */
function refused(names: readonly string[]): Record<string, () => never> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new Error(`${name}: a page has no kernel; run the notebook in JupyterLab for it`);
      },
    ]),
  );
}

/** console for cells: what is written stands below the cell. */
export function cellConsole(
  running: () => RunningCell,
): Pick<Console, "log" | "info" | "warn" | "error" | "debug"> {
  const write =
    (name: "stdout" | "stderr") =>
    (...values: unknown[]): void => {
      const text = values.map((value) => (typeof value === "string" ? value : shownText(value))).join(" ");
      running().say({ op: "stream", cell: running().cell, name, text: `${text}\n` });
    };
  const [out, err] = [write("stdout"), write("stderr")];
  return { log: out, info: out, debug: out, warn: err, error: err };
}
