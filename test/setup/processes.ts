/** Processes of this machine, by /proc. */
import { readdirSync, readFileSync } from "node:fs";

/** A process and who started it. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its words, with blanks between. */
  readonly command: string;
}

/** All that run now, those that have ended but are not waited for left out. */
export function running(): RunningProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        return state === "Z" ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

/** A process and all below it, the parents first. */
export function family(pid: number, all: readonly RunningProcess[] = running()): RunningProcess[] {
  const own = all.filter((one) => one.pid === pid);
  const below = all.filter(({ parent }) => parent === pid);
  return [...own, ...below.flatMap((one) => family(one.pid, all))];
}

/** Those of them that still run after so long, looked at again and again. */
export async function leftAfter(ms: number, some: readonly RunningProcess[]): Promise<RunningProcess[]> {
  const end = performance.now() + ms;
  for (;;) {
    const now = new Map(running().map((one) => [one.pid, one.command]));
    const left = some.filter(({ pid, command }) => now.get(pid) === command);
    if (left.length === 0 || performance.now() > end) return left;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
