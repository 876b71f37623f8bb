/** `philab export NB`: a notebook as one HTML file that opens by double click, without a network. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { cellOptions, hasTag } from "../format/cell.js";
import type { Cell, CodeCell, Notebook, TextCell } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { type Explorer, readExplorer } from "./explorer.js";
import type { Heading } from "./markdown.js";
import type { Part } from "./part.js";
import { PartMaker } from "./partMaker.js";
import { formulaStyle, pageStyle } from "./style.js";

/**
 * The page of the notebook in `file`: texts, code and outputs as they are stored. Cells tagged `remove-cell` stay out.
 * What cannot be shown, or not in time, is shown as text with the reason; the rest of the page is as it would be without.
 */
export async function exportPage(notebook: Notebook, file: string): Promise<string> {
  const shown = notebook.cells.filter((cell) => !hasTag(cell, "remove-cell"));
  const maker = new PartMaker();
  const cells: ShownCell[] = [];
  for (const cell of shown) cells.push(await shownCell(cell, maker));
  const headings = cells.flatMap((cell) => cell.headings);
  const body = cells.map(({ html }) => html).join("\n");
  const title = headings.find(({ level }) => level === 1)?.text.slice(0, 200) ?? basename(file, ".ipynb");
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
<article class="layout">
<nav aria-label="Contents"><ol>
${headings
  .filter(({ level }) => level <= 3)
  .map(entry)
  .join("\n")}
</ol></nav>
<main>
${body}
</main>
</article>
${explorer === undefined ? "" : `<script>${explorer.script}</script>\n`}</body>
</html>
`;
}

/** Nothing is fetched, and nothing runs but the script named here by its hash, whatever a notebook holds. */
function policy(explorer: Explorer | undefined): string {
  const shown =
    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'";
  if (explorer === undefined) return shown;
  return `${shown}; script-src 'sha256-${createHash("sha256").update(explorer.script).digest("base64")}'`;
}

const entry = ({ level, html, anchor }: Heading): string =>
  `<li class="level-${level}"><a href="#${encodeURIComponent(anchor)}">${html}</a></li>`;

/** A cell's HTML, which nothing in it leaves: sections, main and article stand in no cell, and so none can end them. */
interface ShownCell {
  readonly html: string;
  readonly headings: readonly Heading[];
}

async function shownCell(cell: Cell, maker: PartMaker): Promise<ShownCell> {
  if (cell.cell_type !== "code") return shownText(cell, maker);
  const label = cellOptions(cell).get("label");
  const id = label === undefined ? "" : ` id="cell-${escapeHtml(label)}"`;
  const parts: string[] = [];
  for (const part of partsOf(cell)) parts.push((await maker.make(part)).html);
  return { html: `<section class="cell code"${id}>\n${parts.join("\n")}\n</section>`, headings: [] };
}

/** A raw cell is for other programs. */
async function shownText({ cell_type, source, attachments }: TextCell, maker: PartMaker): Promise<ShownCell> {
  if (cell_type === "raw") return { html: "", headings: [] };
  const { html, headings } = await maker.make({ kind: "markdown", source, attachments });
  return { html: `<section class="cell markdown">\n${html}</section>`, headings };
}

function partsOf(cell: CodeCell): Part[] {
  const source = stripVTControlCharacters(cell.source.replace(/^(\/\/\|.*(\n|$))+/, "")).trimEnd();
  const code: Part[] = source === "" || hasTag(cell, "remove-input") ? [] : [{ kind: "code", source }];
  const outputs = hasTag(cell, "remove-output") ? [] : cell.outputs;
  return [...code, ...outputs.map((output): Part => ({ kind: "output", output }))];
}
