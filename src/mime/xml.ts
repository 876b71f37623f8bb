/** Characters that mean something to XML, written as references. */
export function escaped(raw: string): string {
  const names: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return raw.replace(/[&<>"']/g, (letter) => names[letter]);
}
