/**
 * The notebook's folder as TypeScript knows it: a stand-in that is the same for every notebook, so that a compiler made
 * ready before anybody knew the notebook serves it. Every path that TypeScript asks the file system about goes
 * through here.
 */
import { dirname, join, sep } from "node:path";
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

/** A folder that is nowhere. The folders above it stand for those above the notebook: so many of them are known. */
const above = 12;
export const standIn: string = `/notebook${"/above".repeat(above)}/folder`;
const segments = standIn.split("/");

let folder: string | undefined;

/** From now on the stand-in is this folder. */
export function enterFolder(path: string): void {
  folder = path;
}

/** The notebook's folder; undefined while a compiler is made ready for any. */
export function notebookFolder(): string | undefined {
  return folder;
}

/** Where a path that TypeScript uses is on disk: below the stand-in, or below one of the folders above it. */
export function onDisk(path: string): string {
  if (folder === undefined || !path.startsWith("/notebook/")) return path;
  const parts = path.split("/");
  const shared = parts.findIndex((part, i) => part !== segments[i]);
  const kept = shared < 0 ? Math.min(parts.length, segments.length) : shared;
  let place = folder;
  for (let steps = segments.length - kept; steps > 0; steps--) place = dirname(place);
  return join(place, ...parts.slice(kept));
}

/** The name that TypeScript uses for what is on disk in the notebook's folder; packages and other paths stay. */
export function asStandIn(path: string): string {
  if (folder === undefined || !(path === folder || path.startsWith(folder + sep))) return path;
  if (path.includes(`${sep}node_modules${sep}`)) return path;
  return standIn + path.slice(folder.length).replaceAll(sep, "/");
}

/** A message of TypeScript's, with the folder's own name. */
export function withFolderName(text: string): string {
  return folder === undefined ? text : text.replaceAll(standIn, folder);
}

/** Makes TypeScript's file system see the notebook's folder where the stand-in is. */
export function standInFileSystem(ts: Ts): void {
  const { sys } = ts;
  const { readFile, fileExists, directoryExists, getDirectories, readDirectory, realpath } = sys;
  sys.getCurrentDirectory = () => standIn;
  sys.readFile = (path, encoding) => readFile(onDisk(path), encoding);
  sys.fileExists = (path) => fileExists(onDisk(path));
  sys.directoryExists = (path) => directoryExists(onDisk(path));
  sys.getDirectories = (path) => getDirectories(onDisk(path));
  sys.readDirectory = (path, ...rest: DirectoryQuestion) =>
    readDirectory(onDisk(path), ...rest).map(asStandIn);
  if (realpath) sys.realpath = (path) => asStandIn(realpath(onDisk(path)));
}

type DirectoryQuestion =
  Parameters<TypeScript.System["readDirectory"]> extends [string, ...infer Rest] ? Rest : never;
