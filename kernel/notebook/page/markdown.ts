/** Markdown cells → HTML: formulas set by KaTeX, raw HTML and links sanitised, headings with places to jump to. */
import { Marked, type MarkedExtension, type TokenizerAndRendererExtension, type Tokens } from "marked";
import type { Bundle, Cell } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { formulaHtml } from "./formula.js";
import { highlight } from "./highlight.js";
import { isImageData, isSafeLink, sanitise } from "./sanitise.js";

export interface Heading {
  readonly level: number;
  readonly html: string;
  /** The heading as text, formulas as they were written. */
  readonly text: string;
  readonly anchor: string;
}

export interface MarkdownPage {
  /** The cell's text as HTML; its headings are added to the list. */
  render(cell: Cell): string;
  readonly headings: readonly Heading[];
}

/** The markdown of one page: headings of all its cells share one list and have different anchors. */
export function markdownPage(): MarkdownPage {
  const headings: Heading[] = [];
  return {
    headings,
    render(cell) {
      const marked = new Marked({ async: false, gfm: true }, safely(cell.attachments ?? {}, headings));
      return marked.parse(cell.source) as string;
    },
  };
}

function safely(attachments: Record<string, Bundle>, headings: Heading[]): MarkedExtension {
  return {
    extensions: [displayFormula, displayInText, inlineFormula],
    renderer: {
      html: ({ text }) => sanitise(text),
      heading({ tokens, depth, text: source }) {
        const html = this.parser.parseInline(tokens);
        const text = source.replace(/[$*`]/g, "");
        const anchor = newAnchor(text, headings);
        headings.push({ level: depth, html, text, anchor });
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
function newAnchor(text: string, headings: readonly Heading[]): string {
  const stem = text.trim().replace(/\s/g, "-") || "part";
  const taken = new Set(headings.map(({ anchor }) => anchor));
  let anchor = stem;
  for (let count = 2; taken.has(anchor); count++) anchor = `${stem}-${count}`;
  return anchor;
}

type Formula = Tokens.Generic & { tex: string };

const displayFormula: TokenizerAndRendererExtension = {
  name: "displayFormula",
  level: "block",
  start: (text) => /^(\$\$|\\begin\{)/m.exec(text)?.index,
  tokenizer(text) {
    const [raw, dollars] = /^ {0,3}\$\$([\s\S]+?)\$\$[ \t]*(?:\n|$)/.exec(text) ?? [];
    if (raw !== undefined) return { type: "displayFormula", raw, tex: dollars };
    const [whole, tex] = /^ {0,3}(\\begin\{(\w+\*?)\}[\s\S]*?\\end\{\2\})[ \t]*(?:\n|$)/.exec(text) ?? [];
    return whole === undefined ? undefined : { type: "displayFormula", raw: whole, tex: unnumbered(tex) };
  },
  renderer: (token) => `<p>${formulaHtml((token as Formula).tex, true)}</p>\n`,
};

/** Equations bear the lecture's numbers, written in the text: `align` counts none of its own, as in JupyterLab. */
function unnumbered(tex = ""): string {
  return tex.replace(
    /^\\(begin)\{(align|equation|gather)\}|\\(end)\{(align|equation|gather)\}$/g,
    (_, begin, name, end, last) => (begin === undefined ? `\\${end}{${last}*}` : `\\${begin}{${name}*}`),
  );
}

const displayInText: TokenizerAndRendererExtension = {
  name: "displayInText",
  level: "inline",
  start: (text) => indexOf(text, "$$"),
  tokenizer(text) {
    const [raw, tex] = /^\$\$((?:\\[\s\S]|[^\\$])+?)\$\$/.exec(text) ?? [];
    return raw === undefined ? undefined : { type: "displayInText", raw, tex };
  },
  renderer: (token) => formulaHtml((token as Formula).tex, true),
};

const inlineFormula: TokenizerAndRendererExtension = {
  name: "inlineFormula",
  level: "inline",
  start: (text) => indexOf(text, "$"),
  tokenizer(text) {
    // "$5 and $6" are prices: a formula neither begins nor ends with a blank, and no digit follows it; code is none.
    const [raw, tex] = /^\$(?![\s$])((?:\\[\s\S]|[^\\$`])*?(?:[^\s\\$`]|\\\S))\$(?!\d)/.exec(text) ?? [];
    return raw === undefined ? undefined : { type: "inlineFormula", raw, tex };
  },
  renderer: (token) => formulaHtml((token as Formula).tex, false),
};

function indexOf(text: string, part: string): number | undefined {
  const at = text.indexOf(part);
  return at < 0 ? undefined : at;
}
