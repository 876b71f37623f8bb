/** console.group indents what comes after it, to the end of the cell that opened it. */

let open = 0;

/** From now on it is known how many groups are open. */
export function countGroups(): void {
  const { group, groupEnd } = console;
  const opened = (...words: unknown[]): void => {
    open++;
    group(...words);
  };
  Object.assign(console, {
    group: opened,
    groupCollapsed: opened,
    groupEnd: () => {
      if (open > 0) open--;
      groupEnd();
    },
  });
}

/** Ends the groups that a cell has left open. */
export function endGroups(): void {
  while (open > 0) console.groupEnd();
}
