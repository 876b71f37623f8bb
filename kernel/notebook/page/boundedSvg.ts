/** Whether a browser draws an SVG in bounded time: what stands once can be drawn a million times, and for ever. */

import { type PaintRule, paintRules } from "./svgStyle.js";

/** Characters of an SVG, and shapes that it draws by reference when each is counted as often as it is drawn. */
const [longest, mostDrawn] = [8_000_000, 20_000];

/** A filter's work is that of so many shapes. */
const filterWork = 50;

/** What changes with time, and what hides words from whoever reads the text. */
const moving =
  /<!ENTITY|<(?:[\w-]+:)?(?:animate\w*|set|script|foreignObject|link)[\s/>]|<\?xml-stylesheet|@(?:-\w+-)?keyframes/i;

export function isBoundedSvg(svg: string): boolean {
  if (svg.length > longest || moving.test(svg)) return false;
  const rules = paintRules(svg);
  return rules !== undefined && drawnByReference(svg, rules) <= mostDrawn;
}

const tag = /<(\/?)(?:[\w-]+:)?([\w-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;

/** What an element draws that stands elsewhere: a shape, or what fills, cuts or filters it. */
interface Reference {
  readonly target: string;
  /** How much it draws besides what its target draws by reference. */
  readonly own: number;
}

/** How many shapes are drawn by reference, those within what is drawn among them; Infinity for a circle, or where the text is no list of tags. */
function drawnByReference(svg: string, rules: readonly PaintRule[]): number {
  /** What stands within an element with an id, and under "" in the whole. */
  const used = new Map<string, Reference[]>([["", []]]);
  const open: string[] = [];
  for (const [, closes, , attributes = "", isEmpty] of svg.matchAll(tag)) {
    if (closes) open.pop();
    else {
      const id = attribute("id", attributes);
      if (id !== undefined && !used.has(id)) used.set(id, []);
      if (!isEmpty) open.push(id ?? "");
      const within = open.some((each) => each !== "");
      for (const reference of references(attributes + styledBy(rules, attributes), within))
        for (const holder of new Set(["", ...open])) used.get(holder)?.push(reference);
    }
  }
  return drawnBy("", used, new Map());
}

/** One that fills or cuts draws nothing more, but where it stands within what is drawn often itself. */
function references(attributes: string, within: boolean): Reference[] {
  const href = attribute("(?:xlink:)?href", attributes);
  const painted = [...attributes.matchAll(/([\w-]+)\s*[=:]\s*["']?\s*url\(\s*(?:["']|&\w+;)?#([^)"'&]+)/gi)];
  return [
    ...(href?.startsWith("#") ? [{ target: href.slice(1), own: 1 }] : []),
    ...painted.map(([, kind = "", target = ""]) => ({
      target: target.trim(),
      own: kind.toLowerCase() === "filter" ? filterWork : Number(within),
    })),
  ];
}

/** What the sheets' rules say of an element, as if it stood among its attributes. */
function styledBy(rules: readonly PaintRule[], attributes: string): string {
  if (rules.length === 0) return "";
  const named = attribute("class", attributes) ?? "";
  const classes = named.split(/\s+/);
  const meant = rules.filter(
    ({ className }) => className === undefined || classes.includes(className) || named.includes("&"),
  );
  return meant.map(({ body }) => ` ${body}`).join("");
}

function attribute(name: string, attributes: string): string | undefined {
  const [, double, single] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes) ?? [];
  return double ?? single;
}

/** `known`: what was counted before; while an element is counted it stands there as endless. */
function drawnBy(
  id: string,
  used: ReadonlyMap<string, readonly Reference[]>,
  known: Map<string, number>,
): number {
  const before = known.get(id);
  if (before !== undefined) return before;
  known.set(id, Number.POSITIVE_INFINITY);
  const count = (used.get(id) ?? []).reduce(
    (sum, { target, own }) => sum + own + drawnBy(target, used, known),
    0,
  );
  known.set(id, count);
  return count;
}
