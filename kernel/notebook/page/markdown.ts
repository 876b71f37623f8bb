/** Markdown cells → HTML: formulas set by KaTeX, everything else sanitised as a whole, headings with places to jump to. */
import { randomBytes } from "node:crypto";
import { Marked, type MarkedExtension, type TokenizerAndRendererExtension, type Tokens } from "marked";
import type { Bundle, Cell } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { MarkedFormulas } from "./formula.js";
import { highlight } from "./highlight.js";
import { isImageData, isSafeLink, sanitise, sanitisePhrase } from "./sanitise.js";

export interface Heading {
  readonly level: number;
  /** What stands in the page's contents. */
  readonly html: string;
  /** The heading as text, formulas as they were written. */
  readonly text: string;
  readonly anchor: string;
}

/** A text as HTML, with the headings in it. */
export interface MarkdownHtml {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** Which anchors there are, each with the number of those that begin as it does. */
export type Anchors = Map<string, number>;

/** The cell's text as HTML. `taken`: the anchors of the cells before; its own are added. */
export function markdownHtml(
  { source, attachments = {} }: Pick<Cell, "source" | "attachments">,
  taken: Anchors,
): MarkdownHtml {
  const formulas = new MarkedFormulas(randomBytes(8).toString("hex"));
  const headings: Heading[] = [];
  const marked = new Marked({ async: false, gfm: true }, safely({ attachments, formulas, headings, taken }));
  const html = marked.parse(source) as string;
  const anchors = new Set(headings.map(({ anchor }) => anchor));
  return { html: formulas.put(sanitise(html, anchors)), headings };
}

/** What the parts of one text share. */
interface Text {
  readonly attachments: Record<string, Bundle>;
  readonly formulas: MarkedFormulas;
  readonly headings: Heading[];
  readonly taken: Anchors;
}

function safely({ attachments, formulas, headings, taken }: Text): MarkedExtension {
  return {
    extensions: [displayFormula(formulas), displayInText(formulas), inlineFormula(formulas)],
    renderer: {
      heading({ tokens, depth, text: source }) {
        const html = this.parser.parseInline(tokens);
        const text = source.replace(/[$*`]/g, "");
        const anchor = newAnchor(text, taken);
        headings.push({ level: depth, html: formulas.put(sanitisePhrase(html)), text, anchor });
        return `<h${depth} id="${escapeHtml(anchor)}">${html}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return isSafeLink(href) ? `<a href="${escapeHtml(pageOf(href))}">${text}</a>` : text;
      },
      image({ href, text }) {
        const source = href.startsWith("attachment:") ? attached(attachments, href.slice(11)) : href;
        const alt = escapeHtml(text);
        return isImageData(source)
          ? `<img src="${source}" alt="${alt}">`
          : `<span class="note">[${alt || "image"}]</span>`;
      },
      code({ text, lang }) {
        const isTypeScript = /^(ts|js|typescript|javascript)\b/.test(lang ?? "");
        return `<pre><code>${isTypeScript ? highlight(text) : escapeHtml(text)}</code></pre>\n`;
      },
    },
  };
}

/** Notebooks link to each other; so do their pages. */
const pageOf = (href: string): string =>
  /^\w+:/.test(href) ? href : href.replace(/\.ipynb(?=$|#)/, ".html");

function attached(attachments: Record<string, Bundle>, name: string): string {
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    // a "%" that belongs to the name
  }
  const bundle = Object.hasOwn(attachments, decoded) ? (attachments[decoded] as Bundle) : {};
  const [mime, data] = Object.entries(bundle)[0] ?? [];
  return typeof data === "string" ? `data:${mime};base64,${data.replace(/\s/g, "")}` : "";
}

/** As JupyterLab makes them, so that links between notebooks lead to the same places in pages. */
function newAnchor(text: string, taken: Anchors): string {
  const stem = text.trim().slice(0, longestAnchor).replace(/\s/g, "-") || "part";
  let [anchor, count] = [stem, taken.get(stem) ?? 1];
  while (taken.has(anchor)) anchor = `${stem}-${++count}`;
  taken.set(stem, count).set(anchor, taken.get(anchor) ?? 1);
  return anchor;
}

const longestAnchor = 200;

type Formula = Tokens.Generic & { tex: string };

const displayFormula = (formulas: MarkedFormulas): TokenizerAndRendererExtension => ({
  name: "displayFormula",
  level: "block",
  start: (text) => /^(\$\$|\\begin\{)/m.exec(text)?.index,
  tokenizer(text) {
    const [raw, dollars] = /^ {0,3}\$\$((?:(?!\$\$)[\s\S])+)\$\$[ \t]*(?:\n|$)/.exec(text) ?? [];
    if (raw !== undefined) return { type: "displayFormula", raw, tex: dollars };
    const [whole, tex] =
      /^ {0,3}(\\begin\{(\w+\*?)\}[\s\S]{0,20000}?\\end\{\2\})[ \t]*(?:\n|$)/.exec(text) ?? [];
    return whole === undefined ? undefined : { type: "displayFormula", raw: whole, tex: unnumbered(tex) };
  },
  renderer: (token) => `<p>${formulas.mark((token as Formula).tex, true)}</p>\n`,
});

/** Equations bear the lecture's numbers, written in the text: `align` counts none of its own, as in JupyterLab. */
function unnumbered(tex = ""): string {
  return tex.replace(
    /^\\(begin)\{(align|equation|gather)\}|\\(end)\{(align|equation|gather)\}$/g,
    (_, begin, name, end, last) => (begin === undefined ? `\\${end}{${last}*}` : `\\${begin}{${name}*}`),
  );
}

const displayInText = (formulas: MarkedFormulas): TokenizerAndRendererExtension => ({
  name: "displayInText",
  level: "inline",
  start: (text) => indexOf(text, "$$"),
  tokenizer(text) {
    const [raw, tex] = /^\$\$((?:\\[\s\S]|[^\\$])+?)\$\$/.exec(text) ?? [];
    return raw === undefined ? undefined : { type: "displayInText", raw, tex };
  },
  renderer: (token) => formulas.mark((token as Formula).tex, true),
});

const inlineFormula = (formulas: MarkedFormulas): TokenizerAndRendererExtension => ({
  name: "inlineFormula",
  level: "inline",
  start: (text) => indexOf(text, "$"),
  tokenizer(text) {
    // "$5 and $6" are prices: a formula neither begins nor ends with a blank, and no digit follows it; code is none.
    const [raw, tex] = /^\$(?![\s$])((?:\\[\s\S]|[^\\$`])*?(?:[^\s\\$`]|\\\S))\$(?!\d)/.exec(text) ?? [];
    return raw === undefined ? undefined : { type: "inlineFormula", raw, tex };
  },
  renderer: (token) => formulas.mark((token as Formula).tex, false),
});

function indexOf(text: string, part: string): number | undefined {
  const at = text.indexOf(part);
  return at < 0 ? undefined : at;
}
