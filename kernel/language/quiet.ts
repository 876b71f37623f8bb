/** Work for the time in which nothing is asked. */

/**
 * Each call of what is returned begins the quiet anew. When it has lasted `ms`, `step` is taken, one at a time with an ear
 * for what comes between them, until it says that no other is wanted; after the next question it is tried again.
 */
export function whenQuiet(ms: number, step: () => boolean): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = true;
  const take = (): void => {
    isWanted = step();
    wait(1);
  };
  const wait = (delay: number): void => {
    clearTimeout(timer);
    if (isWanted) timer = setTimeout(take, delay);
  };
  return () => {
    isWanted = true;
    wait(ms);
  };
}
