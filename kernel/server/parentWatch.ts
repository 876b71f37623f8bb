/** A kernel whose front end is gone must go too. */

/** Calls `gone` when the process that started this one has ended: its id is then no longer our parent's. */
export function watchParent(gone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, 1000);
}
