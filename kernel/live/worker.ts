/** The worker of a live page: cells run here, one after the other, and the page stays free. */

import { answerTo } from "../pipe/answeringValues.js";
import { cellConsole, cellNames, type RunningCell } from "./cellNames.js";
import { cellScript } from "./cellScript.js";
import { shownBundle } from "./shown.js";
import type { FromWorker, ToWorker } from "./words.js";

/** What a worker has. */
interface WorkerScope {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { data: ToWorker }) => void) | null;
  importScripts(address: string): void;
  fetch: unknown;
}

const scope = globalThis as unknown as WorkerScope;
const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<unknown>;

let names: Record<string, unknown> = {};
let current: RunningCell = { cell: -1, say: (message) => scope.postMessage(message), pending: [] };
let before: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  if (data.op === "begin") begin(data);
  else if (data.op === "run") before = before.then(() => run(data.cell, data.source));
  else before = before.then(() => answer(data.number, data.content));
};

/** As plain JSON, which is what a kernel would answer; or why there is no answer. */
function answer(number: number, content: unknown): void {
  try {
    const plain: unknown = JSON.parse(JSON.stringify(answerTo(content)));
    scope.postMessage({ op: "answer", number, content: plain });
  } catch (error) {
    const { about } = content as { about?: unknown };
    scope.postMessage({ op: "answer", number, content: { about, problem: (error as Error).message } });
  }
}

function begin({ mathjs, files, digits }: Extract<ToWorker, { op: "begin" }>): void {
  Object.assign(scope, {
    fetch: async (path: string) => fileAnswer(path, files),
    philabLoadMathjs: () => loaded(mathjs),
  });
  names = Object.assign(
    Object.create(null),
    cellNames(() => current, digits),
    { console: cellConsole(() => current) },
  );
}

/** mathjs comes with pages whose cells speak of it. */
function loaded(mathjs: string | undefined): unknown {
  if (mathjs === undefined)
    throw new Error("math: this page was written without mathjs, since no cell used it");
  if (!("math" in scope)) scope.importScripts(mathjs);
  return (scope as unknown as { math: unknown }).math;
}

/** What would be fetched from beside a served page lies in the page itself. */
function fileAnswer(path: string, files: Readonly<Record<string, string>>): object {
  const text = files[path];
  if (text === undefined) return { ok: false, status: "not in this page" };
  return {
    ok: true,
    arrayBuffer: async () => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer,
  };
}

async function run(cell: number, source: string): Promise<void> {
  current = { cell, say: (message) => scope.postMessage(message), pending: [] };
  try {
    const { code, names: declared } = cellScript(source);
    for (const name of declared) if (!(name in names)) names[name] = undefined;
    const value = await new AsyncFunction(
      "names",
      `with (names) { return await (async () => {${code}\n})(); }`,
    )(names);
    await settled(current.pending);
    if (value !== undefined)
      current.say({ op: "display", cell, data: await shownBundle(value), place: undefined });
    current.say({ op: "done", cell, error: undefined });
  } catch (error) {
    current.say({
      op: "done",
      cell,
      error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    });
  }
}

/** Displays may ask for others while they are awaited. */
async function settled(pending: readonly Promise<unknown>[]): Promise<void> {
  for (let k = 0; k < pending.length; k++) await pending[k];
}
