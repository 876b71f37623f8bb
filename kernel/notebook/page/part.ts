/** What a page is made of, part by part: each becomes HTML by itself, so that what fails is that part's. */
import { stripVTControlCharacters } from "node:util";
import { magicOf } from "../format/magic.js";
import type { Bundle, Output } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { highlight } from "./highlight.js";
import { type Anchors, type MarkdownHtml, markdownHtml } from "./markdown.js";
import { outputHtml } from "./output.js";

/** A markdown cell, the code of a cell, or one of its outputs. */
export type Part =
  | { readonly kind: "markdown"; readonly source: string; readonly attachments?: Record<string, Bundle> }
  | { readonly kind: "code"; readonly source: string }
  | { readonly kind: "output"; readonly output: Output };

/** A part of more HTML than this, pictures aside, makes a page that nobody can open. */
const mostHtml = 6_000_000;

/** So does one of more elements than this; an item of a list is as much work as some eight others. */
const [mostElements, ofItem] = [60_000, 8];

/** A part as HTML. `taken`: the anchors of the parts before; its own are added. Where it cannot be made, the part as text. */
export function partHtml(part: Part, taken: Anchors): MarkdownHtml {
  try {
    const made = htmlOf(part, taken);
    const size = made.html.replace(/data:image\/[^"]*/g, "").length;
    if (size > mostHtml) return plainPart(part, `it would be ${Math.round(size / 1e6)} MB of page`);
    const count = countOf(/<\w/g, made.html) + (ofItem - 1) * countOf(/<li\b/g, made.html);
    return count > mostElements ? plainPart(part, "it has too many elements for a page") : made;
  } catch (error) {
    return plainPart(
      part,
      error instanceof RangeError ? "it is nested too deeply" : (error as Error).message,
    );
  }
}

const countOf = (sign: RegExp, html: string): number => html.match(sign)?.length ?? 0;

function htmlOf(part: Part, taken: Anchors): MarkdownHtml {
  if (part.kind === "markdown") return markdownHtml(part, taken);
  if (part.kind === "output") return { html: outputHtml(part.output), headings: [] };
  const code = magicOf(part.source) === undefined ? coloured(part.source) : escapeHtml(part.source);
  return { html: `<pre class="source"><code>${code}</code></pre>`, headings: [] };
}

/** Colours are an extra: what TypeScript's parser cannot take in is shown without them. */
function coloured(source: string): string {
  try {
    return highlight(source);
  } catch {
    return escapeHtml(source);
  }
}

/** A part as it was written, with a note that says why it is not shown as it was meant. */
export function plainPart(part: Part, why: string): MarkdownHtml {
  const what = part.kind === "code" ? "This code" : part.kind === "output" ? "This output" : "This text";
  const note = `<p class="note">${what} is shown as it was written: ${escapeHtml(why)}.</p>`;
  const text = stripVTControlCharacters(writtenIn(part));
  const more = text.length > longestPlain ? `\n… ${text.length - longestPlain} more characters` : "";
  return {
    html: `${note}\n<pre class="source"><code>${escapeHtml(text.slice(0, longestPlain) + more)}</code></pre>`,
    headings: [],
  };
}

const longestPlain = 50_000;

function writtenIn(part: Part): string {
  if (part.kind !== "output") return part.source;
  const { output } = part;
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return `${output.ename}: ${output.evalue}`;
  const text = output.data["text/plain"];
  return typeof text === "string" ? text : Object.keys(output.data).join(", ");
}
