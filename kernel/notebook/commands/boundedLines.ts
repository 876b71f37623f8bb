/** What is told of a notebook that may have thousands of faults: so much that a reader sees which they are. */

/** So many of a kind are told of a notebook. */
export const mostLines = 25;
/** So many signs of each. */
const mostSigns = 1_500;

/** The first of the lines, each no longer than fits a screen, and how many there are besides. */
export function boundedLines(lines: readonly string[], rest: string): string[] {
  const told = lines.slice(0, mostLines).map(cut);
  const left = lines.length - told.length;
  return left === 0 ? told : [...told, `… and ${left.toLocaleString("en")} ${rest}; --all tells them`];
}

function cut(line: string): string {
  if (line.length <= mostSigns) return line;
  return `${line.slice(0, mostSigns)} … (${line.length.toLocaleString("en")} signs; --all tells them)`;
}
