/** How long a process has had a processor: what others take beside it does not count. */
import { readFileSync } from "node:fs";

/** Linux counts in hundredths of a second, whatever the machine. */
const tick = 10;

/** Milliseconds of processor time of a process and all its threads; undefined where the system does not say. */
export function processorTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name may hold anything
    return tick * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return undefined;
  }
}
