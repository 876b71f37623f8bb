/** Where a cell was when it was interrupted, as lines of a stack trace. V8's inspector knows it. */
import { cellFrame, cellFrames } from "./stack.js";

const inspector = process.features.inspector ? process.getBuiltinModule("node:inspector") : undefined;

let noted: Error | undefined;

/** Called between two turns of what runs when an interrupt is heard. */
export function noteWhereItRuns(): void {
  noted = new Error();
}

/** Where the main thread was at the last interrupt, if that was in a cell. */
export function whereItRan(): string {
  const frames = noted === undefined ? "" : cellFrames(noted);
  noted = undefined;
  return frames;
}

const slot = Symbol.for("philab.steps");

interface Location {
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** Where the steps of the cell `label` wait; if they run, where they are. */
export function whereItWaits(steps: Generator | undefined, label: string): string {
  const here = cellFrames(new Error());
  if (here !== "") return here;
  if (!steps || !inspector) return cellFrame(label, undefined);
  const session = new inspector.Session();
  let location: Location | undefined;
  Object.defineProperty(globalThis, slot, { configurable: true, value: steps });
  session.connect(); // of one's own thread: its answers come at once
  session.post(
    "Runtime.evaluate",
    { expression: `globalThis[Symbol.for("${slot.description}")]` },
    (_, found) => {
      const objectId = found?.result.objectId;
      if (objectId === undefined) return;
      session.post("Runtime.getProperties", { objectId, ownProperties: true }, (_, properties) => {
        const inner = properties?.internalProperties ?? [];
        location = inner.find(({ name }) => name === "[[GeneratorLocation]]")?.value?.value as Location;
      });
    },
  );
  session.disconnect();
  Reflect.deleteProperty(globalThis, slot);
  return cellFrame(label, location && { line: location.lineNumber + 1, column: location.columnNumber + 1 });
}
