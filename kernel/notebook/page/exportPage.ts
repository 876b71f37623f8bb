/** `philab export NB`: a notebook as one HTML file that opens by double click, without a network. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { cellOptions, hasTag } from "../format/cell.js";
import { magicOf } from "../format/magic.js";
import type { Cell, CodeCell, Notebook } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { type Explorer, readExplorer } from "./explorer.js";
import { highlight } from "./highlight.js";
import { type Heading, markdownPage } from "./markdown.js";
import { outputHtml } from "./output.js";
import { formulaStyle, pageStyle } from "./style.js";

/** The page of the notebook in `file`: texts, code and outputs as they are stored. Cells tagged `remove-cell` stay out. */
export async function exportPage(notebook: Notebook, file: string): Promise<string> {
  const markdown = markdownPage();
  const shown = notebook.cells.filter((cell) => !hasTag(cell, "remove-cell"));
  const body = shown.map((cell) => cellHtml(cell, markdown.render)).join("\n");
  const title = markdown.headings.find(({ level }) => level === 1)?.text ?? basename(file, ".ipynb");
  const explorer = body.includes('<div class="output explorer">') ? await readExplorer() : undefined;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy(explorer)}">
<title>${escapeHtml(title)}</title>
<style>${body.includes('class="katex') ? formulaStyle() : ""}${explorer?.style ?? ""}${pageStyle}</style>
</head>
<body>
<div class="layout">
<nav aria-label="Contents"><ol>
${markdown.headings
  .filter(({ level }) => level <= 3)
  .map(entry)
  .join("\n")}
</ol></nav>
<main>
${body}
</main>
</div>
${explorer === undefined ? "" : `<script>${explorer.script}</script>\n`}</body>
</html>
`;
}

/** Nothing is fetched, and nothing runs but the script named here by its hash, whatever a notebook holds. */
function policy(explorer: Explorer | undefined): string {
  const shown = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'";
  if (explorer === undefined) return shown;
  return `${shown}; script-src 'sha256-${createHash("sha256").update(explorer.script).digest("base64")}'`;
}

const entry = ({ level, html, anchor }: Heading): string =>
  `<li class="level-${level}"><a href="#${encodeURIComponent(anchor)}">${html.replace(/<\/?a\b[^>]*>/g, "")}</a></li>`;

function cellHtml(cell: Cell, markdown: (cell: Cell) => string): string {
  if (cell.cell_type === "markdown") return `<section class="cell markdown">\n${markdown(cell)}</section>`;
  if (cell.cell_type !== "code") return "";
  const label = cellOptions(cell).get("label");
  const id = label === undefined ? "" : ` id="cell-${escapeHtml(label)}"`;
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
