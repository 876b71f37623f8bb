/** `philab export NB`: a notebook as one HTML file that opens by double click, without a network. */
import { basename } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { cellOptions, hasTag } from "../format/cell.js";
import type { Cell, CodeCell, Notebook, TextCell } from "../format/types.js";
import { escapeHtml } from "./escape.js";
import { liveCells } from "./live.js";
import type { Heading } from "./markdown.js";
import { type PageLink, turnLinks } from "./pageLinks.js";
import { type PageScripts, runningScripts, showingScripts } from "./pageScripts.js";
import type { Part } from "./part.js";
import { PartMaker } from "./partMaker.js";
import { formulaStyle, pageStyle } from "./style.js";

/** Whether the page's cells can be edited and run, and the pages before and after it. */
export interface PageOptions {
  readonly live?: boolean;
  readonly previous?: PageLink;
  readonly next?: PageLink;
}

// Over 40 lines: most of it is the page itself, as it is written.
/**
 * The page of the notebook in `file`: texts, code and outputs as they are stored. Cells tagged `remove-cell` stay out.
 * What cannot be shown, or not in time, is shown as text with the reason; the rest of the page is as it would be without.
 */
export async function exportPage(
  notebook: Notebook,
  file: string,
  { live = false, previous, next }: PageOptions = {},
): Promise<string> {
  const shown = notebook.cells.filter((cell) => !hasTag(cell, "remove-cell"));
  const running = live ? liveCells(notebook) : [];
  const maker = new PartMaker();
  const cells: ShownCell[] = [];
  for (const cell of shown) cells.push(await shownCell(cell, maker, running));
  const headings = cells.flatMap((cell) => cell.headings);
  const body = cells.map(({ html }) => html).join("\n");
  const title = headings.find(({ level }) => level === 1)?.text.slice(0, 200) ?? basename(file, ".ipynb");
  // Contents of a line or two need no mark, and a page without views then needs no script.
  const shows = body.includes('<div class="output explorer">') || headings.length > 3;
  const scripts = await (live ? runningScripts(running) : showingScripts(shows));
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
<article class="layout">
<nav class="contents" aria-label="Contents"><ol>
${headings
  .filter(({ level }) => level <= 3)
  .map(entry)
  .join("\n")}
</ol></nav>
<main>
${turn}${body}
${turn}</main>
</article>
${scripts.html}</body>
</html>
`;
}

/** Nothing is fetched, and nothing runs but the scripts named here by their hashes, whatever a notebook holds. */
function policy({ allowed }: PageScripts): string {
  const shown =
    "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'";
  return shown + allowed;
}

const entry = ({ level, html, anchor }: Heading): string =>
  `<li class="level-${level}"><a href="#${encodeURIComponent(anchor)}">${html}</a></li>`;

/** A cell's HTML, which nothing in it leaves: sections, main and article stand in no cell, and so none can end them. */
interface ShownCell {
  readonly html: string;
  readonly headings: readonly Heading[];
}

async function shownCell(cell: Cell, maker: PartMaker, running: readonly CodeCell[]): Promise<ShownCell> {
  if (cell.cell_type !== "code") return shownText(cell, maker);
  const label = cellOptions(cell).get("label");
  const number = running.indexOf(cell);
  const name = label === undefined ? "" : ` id="cell-${escapeHtml(label)}"`;
  const id = name + (number < 0 ? "" : ` data-cell="${number}"`);
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
