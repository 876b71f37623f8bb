/** HTML of a notebook → HTML that can only show: what is not on the lists is shown as text. */
import { escapeHtml } from "./escape.js";

const elements = new Set(
  (
    "a abbr b blockquote br caption code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 " +
    "h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead " +
    "tr tt u ul var wbr"
  ).split(" "),
);

const attributes = new Set(
  "alt align colspan height open reversed rowspan scope start title valign width".split(" "),
);

// Runs of blanks are bounded, so that no text makes the match slow; signs that begin no tag are taken together.
const piece =
  /<(\/?)([a-zA-Z][\w-]*)((?:\s{1,80}[^\s"'<>/=]+(?:\s{0,80}=\s{0,80}(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?)*)\s{0,80}(\/?)>|(?:[<>](?![a-zA-Z/]))+|[<>]/g;
const attribute = /([^\s"'<>/=]+)(?:\s{0,80}=\s{0,80}(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Every tag is written anew from its parts, so that nothing passes that was not understood. */
export function sanitise(html: string): string {
  const shown = without(without(html, /<!--/, /-->/), /<style\b[^<>]*>/i, /<\/style\s*>/i);
  return shown.replace(piece, (whole, slash: string, name: string | undefined, rest: string) => {
    const known = name?.toLowerCase();
    if (known === undefined || !elements.has(known)) return escapeHtml(whole);
    return slash === "/" ? `</${known}>` : `<${known}${kept(known, rest)}>`;
  });
}

/** The text without what stands from each `open` to the next `close`, or to the end. */
function without(html: string, open: RegExp, close: RegExp): string {
  const [first = "", ...rest] = html.split(open);
  const after = rest.map((part) => {
    const end = close.exec(part);
    return end === null ? "" : part.slice(end.index + end[0].length);
  });
  return first + after.join("");
}

function kept(element: string, rest: string): string {
  const pairs = [...rest.matchAll(attribute)].map(([, name, double, single, bare]) => {
    const value = double ?? single ?? bare ?? "";
    return [(name as string).toLowerCase(), value] as const;
  });
  const allowed = pairs.filter(([name, value]) => isAllowed(element, name, value));
  // `&` stays: the value is HTML already, and its references mean what they meant.
  return allowed.map(([name, value]) => ` ${name}="${value.replace(/["<>]/g, escapeHtml)}"`).join("");
}

function isAllowed(element: string, name: string, value: string): boolean {
  if (element === "a" && name === "href") return isSafeLink(value);
  if (element === "img" && name === "src") return isImageData(value);
  return attributes.has(name);
}

/** Only what certainly is a web address, a mail address, a place in the page or a path; no reference, no blank. */
export function isSafeLink(link: string): boolean {
  return /^(https?:\/\/[^\s\p{Cc}]+|mailto:[^\s\p{Cc}]+|#[^\s\p{Cc}]*|(\.{0,2}\/)?[\w%.~-]+([/?#][^\s\p{Cc}]*)?)$/iu.test(
    link,
  );
}

/** Pictures come with the page or not at all: it opens without a network. */
export function isImageData(source: string): boolean {
  return /^data:image\/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/.test(source);
}
