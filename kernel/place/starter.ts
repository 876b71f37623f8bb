/** Whoever started this process: a front end that is gone takes its kernel with it. */

/** Asked while this is loaded, for whoever is gone later is not our parent any more then. */
const parent = process.ppid;

/** What Jupyter calls itself when it starts a kernel: it may be gone before this is loaded. On Windows it is no process's id. */
const named = process.platform === "win32" ? undefined : process.env.JPY_PARENT_PID;

/** Whether it has ended: its id is no longer our parent's, or it says who it is and nobody is there. */
export function isStarterGone(starter: string | undefined = named): boolean {
  return (
    process.ppid !== parent ||
    (starter !== undefined && /^[1-9]\d*$/.test(starter) && !isThere(Number(starter)))
  );
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
