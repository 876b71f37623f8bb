/** How a page looks: light, dark and printed. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The page's own style sheet. */
export const pageStyle: string = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #59636e; --page: #fff; --code: #f5f6f8; --line: #d8dce1;
  --keyword: #8250a8; --string: #0a6b3d; --number: #0b5cad; --comment: #6a737d; --error: #b3261e; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --text: #e3e6ea; --soft: #9aa4af; --page: #15181c; --code: #1f242a;
  --line: #363d45; --keyword: #c9a2ee; --string: #8fd6a8; --number: #86bdf5; --comment: #8b949e; --error: #ff8f85; --link: #86bdf5; } }
:root { --jp-content-font-color1: var(--text); --jp-content-font-color2: var(--soft); --jp-border-color2: var(--line);
  --jp-layout-color0: var(--page); --jp-layout-color1: var(--page); --jp-layout-color2: var(--code); }
@media (prefers-color-scheme: dark) { .philab-derivation { --philab-proved: #7ddc9a; --philab-tried: #86bdf5;
  --philab-weak: #ffc766; --philab-wrong: #ff9a90; --philab-change: #ffb066; --philab-lit: rgb(255 157 66 / 36%);
  --philab-letter-1: #86bdf5; --philab-letter-2: #7ddc9a; --philab-letter-3: #e9a1f0; }
  :is(.philab-phi, .philab-sparsity, .philab-filter, .philab-walk, .philab-gradient, .philab-training, .philab-derivation) { --philab-mark: #ff9d42; --philab-control: #ff9d42; --philab-tint: rgb(255 157 66 / 14%); } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 17px/1.6 Georgia, "Times New Roman", serif; }
.layout { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 76rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
nav { font: 15px/1.5 system-ui, sans-serif; padding-top: 1.5rem; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav .level-2 { padding-left: 1rem; } nav .level-3 { padding-left: 2rem; }
nav a { color: var(--soft); text-decoration: none; } nav a:hover, nav a:focus { color: var(--link); text-decoration: underline; }
@media (min-width: 64rem) { .layout { grid-template-columns: 15rem minmax(0, 1fr); gap: 3rem; }
  nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding-bottom: 1rem; } }
main { min-width: 0; max-width: 54rem; }
h1, h2, h3, h4 { font-family: system-ui, sans-serif; line-height: 1.25; margin: 2rem 0 0.75rem; }
a { color: var(--link); }
img { max-width: 100%; height: auto; }
.output img { border-radius: 4px; }
.output img:not([src^="data:image/svg"]) { background: #fff; }
nav.contents a[aria-current] { color: var(--link); font-weight: 600; border-left: 3px solid var(--link); margin-left: -0.7rem; padding-left: calc(0.7rem - 3px); }
.turn { display: flex; justify-content: space-between; gap: 1rem; margin: 1rem 0; font: 15px/1.5 system-ui, sans-serif; }
.katex .text { font-family: KaTeX_Main, "STIX Two Math", "Cambria Math", "DejaVu Math TeX Gyre", "DejaVu Sans", "Noto Sans Math", math, sans-serif; }
.philab-cell-bar { display: flex; flex-wrap: wrap; gap: 0.3rem; align-items: center; margin: 0.2rem 0; font: 13px/1.5 system-ui, sans-serif; color: var(--soft); }
.philab-cell-bar button { font: inherit; font-size: 12px; padding: 2px 9px; border: 1px solid var(--line); border-radius: 3px; background: var(--page); color: var(--text); cursor: pointer; }
.philab-cell-bar button:hover, .philab-cell-bar button:focus-visible { border-color: var(--link); color: var(--link); }
.philab-editor { display: block; width: 100%; padding: 0.6rem 0.8rem; border: 1px solid var(--link); border-radius: 4px; background: var(--code); color: var(--text);
  font: 14px/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; tab-size: 2; }
.philab-editor[hidden], pre.source[hidden] { display: none; }
.philab-edited { border-left: 3px solid #e8710a; padding-left: 0.6rem; }
.philab-running { opacity: 0.75; }
pre, code { font: 14px/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
pre { margin: 0; overflow-x: auto; }
.cell { margin: 1.25rem 0; unicode-bidi: isolate; }
/* What a cell draws stays inside it, and what nobody has scrolled to is not laid out yet. */
@media screen { .cell { content-visibility: auto; contain-intrinsic-height: auto 12rem; margin-inline: -0.3rem; padding-inline: 0.3rem; } }
pre.source { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--code); border: 1px solid var(--line); border-radius: 4px; padding: 0.6rem 0.8rem; }
.markdown pre { background: var(--code); padding: 0.6rem 0.8rem; border-radius: 4px; }
/* As JupyterLab breaks what was printed. */
pre.output, .output > pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.output { margin: 0.5rem 0 0.5rem 0.8rem; overflow-x: auto; }
.output > p:first-child { margin-top: 0.3rem; } .output > p:last-child { margin-bottom: 0.3rem; }
.stderr { border-left: 3px solid var(--line); padding-left: 0.6rem; }
.error { color: var(--error); border-left: 3px solid var(--error); padding-left: 0.6rem; }
.note { color: var(--soft); font: italic 15px/1.5 system-ui, sans-serif; }
.k { color: var(--keyword); } .s { color: var(--string); } .n { color: var(--number); } .c { color: var(--comment); font-style: italic; }
table { border-collapse: collapse; } th, td { border-bottom: 1px solid var(--line); padding: 0.2rem 0.7rem; }
.output :is(th, td):not([align]) { text-align: right; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft); }
.katex { font-size: 1.1em; }
.katex-display { overflow-x: auto; overflow-y: hidden; padding: 0.2rem 0; }
/* On paper nothing can be pressed or dragged, and a page is not left half empty: cells break between what must stay whole. */
@media print { nav, .turn, .philab-cell-bar, .philab-controls, .philab-tools, .philab-switch, .philab-own, .philab-sliders,
    .output :is(button, input[type="range"], input[type="file"]), .philab-stage-law:has(> .philab-note:only-child) { display: none !important; }
  :root { --text: #000; --soft: #333; --line: #888; --page: #fff; --code: #fff; }
  body { font-size: 11pt; background: #fff; color: #000; } .layout { display: block; max-width: none; } main { max-width: none; }
  h1, h2, h3, .cell.markdown { break-after: avoid; } pre { white-space: pre-wrap; } pre.source { border-color: #bbb; } a { color: inherit; }
  pre.source, img, svg, canvas, tr, .katex-display, .philab-line, .philab-result { break-inside: avoid; }
  .output > img { max-height: 11cm; } .philab-pixel, .philab-matrix td { print-color-adjust: exact; } }
`;

/** Fonts that a formula may need which is set while the page is read; a sign of another one comes from the reader's own fonts. */
const always = [
  "Main-Regular",
  "Math-Italic",
  "Size1-Regular",
  "Size2-Regular",
  "Size3-Regular",
  "Size4-Regular",
];

/** The classes of KaTeX's that need another font. */
const further: readonly [font: string, sign: RegExp][] = [
  // A ✓ alone, which every badge has, comes from the reader's own fonts: this one has 28 kB.
  ["AMS-Regular", /class="[^"]*\b(?:amsrm|mathbb|textbb)\b[^"]*"[^>]*>(?!\u2713<)/],
  ["Main-Bold", /class="[^"]*\b(?:mathbf|textbf)\b/],
  ["Main-Italic", /class="[^"]*\b(?:mathit|textit)\b/],
  ["Main-BoldItalic", /class="[^"]*\bboldsymbol\b/],
  ["Math-BoldItalic", /class="[^"]*\bboldsymbol\b/],
  ["Caligraphic-Regular", /class="[^"]*\bmathcal\b/],
  ["Fraktur-Regular", /class="[^"]*\bmathfrak\b/],
  ["Script-Regular", /class="[^"]*\bmathscr\b/],
  ["SansSerif-Regular", /class="[^"]*\b(?:mathsf|textsf)\b/],
  ["Typewriter-Regular", /class="[^"]*\b(?:mathtt|texttt)\b/],
];

/** KaTeX's style sheet with those of its fonts inside that the page's formulas use: they are two thirds of a page. */
export function formulaStyle(body: string): string {
  const folder = dirname(createRequire(import.meta.url).resolve("katex"));
  const style = readFileSync(join(folder, "katex.min.css"), "utf8");
  const used = new Set([...always, ...further.flatMap(([font, sign]) => (sign.test(body) ? [font] : []))]);
  return style.replace(
    /@font-face\{[^}]*?src:url\((fonts\/KaTeX_([\w-]+)\.woff2)\)[^}]*\}/g,
    (face, file: string, name: string) => {
      if (!used.has(name)) return "";
      const font = readFileSync(join(folder, file)).toString("base64");
      return face.replace(/src:url[^}]*/, `src:url(data:font/woff2;base64,${font}) format("woff2")`);
    },
  );
}
