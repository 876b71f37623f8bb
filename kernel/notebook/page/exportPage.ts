/** `philab export NB`: a notebook as one HTML file that opens by double click, without a network. */
import { basename } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { cellOptions, hasTag } from "../format/cell.js";
import { magicOf } from "../format/magic.js";
import type { Cell, CodeCell, Notebook } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { highlight } from "./highlight.js";
import { liveCells } from "./live.js";
import { type Heading, markdownPage } from "./markdown.js";
import { outputHtml } from "./output.js";
import { type PageLink, turnLinks } from "./pageLinks.js";
import { type PageScripts, runningScripts, showingScripts } from "./pageScripts.js";
import { formulaStyle, pageStyle } from "./style.js";

/** Whether the page's cells can be edited and run, and the pages before and after it. */
export interface PageOptions {
  readonly live?: boolean;
  readonly previous?: PageLink;
  readonly next?: PageLink;
}

/** The page of the notebook in `file`: texts, code and outputs as they are stored. Cells tagged `remove-cell` stay out. */
export async function exportPage(
  notebook: Notebook,
  file: string,
  { live = false, previous, next }: PageOptions = {},
): Promise<string> {
  const markdown = markdownPage();
  const shown = notebook.cells.filter((cell) => !hasTag(cell, "remove-cell"));
  const running = live ? liveCells(notebook) : [];
  const body = shown.map((cell) => cellHtml(cell, markdown.render, running)).join("\n");
  const title = markdown.headings.find(({ level }) => level === 1)?.text ?? basename(file, ".ipynb");
  const scripts = await (live ? runningScripts(running) : showingScripts());
  const formulas = body.includes('class="katex') || live ? formulaStyle(body) : "";
  const turn = turnLinks(previous, next);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts)}">
<title>${escapeHtml(title)}</title>
<style>${formulas}${scripts.style}${pageStyle}</style>
</head>
<body>
<div class="layout">
<nav class="contents" aria-label="Contents"><ol>
${markdown.headings
  .filter(({ level }) => level <= 3)
  .map(entry)
  .join("\n")}
</ol></nav>
<main>
${turn}${body}
${turn}</main>
</div>
${scripts.html}</body>
</html>
`;
}

/** Nothing is fetched, and nothing runs but the scripts named here by their hashes, whatever a notebook holds. */
function policy({ allowed }: PageScripts): string {
  return `default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'${allowed}`;
}

const entry = ({ level, html, anchor }: Heading): string =>
  `<li class="level-${level}"><a href="#${encodeURIComponent(anchor)}">${html.replace(/<\/?a\b[^>]*>/g, "")}</a></li>`;

function cellHtml(cell: Cell, markdown: (cell: Cell) => string, running: readonly CodeCell[]): string {
  if (cell.cell_type === "markdown") return `<section class="cell markdown">\n${markdown(cell)}</section>`;
  if (cell.cell_type !== "code") return "";
  const label = cellOptions(cell).get("label");
  const number = running.indexOf(cell);
  const id = `${label === undefined ? "" : ` id="cell-${escapeHtml(label)}"`}${number < 0 ? "" : ` data-cell="${number}"`}`;
  const parts = [...sourceHtml(cell), ...(hasTag(cell, "remove-output") ? [] : cell.outputs.map(outputHtml))];
  return `<section class="cell code"${id}>\n${parts.join("\n")}\n</section>`;
}

function sourceHtml(cell: CodeCell): string[] {
  const source = stripVTControlCharacters(cell.source.replace(/^(\/\/\|.*(\n|$))+/, "")).trimEnd();
  if (source === "" || hasTag(cell, "remove-input")) return [];
  return [
    `<pre class="source"><code>${magicOf(source) === undefined ? highlight(source) : escapeHtml(source)}</code></pre>`,
  ];
}
