import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a small file of the kernel's own, the whole of it or nothing, for whoever reads it meanwhile. Throws as Node does. */
export function writeRecord(file: string, text: string, mode = 0o666): void {
  const beside = `${file}.${process.pid}`;
  try {
    writeFileSync(beside, text, { mode });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
