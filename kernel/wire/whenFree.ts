/** Whoever looks for a free port, or calls from one, has it for a moment only: whoever is to listen there waits. */

/** Milliseconds that a port is waited for, and between two tries. */
const [longestHold, betweenTries] = [2_000, 50];

/** What `bind` gives once nobody else has the port. Throws as it does where somebody keeps it. */
export async function whenFree<T>(bind: () => Promise<T>): Promise<T> {
  const until = performance.now() + longestHold;
  for (;;) {
    try {
      return await bind();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EADDRINUSE" || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, betweenTries));
    }
  }
}
