/** The equations that a notebook's text tags, as in $$f = g \tag{4}$$. */
import type { Cell, Notebook } from "../format/types.js";

/** A tag, and where it stands. */
export interface TaggedDisplay {
  /** "(4)" for \tag{4}. */
  readonly tag: string;
  /** The cell, counted from 0. */
  readonly at: number;
  /** What the display, or its row, says beside its tag; undefined where it has several tags, or stands in no display. */
  readonly tex: string | undefined;
}

/** Every tag of the text cells, in their order. */
export function taggedDisplays({ cells }: Notebook): TaggedDisplay[] {
  return cells.flatMap(({ cell_type, source }, at) =>
    cell_type === "markdown" ? partsOf(source).flatMap((part) => tagsOf(part, at)) : [],
  );
}

/** A stretch of a text, and whether it is displayed. */
interface Part {
  readonly text: string;
  readonly isDisplay: boolean;
}

const environments = "(?:equation|align|alignat|gather|multline|eqnarray|flalign)\\*?";
const display = new RegExp(
  String.raw`\$\$(?<dollars>[^]*?)\$\$|\\\\?\[(?<brackets>[^]*?)\\\\?\]|(?<rows>\\begin\{(?<name>${environments})\}[^]*?\\end\{\k<name>\})`,
  "g",
);

/** Displays, and what stands between them. */
function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const found of source.matchAll(display)) {
    parts.push({ text: source.slice(from, found.index), isDisplay: false });
    const { dollars, brackets, rows } = found.groups ?? {};
    parts.push({ text: dollars ?? brackets ?? rows ?? "", isDisplay: true });
    from = found.index + found[0].length;
  }
  return [...parts, { text: source.slice(from), isDisplay: false }];
}

const braced = String.raw`\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}`;
/** \tag{4}, \tag*{(4)}, \tag4; and a number that is set where a tag would stand. */
const tags = new RegExp(
  String.raw`\\tag\s*(\*?)\s*(?:${braced}|([^\s{]))|\\(?:q?quad|hfill|l?eqno)\s*(?:\\(?:text|mathrm)\s*\{)?\s*(\([A-Z]?\d+\))\s*\}?\s*[.,]?\s*$`,
  "g",
);

function tagsOf({ text, isDisplay }: Part, at: number): TaggedDisplay[] {
  const found = [...text.matchAll(tags)].map(tagOf);
  if (found.length < 2) return found.map((tag) => ({ tag, at, tex: isDisplay ? said(text) : undefined }));
  const rows = isDisplay ? rowsOf(text) : [];
  const isEach = rows.length > 1 && rows.every((row) => [...row.matchAll(tags)].length < 2);
  if (!isEach) return found.map((tag) => ({ tag, at, tex: undefined }));
  return rows.flatMap((row) =>
    [...row.matchAll(tags)].map((one) => ({ tag: tagOf(one), at, tex: said(row) })),
  );
}

/** As a reader sees it: "(4)" however the 4 is set. */
function tagOf([, star, inBraces, sign, atEnd]: RegExpMatchArray): string {
  const seen = (inBraces ?? sign ?? atEnd ?? "")
    .replace(/\\(?:text|math|bf|rm|it)[a-z]*(?![A-Za-z])|\\[,;:! ]|[{}$~\s]/g, "")
    .normalize("NFKC");
  return star === "*" || atEnd !== undefined ? `(${seen.replace(/^\((.*)\)$/, "$1")})` : `(${seen})`;
}

/** What is said beside the tag; one environment around it, and its &, only set it. */
function said(text: string): string {
  const bare = text.replace(tags, "").trim();
  const around = new RegExp(
    String.raw`^\\begin\{(${environments}|aligned|split|gathered)\}([^]*)\\end\{\1\}$`,
  ).exec(bare);
  const inner = around?.[2]?.replace(tags, "") ?? bare;
  return (inner.includes("\\begin") ? inner : inner.replace(/(?<!\\)&/, "")).trim();
}

/** The rows of an environment, or of a display. */
function rowsOf(text: string): string[] {
  const inner = new RegExp(String.raw`^\s*\\begin\{(${environments})\}([^]*)\\end\{\1\}\s*$`).exec(text)?.[2];
  const rows = (inner ?? text).split(/\\\\(?:\[[^\]]*\])?/);
  return rows.some((row) => row.includes("\\begin")) ? [] : rows;
}

const defining =
  /\\(?:[gex]?def|let|futurelet|(?:re)?newcommand|providecommand|DeclareMathOperator|newenvironment|renewenvironment|require)(?![A-Za-z])/;

/**
 * The first command of LaTeX by which a notebook gives signs another meaning, in a text or in what an output shows: what its
 * displays say can then not be told from what is written in them.
 */
export function redefinition({ cells }: Notebook): string | undefined {
  for (const cell of cells)
    for (const text of textsOf(cell)) if (defining.test(text)) return defining.exec(text)?.[0];
  return undefined;
}

function textsOf(cell: Cell): string[] {
  if (cell.cell_type !== "code") return cell.cell_type === "markdown" ? [cell.source] : [];
  const bundles = cell.outputs.map((output) => ("data" in output ? output.data : {}));
  const shown = bundles.flatMap((bundle) =>
    ["text/latex", "text/markdown", "text/html"].map((form) => bundle[form]),
  );
  return shown.filter((one): one is string => typeof one === "string");
}
