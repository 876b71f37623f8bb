/** What passed is not asked again while nothing that it reads has changed. */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the package. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url));

const folder = join(root, "node_modules/.cache/philab");

/** SHA-256 of files of the package, with their names; one that is missing has no bytes. */
export function digestOf(files: readonly string[], ...said: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(said));
  for (const file of files) hash.update(`\0${file}\0`).update(digestOfOne(file));
  return hash.digest("hex");
}

const known = new Map<string, string>();

function digestOfOne(file: string): string {
  const digest = known.get(file) ?? createHash("sha256").update(bytesOf(file)).digest("hex");
  known.set(file, digest);
  return digest;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(join(root, file));
  } catch {
    return new Uint8Array();
  }
}

/**
 * Asks those whose digest is not the one with which they passed last, and those that have none; keeps all digests when they
 * pass. Where one fails all that were asked are asked again. Whether they passed.
 */
export function askChanged(
  name: string,
  digests: ReadonlyMap<string, string | undefined>,
  ask: (changed: readonly string[]) => boolean,
): boolean {
  const file = join(folder, `${name}.json`);
  const kept = readKept(file);
  const changed = [...digests]
    .filter(([what, digest]) => digest === undefined || kept[what] !== digest)
    .map(([what]) => what);
  const passed = changed.length === 0 || ask(changed);
  console.log(
    `${name}: ${changed.length} of ${digests.size} files asked; what the others read has not changed`,
  );
  if (!passed) return false;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(Object.fromEntries(digests)));
  return true;
}

/** Nothing where there is no such file, or one that is damaged. */
function readKept(file: string): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
