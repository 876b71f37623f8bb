/** HTML of a notebook → HTML that can only show, with every tag closed: what is not on the lists is shown as text. */
import sanitizeHtml from "sanitize-html";
import { isBoundedSvg } from "./boundedSvg.js";

/** What stands in a line. */
const phrases =
  "abbr b br code del dfn em i ins kbd mark q s samp small span strong sub sup u var wbr x-formula";

const elements =
  `a blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img li ol p pre ` +
  `summary table tbody td tfoot th thead tr ul ${phrases}`;

/** Deeper ones are left out, their text stays: a page's parser and its layout have a stack too. */
const deepest = 60;

// no "reversed": a browser counts such a list again for each of its items
const plain = ["align", "alt", "open", "scope", "title", "valign"];

/** The largest number that an attribute may have: what is larger breaks the layout of all that follows. */
const mostOf: Readonly<Record<string, number>> = {
  width: 2_000,
  height: 2_000,
  colspan: 100,
  rowspan: 100,
  start: 1_000_000,
};

/** Places in tables that the cells of one text may cover beyond one each: a browser takes minutes for some millions. */
const mostCovered = 20_000;

/** Classes that the page's own words have: colours of code, notes, formulas that could not be read. */
const classes = { span: ["k", "s", "n", "c", "note"], code: ["unread"], p: ["note"] };

const common: sanitizeHtml.IOptions = {
  allowedAttributes: {
    "*": [...plain, ...Object.keys(mostOf)],
    a: ["href"],
    img: ["src"],
    "x-formula": ["data-k"],
    ...Object.fromEntries(["h1", "h2", "h3", "h4", "h5", "h6"].map((heading) => [heading, ["id"]])),
  },
  allowedClasses: classes,
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesByTag: { img: ["data"] },
  disallowedTagsMode: "escape",
  nestingLimit: deepest,
};

/**
 * The HTML of a cell or an output, balanced: nothing in it reaches what follows. Of places to jump to, which only headings
 * have, those in `anchors` stay.
 */
export function sanitise(html: string, anchors: ReadonlySet<string> = new Set()): string {
  let covered = 0;
  return sanitizeHtml(html, {
    ...common,
    allowedTags: elements.split(" "),
    transformTags: {
      "*": (tagName, given) => {
        const { colspan, rowspan, ...rest } = kept(tagName, given, anchors);
        const spans = { ...(colspan && { colspan }), ...(rowspan && { rowspan }) };
        const area = Math.abs(Number(colspan ?? 1) * Number(rowspan ?? 1)) || 0;
        if (area > 1) covered += area;
        return { tagName, attribs: covered > mostCovered ? rest : { ...rest, ...spans } };
      },
    },
  });
}

/** The same of what stands in a line: no links, no pictures, no blocks. */
export function sanitisePhrase(html: string): string {
  return sanitizeHtml(html, {
    ...common,
    allowedTags: phrases.split(" "),
    disallowedTagsMode: "discard",
    transformTags: { "*": (tagName, given) => ({ tagName, attribs: kept(tagName, given, new Set()) }) },
  });
}

function kept(
  element: string,
  given: sanitizeHtml.Attributes,
  anchors: ReadonlySet<string>,
): sanitizeHtml.Attributes {
  const allowed = Object.entries(given).filter(([name, value]) => isAllowed(element, name, value, anchors));
  return Object.fromEntries(allowed);
}

function isAllowed(element: string, name: string, value: string, anchors: ReadonlySet<string>): boolean {
  if (name === "href") return element === "a" && isSafeLink(value);
  if (name === "src") return element === "img" && isImageData(value);
  if (name === "id") return anchors.has(value);
  if (Object.hasOwn(mostOf, name)) return isWithin(value, mostOf[name]);
  return true; // the lists above say the rest
}

/** A whole number up to `most`, or a share of the width. */
function isWithin(value: string, most: number): boolean {
  return /^\d{1,3}%$/.test(value) ? Number.parseInt(value, 10) <= 100 : Math.abs(Number(value)) <= most;
}

/** Only what certainly is a web address, a mail address, a place in the page or a path; no reference, no blank. */
export function isSafeLink(link: string): boolean {
  return /^(https?:\/\/[^\s\p{Cc}]+|mailto:[^\s\p{Cc}]+|#[^\s\p{Cc}]*|(\.{0,2}\/)?[\w%.~-]+([/?#][^\s\p{Cc}]*)?)$/iu.test(
    link,
  );
}

/** Pictures come with the page or not at all: it opens without a network. An SVG must be drawn in bounded time. */
export function isImageData(source: string): boolean {
  const [, type, base64 = ""] =
    /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,([A-Za-z0-9+/=]+)$/.exec(source) ?? [];
  if (type !== "svg+xml") return type !== undefined;
  return isBoundedSvg(Buffer.from(base64, "base64").toString("utf8"));
}
