/** Lines of words as columns of one width; those `right` are numbers and end at the same place. */
export function columns(lines: readonly (readonly string[])[], right: readonly number[]): string {
  const widths = lines[0]!.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)));
  const pad = (text: string, at: number): string =>
    right.includes(at) ? text.padStart(widths[at]!) : text.padEnd(widths[at]!);
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
