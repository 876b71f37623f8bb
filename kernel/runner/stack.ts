/** Stack traces that speak of the cell's own lines: In[6]:4:9. */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { beforeLayers } from "../language/insertions.js";
import type { CellScript } from "../language/protocol.js";

const runnerFolder = new URL(".", import.meta.url).href;
/** Line 1 of what tslab compiles is a line of its own, before the cell. */
const linesBefore = 1;
const scripts = new Map<string, Pick<CellScript, "maps" | "insertions">>();

/** Remembers how to get from `label`'s JavaScript back to its TypeScript. */
export function rememberMaps(label: string, { maps, insertions }: CellScript): void {
  scripts.set(label, { maps, insertions });
}

/** From now on `error.stack` shows positions in cells, and none of the runner's own frames. */
export function installStackTraces(): void {
  Error.prepareStackTrace = (error, sites) => {
    const frames = visible(sites).map((site) => `\n    at ${located(site)}`);
    return headline(error) + frames.join("");
  };
}

/** A position in a cell's JavaScript → in its TypeScript. */
export function cellPosition(
  label: string,
  line: number,
  column: number,
): { line: number; column: number } | undefined {
  const { maps, insertions } = scripts.get(label) ?? {};
  if (!maps || !insertions) return undefined;
  const second = originalPositionFor(new TraceMap(maps.second), { line, column: column - 1 });
  if (second.line === null) return undefined;
  const first = originalPositionFor(new TraceMap(maps.first), { line: second.line, column: second.column });
  if (first.line === null) return undefined;
  return beforeLayers(insertions, { line: first.line - linesBefore, column: first.column + 1 });
}

function headline(error: unknown): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

/** Without the runner's frames; below the cell, also without Node's. */
function visible(sites: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const others = sites.filter((site) => !fileOf(site).startsWith(runnerFolder) && fileOf(site) !== "node:vm");
  const lastOfCell = others.findLastIndex((site) => isLabel(fileOf(site)));
  return others.filter((site, i) => i <= lastOfCell || lastOfCell < 0 || !fileOf(site).startsWith("node:"));
}

function fileOf(site: NodeJS.CallSite): string {
  return site.getFileName() ?? "";
}

function isLabel(file: string): boolean {
  return file.startsWith("In[");
}

function located(site: NodeJS.CallSite): string {
  return String(site).replace(
    /(In\[\d+\]):(\d+):(\d+)/g,
    (raw, label: string, line: string, column: string) => {
      const place = cellPosition(label, Number(line), Number(column));
      return place ? `${label}:${place.line}:${place.column}` : raw;
    },
  );
}
