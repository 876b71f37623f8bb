import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Writes `text` to `file`, the whole of it or nothing: a file beside it, flushed, then renamed over it. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const beside = join(
    dirname(file),
    `.${basename(file).slice(0, 100)}.${randomBytes(6).toString("hex")}.part`,
  );
  try {
    const handle = await open(beside, "wx");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
