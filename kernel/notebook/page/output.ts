/** An output as HTML: the richest of its forms that shows without a script. */
import { stripVTControlCharacters } from "node:util";
import type { Bundle, Output } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { explorerData } from "./explorer.js";
import { latexOutput } from "./formula.js";
import { markdownHtml } from "./markdown.js";
import { isImageData, sanitise } from "./sanitise.js";

/** The output's HTML. */
export function outputHtml(output: Output): string {
  if (output.output_type === "stream")
    return `<pre class="output ${output.name === "stderr" ? "stderr" : "stdout"}">${plain(output.text)}</pre>`;
  if (output.output_type === "error") {
    const text =
      output.traceback.length > 0 ? output.traceback.join("\n") : `${output.ename}: ${output.evalue}`;
    return `<pre class="output error">${plain(text)}</pre>`;
  }
  const data = explorerData(output.data);
  if (data !== undefined) return `<div class="output explorer">${data}${shownHtml(output.data)}</div>`;
  return `<div class="output">${shownHtml(output.data)}</div>`;
}

const plain = (text: string): string => escapeHtml(stripVTControlCharacters(text));

/** MIME type → HTML, the richest first. SVG goes through an image, where no script of it can run. */
const forms: readonly [mime: string, html: (data: string, bundle: Bundle) => string | undefined][] = [
  ["image/svg+xml", (svg, bundle) => image("image/svg+xml", Buffer.from(svg).toString("base64"), bundle)],
  ["image/png", (data, bundle) => image("image/png", data.replace(/\s/g, ""), bundle)],
  ["image/jpeg", (data, bundle) => image("image/jpeg", data.replace(/\s/g, ""), bundle)],
  ["text/latex", latexOutput],
  ["text/markdown", markdownOutput],
  ["text/html", (html) => sanitise(html)],
  ["text/plain", (text) => `<pre>${plain(text)}</pre>`],
];

/** An output's markdown; its headings have no place in the page's contents, and nothing leads to them. */
function markdownOutput(source: string): string {
  return markdownHtml({ source }, new Map()).html.replace(/(<h[1-6]) id="[^"]*"/g, "$1");
}

function shownHtml(bundle: Bundle): string {
  for (const [mime, html] of forms) {
    const data = Object.hasOwn(bundle, mime) ? bundle[mime] : undefined;
    const shown = typeof data === "string" ? html(data, bundle) : undefined;
    if (shown !== undefined) return shown;
  }
  const names = Object.keys(bundle).map(escapeHtml).join(", ");
  return `<p class="note">An output that shows only in JupyterLab (${names || "empty"}).</p>`;
}

function image(mime: string, base64: string, bundle: Bundle): string | undefined {
  const source = `data:${mime};base64,${base64}`;
  const text = bundle["text/plain"];
  const alt = escapeHtml(typeof text === "string" ? text.slice(0, 500) : "figure");
  return isImageData(source) ? `<img src="${source}" alt="${alt}">` : undefined;
}
