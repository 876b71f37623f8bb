/** A kernel whose front end is gone must go too. */

/** Who started us: asked while this is loaded, for whoever is gone before the kernel serves is not our parent any more then. */
const parent = process.ppid;

/** Calls `gone` when the process that started this one has ended: its id is then no longer our parent's. */
export function watchParent(gone: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, 1000);
}
