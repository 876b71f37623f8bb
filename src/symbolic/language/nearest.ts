/** What a reader may have meant by a word that nobody knows. */

/** Of the names with the same first letter the nearest, at most two letters away (one for short words); else undefined. */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.replaceAll(/[_\s-]/g, "").toLowerCase();
  const [nearest] = names
    .filter((name) => name[0].toLowerCase() === text[0]?.toLowerCase())
    .map((name) => ({ name, distance: distance(plain(text), plain(name)) }))
    .filter((near) => near.distance <= (text.length > 3 ? 2 : 1) && near.name.length > near.distance)
    .sort((x, y) => x.distance - y.distance);
  return nearest?.name;
}

/** How many letters must be put in, left out or changed (Levenshtein's distance). */
function distance(x: string, y: string): number {
  let row = Array.from({ length: y.length + 1 }, (_, k) => k);
  for (let i = 1; i <= x.length; i++) {
    const next = [i];
    for (let j = 1; j <= y.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (x[i - 1] === y[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[y.length];
}
