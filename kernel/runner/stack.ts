/** Stack traces that speak of the cell's own lines: In[6]:4:9. */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { CellScript, Layers, StageMaps } from "../pipe/languageWords.js";
import { beforeLayers } from "../pipe/positions.js";

const kernelFolder = new URL("..", import.meta.url).href;
/** Line 1 of what tslab compiles for a cell is a line of its own, before the cell. */
const linesBeforeCell = 1;

interface Way {
  readonly maps: StageMaps;
  readonly insertions: Layers;
  readonly linesBefore: number;
}

/** By file name in stack traces: how to get from the JavaScript that runs back to the TypeScript. */
const ways = new Map<string, Way>();

/** Remembers how to get back from the JavaScript of the cell `label`. */
export function rememberMaps(label: string, { maps, insertions }: CellScript): void {
  if (maps) ways.set(label, { maps, insertions, linesBefore: linesBeforeCell });
}

/** Remembers how to get back from the JavaScript of the module `path`. */
export function rememberModuleMaps(path: string, maps: StageMaps | undefined): void {
  if (maps) ways.set(path, { maps, insertions: [], linesBefore: 0 });
}

/** From now on `error.stack` shows positions in cells, and none of the runner's own frames. */
export function installStackTraces(): void {
  Error.prepareStackTrace = (error, sites) => {
    const frames = visible(sites).map((site) => `\n    at ${located(site)}`);
    return headline(error) + frames.join("");
  };
}

/** A position in the JavaScript of a cell or local module → in its TypeScript. */
function sourcePosition(
  file: string,
  line: number,
  column: number,
): { line: number; column: number } | undefined {
  const way = ways.get(file);
  if (!way) return undefined;
  const { maps, insertions, linesBefore } = way;
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
  const others = sites.filter((site) => !fileOf(site).startsWith(kernelFolder) && fileOf(site) !== "node:vm");
  const lastOfCell = others.findLastIndex((site) => isLabel(fileOf(site)));
  return others.filter((site, i) => i <= lastOfCell || lastOfCell < 0 || !isNodes(fileOf(site)));
}

function fileOf(site: NodeJS.CallSite): string {
  return site.getFileName() ?? "";
}

/** Node's own code, or none at all, as of Generator.next. */
function isNodes(file: string): boolean {
  return file === "" || file.startsWith("node:");
}

function isLabel(file: string): boolean {
  return file.startsWith("In[");
}

function located(site: NodeJS.CallSite): string {
  const file = fileOf(site);
  const [line, column] = [site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0];
  const place = sourcePosition(file, line, column);
  const text = String(site);
  return place ? text.replace(`${file}:${line}:${column}`, `${file}:${place.line}:${place.column}`) : text;
}
