/** A file that is written whole or not at all, and told from one that somebody else has put in its place. */

import type { Files, NodeFiles } from "./files.node.js";

/** Writes the bytes; what is there becomes the previous one, unless it is damaged and the previous one is all there is. */
export async function replaceFile(
  { files, folderOf, freshWord }: NodeFiles,
  path: string,
  bytes: Uint8Array,
  keepsOld: boolean,
): Promise<void> {
  const beside = `${path}.${freshWord()}.new`;
  const file = await files.open(beside, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  if (keepsOld) await files.rename(path, `${path}.previous`).catch(unlessMissing);
  await files.rename(beside, path);
  const names = await files.open(folderOf(path), "r");
  await names.sync().finally(() => names.close());
}

/** Removes what trainings that were killed had begun to write; one that is writing it now fails, and ends. */
export async function sweep({ files, folderOf, nameOf }: NodeFiles, path: string): Promise<void> {
  const folder = folderOf(path);
  const names = await files.readdir(folder).catch(() => []);
  const own = `${nameOf(path)}.`;
  const begun = names.filter((name) => name.startsWith(own) && unfinished.test(name.slice(own.length)));
  for (const name of begun) await files.rm(`${folder}/${name}`, { force: true });
}

/** What `replaceFile` adds to a name, now and before it added a word: a file of the reader's that is called alike stays. */
const unfinished = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.)?new$/;

/** What differs between two files that were at a path one after the other; undefined where there is none. */
export async function stampOf(files: Files, path: string): Promise<string | undefined> {
  const stat = await files.stat(path).catch(unlessMissing);
  return stat && [stat.ino, stat.mtimeMs, stat.size].join();
}

/** What is at a path; undefined where nothing is. */
export async function bytesAt(files: Files, path: string): Promise<Uint8Array | undefined> {
  return files.readFile(path).catch(unlessMissing);
}

function unlessMissing(error: { code?: string }): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}
