/** How deep the groups of a TeX nest: braces, \left … \right and environments. Typesetters go as deep by calls. */
export function groupDepth(tex: string): number {
  let [depth, most] = [0, 0];
  for (const [sign] of tex.matchAll(/\\(?:left|right|begin|end)(?![a-zA-Z])|\\[\s\S]|[{}]/g)) {
    if (/^(?:\{|\\left|\\begin)$/.test(sign)) most = Math.max(most, ++depth);
    else if (/^(?:\}|\\right|\\end)$/.test(sign)) depth--;
  }
  return most;
}
