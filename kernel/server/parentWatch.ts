/** A kernel whose front end is gone must go too. */
import { isStarterGone } from "../place/starter.js";

/** Calls `gone` when whoever started this process has ended. */
export function watchParent(gone: () => void): void {
  const timer = setInterval(() => {
    if (!isStarterGone()) return;
    clearInterval(timer);
    gone();
  }, 1000);
}
