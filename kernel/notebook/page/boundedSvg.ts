/** Whether a browser draws an SVG in bounded time: what stands once can be drawn a million times, and for ever. */

/** Characters of an SVG, and shapes that it draws by <use> when each is counted as often as it is drawn. */
const [longest, mostUses] = [8_000_000, 20_000];

/** What changes with time, and what hides words from whoever reads the text. */
const moving =
  /<!ENTITY|<(?:[\w-]+:)?(?:animate\w*|set|script|foreignObject)[\s/>]|@(?:-\w+-)?keyframes|@import/i;

export function isBoundedSvg(svg: string): boolean {
  return svg.length <= longest && !moving.test(svg) && usesDrawn(svg) <= mostUses;
}

const tag = /<(\/?)(?:[\w-]+:)?([\w-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;

/** How many shapes <use> draws, those within what it draws among them; Infinity for a circle, or where the text is no list of tags. */
function usesDrawn(svg: string): number {
  /** What stands within an element with an id, and under "" in the whole. */
  const used = new Map<string, string[]>([["", []]]);
  const open: string[] = [];
  for (const [, closes, name, attributes = "", isEmpty] of svg.matchAll(tag)) {
    if (closes) open.pop();
    else {
      const id = attribute("id", attributes);
      if (id !== undefined && !used.has(id)) used.set(id, []);
      if (!isEmpty) open.push(id ?? "");
      const target = name?.toLowerCase() === "use" ? attribute("(?:xlink:)?href", attributes) : undefined;
      if (target !== undefined)
        for (const holder of new Set(["", ...open])) used.get(holder)?.push(target.slice(1));
    }
  }
  return drawnBy("", used, new Map());
}

function attribute(name: string, attributes: string): string | undefined {
  const [, double, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes) ?? [];
  return double ?? single;
}

/** `known`: what was counted before; while an element is counted it stands there as endless. */
function drawnBy(
  id: string,
  used: ReadonlyMap<string, readonly string[]>,
  known: Map<string, number>,
): number {
  const before = known.get(id);
  if (before !== undefined) return before;
  known.set(id, Number.POSITIVE_INFINITY);
  const count = (used.get(id) ?? []).reduce((sum, target) => sum + 1 + drawnBy(target, used, known), 0);
  known.set(id, count);
  return count;
}
