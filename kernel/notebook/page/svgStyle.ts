/** The style sheets of an SVG: which elements they let something be drawn by that stands elsewhere. */

/** A rule of CSS that paints by reference, as `.raster { filter: url(#colours) }`. */
export interface PaintRule {
  /** The class that an element must have; where the selector says more than a class, any element may be meant. */
  readonly className: string | undefined;
  readonly body: string;
}

const sheet = /<(?:[\w-]+:)?style\b[^>]*>([\s\S]*?)<\/(?:[\w-]+:)?style\s*>/gi;

/** More sheets than a drawing program writes: each that is not closed is looked for to the end of the text. */
const mostSheets = 20;

/** The rules that paint by reference; undefined where a sheet is written so that its references cannot be told. */
export function paintRules(svg: string): PaintRule[] | undefined {
  const opened = svg.match(/<(?:[\w-]+:)?style\b/gi)?.length ?? 0;
  if (opened > mostSheets) return undefined;
  const sheets = Array.from(svg.matchAll(sheet), ([, text = ""]) => unwrapped(text));
  // An escape or an entity writes url in other letters; what is not read as a sheet here may be one for a browser.
  if (sheets.length !== opened || sheets.some((text) => /[<&\\]|@import/i.test(text))) return undefined;
  const all = sheets.map(rulesOf);
  return all.includes(undefined) ? undefined : all.flatMap((rules) => rules ?? []);
}

function unwrapped(text: string): string {
  return text.replace(/^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/, "$1").replaceAll(/\/\*[\s\S]*?\*\//g, " ");
}

/** A rule ends with a brace, and what stands before its last opening one are its selectors. */
function rulesOf(text: string): PaintRule[] | undefined {
  const parts = text.split("}").map((part) => {
    const opens = part.lastIndexOf("{") + 1;
    return { selectors: part.slice(0, opens), body: part.slice(opens) };
  });
  const paints = (css: string): boolean => /url\(/i.test(css);
  const isUntold = parts.some(({ selectors, body }, k) => {
    const isRule = selectors !== "" && k < parts.length - 1;
    return paints(selectors) || (paints(body) && !isRule); // in a rule that holds others, or beside all
  });
  if (isUntold) return undefined;
  return parts
    .filter(({ body }) => paints(body))
    .flatMap(({ selectors, body }) =>
      selectors
        .slice(selectors.lastIndexOf("{", selectors.length - 2) + 1, -1)
        .split(",")
        .map((selector) => ({ className: classOf(selector, body), body })),
    );
}

/** A property of one's own, as --paint: url(#a), may be used by any other rule. */
function classOf(selector: string, body: string): string | undefined {
  return body.includes("--") ? undefined : /(?:^|[\s>+~])\.([\w-]+)\s*$/.exec(selector)?.[1];
}
