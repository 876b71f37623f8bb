/** Notices when whoever ran `npm start` has ended npm: npm, and the shell between, may be gone without a signal to us. */
import { readFileSync } from "node:fs";

const lookEveryMs = 500;

/** Npm's chain of processes above us as it is while this is loaded: what breaks later is missed by nobody who asks later. */
const links = process.env.npm_lifecycle_event === undefined ? [] : chainToNpm();

/** Calls `gone` once when npm's chain of processes above us breaks, or is broken; where no script of npm's started us, never. */
export function watchStarter(gone: () => void): () => void {
  const timer = setInterval(() => {
    if (links.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    gone();
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

interface Link {
  readonly pid: number;
  readonly parent: number;
}

/** From us up to npm: the shell that it runs scripts in may stand between. */
function chainToNpm(): Link[] {
  const links: Link[] = [];
  for (let pid = process.pid; links.length < 4; ) {
    const parent = parentOf(pid);
    if (parent === undefined || parent <= 1) break;
    links.push({ pid, parent });
    if (/\bnpm\b/.test(nameOf(parent))) break;
    pid = parent;
  }
  return links;
}

/** A process's parent: ours from Node, those of others where the system has /proc. */
function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
