/** Stack traces that speak of the cell's own lines: In[6]:4:9. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { CellScript, Layers, StageMaps } from "../pipe/languageWords.js";
import { beforeLayers, type Position } from "../pipe/positions.js";
import { packageFolder } from "../place/packageRoot.js";
import { mend } from "./innerNames.js";

const kernelFolder = new URL("..", import.meta.url).href;
const ourFolder = join(packageFolder, "dist");
const ourFolders = [ourFolder, pathToFileURL(ourFolder).href];
/** So many frames of the reader's are shown, of so many that V8 keeps. */
const [shown, kept] = [10, 50];
/** Line 1 of what tslab compiles for a cell is a line of its own, before the cell. */
const linesBeforeCell = 1;

interface Way {
  /** None where the text that runs is the cell's, but for what was put into it. */
  readonly maps: StageMaps | undefined;
  readonly insertions: Layers;
  readonly linesBefore: number;
}

/** By file name in stack traces: how to get from the JavaScript that runs back to the TypeScript; the oldest first. */
const ways = new Map<string, Way>();
/** Characters of the maps, and of how many at most; errors in functions of older cells say the cell alone. */
let remembered = 0;
const mostRemembered = 8 * 2 ** 20;

/** Remembers how to get back from the JavaScript of the cell `label`. */
export function rememberMaps(label: string, { maps, insertions }: CellScript): void {
  remember(label, { maps, insertions, linesBefore: maps ? linesBeforeCell : 0 });
}

/** Remembers how to get back from the JavaScript of the module `path`. */
export function rememberModuleMaps(path: string, maps: StageMaps | undefined): void {
  if (maps) remember(path, { maps, insertions: [], linesBefore: 0 });
}

function remember(file: string, way: Way): void {
  forget(file);
  ways.set(file, way);
  remembered += lengthOf(way);
  for (const oldest of ways.keys()) {
    if (remembered <= mostRemembered || oldest === file) return;
    forget(oldest);
  }
}

function forget(file: string): void {
  const way = ways.get(file);
  if (way && ways.delete(file)) remembered -= lengthOf(way);
}

/** What a way and each of its insertions take is as much as so many characters of a map. */
const lengthOfOne = 64;

function lengthOf({ maps, insertions }: Way): number {
  const ofMaps = maps ? maps.first.length + maps.second.length : 0;
  return ofMaps + lengthOfOne * (1 + insertions.flat().length);
}

/** From now on `error.stack` shows the reader's frames, with their positions in cells, and how many others there are. */
export function installStackTraces(): void {
  Error.stackTraceLimit = kept;
  Error.prepareStackTrace = (error, sites) =>
    [headline(error), ...told(withoutRunner(sites), process.env.PHILAB_FRAMES === "all")].join("\n    at ");
}

/** The lines of an error's stack, where it has some of a cell. */
export function cellFrames(error: Error): string {
  const [, ...lines] = (error.stack ?? "").split("\n");
  return lines.some((line) => /\bIn\[\d+\]/.test(line)) ? lines.map((line) => `\n${line}`).join("") : "";
}

/** The frame of a cell at a position in its JavaScript. */
export function cellFrame(label: string, at: Position | undefined): string {
  const place = at && sourcePosition(label, at.line, at.column);
  return `\n    at ${place ? `${label}:${place.line}:${place.column}` : label}`;
}

function told(sites: readonly NodeJS.CallSite[], isAll: boolean): string[] {
  if (isAll) return sites.map(located);
  const lines = sites
    .filter((site) => isReaders(fileOf(site)))
    .slice(0, shown)
    .map(located);
  const others = sites.length - lines.length;
  if (others === 0) return lines;
  const number = `${others} more ${others === 1 ? "frame" : "frames"}`;
  const how = `process.env.PHILAB_FRAMES = "all" shows ${others === 1 ? "it" : "them"}`;
  const whose = lines.length < shown ? " of philab, packages and Node" : "";
  return [...lines, `… ${number}${whose} (${how})`];
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
  const place = maps ? mapped(maps, { line, column }) : { line, column };
  return place && beforeLayers(insertions, { ...place, line: place.line - linesBefore });
}

function mapped({ first, second }: StageMaps, { line, column }: Position): Position | undefined {
  const between = originalPositionFor(new TraceMap(second), { line, column: column - 1 });
  if (between.line === null) return undefined;
  const place = originalPositionFor(new TraceMap(first), { line: between.line, column: between.column });
  return place.line === null ? undefined : { line: place.line, column: place.column + 1 };
}

function headline(error: unknown): string {
  mend(error);
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return "Error";
  }
}

/** Without what runs cells: the runner's own frames and, below the cell, Node's. */
function withoutRunner(sites: readonly NodeJS.CallSite[]): NodeJS.CallSite[] {
  const others = sites.filter((site) => !fileOf(site).startsWith(kernelFolder) && fileOf(site) !== "node:vm");
  const lastOfCell = others.findLastIndex((site) => isLabel(fileOf(site)));
  return others.filter((site, i) => i <= lastOfCell || lastOfCell < 0 || !isNodes(fileOf(site)));
}

/** Of a cell, or of a module that is no package's and not ours. */
function isReaders(file: string): boolean {
  if (isNodes(file) || /[\\/]node_modules[\\/]/.test(file)) return false;
  return !ourFolders.some((folder) => file.startsWith(folder));
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
  const written = `${file}:${line}:${column}`;
  if (place) return String(site).replace(written, `${file}:${place.line}:${place.column}`);
  return isLabel(file) ? String(site).replace(written, file) : String(site); // no position of the cell's own
}
