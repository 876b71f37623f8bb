/** Files and folders that a process makes for a moment and takes away again: where it is killed, the next one does. */
import { createHash, randomBytes } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Processes are numbered on each machine, and a folder may be seen from several. */
const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 6);

/** A name that no other process and no other moment has, and that says which process is to take it away. */
export function momentaryName(before: string, after: string): string {
  return `${before}${process.pid}-${machine}-${randomBytes(6).toString("hex")}${after}`;
}

/** Takes away what has such a name in the folder and was made on this machine, by a process that has ended. */
export async function sweepLeftovers(folder: string, before: string, after: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(before) || !name.endsWith(after)) continue;
    const middle = name.slice(before.length, name.length - after.length);
    const [, maker, where] = /^(\d{1,10})-([0-9a-f]{6})-[0-9a-f]{12}$/.exec(middle) ?? [];
    if (maker === undefined || where !== machine || isRunning(Number(maker))) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"; // another user's
  }
}
