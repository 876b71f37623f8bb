/** Equation × derived, proved, picture, fast, tested: the table of README.md, read off the notebooks, the sources and the tests. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { definitionOf } from "../../kernel/notebook/equations/definition.js";
import { taggedDisplays } from "../../kernel/notebook/equations/displays.js";
import { equationsOfCells } from "../../kernel/notebook/equations/sections.js";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import type { Bundle, Cell, Notebook } from "../../kernel/notebook/format/types.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { DERIVATION_MIME, VERDICT_MIME } from "../../src/mime/types.js";
import { tableText } from "./tableText.js";

/** What the lecture numbers, what it does not (U), and what comes next (X): the rows, in their order. */
const names: Readonly<Record<string, string>> = {
  "(1)": "S = W φ(Z) + b 1ᵀ",
  "(2)": "Z = σ(S)",
  "(3)": "σ(x) = max(x, 0)",
  "(4)": "φ(Z) = mat(P_φ vec(Z))",
  "(5)": "mat(v), the inverse of vec",
  "(U1)": "Z, channels × pixels",
  "(U2)": "W, a filter in each row",
  "(U3)": "b",
  "(U4)": "1, all ones",
  "(U5)": "φ(Z), all sub-images",
  "(U6)": "σ′(x)",
  "(U7)": "vec(M), columns stacked",
  "(U8)": "P_φ, one 1 in each row",
  "(U9)": "θ = [vec(W¹); b¹; …]",
  "(U10)": "ξ = ‖z − y‖²",
  "(U11)": "f(θ) = θᵀθ/(2C) + (1/l) Σ ξ",
  "(X3)": "vec(AXB) = (Bᵀ ⊗ A) vec(X)",
  "(X4)": "vec(S) = (I ⊗ W) P_φ vec(Z) + (1 ⊗ I) b",
  "(X16)": "∂ξ/∂W = G φ(Z)ᵀ",
  "(X17)": "∂ξ/∂b = G 1",
  "(X18)": "vec(∂ξ/∂Z)ᵀ = vec(Wᵀ G)ᵀ P_φ",
  "(X21)": "stochastic gradient with momentum",
  "(X24)": "G = I/C + (1/l) Σ JᵀBJ",
  "(X28)": "Gv = v/C + (1/l) Σ Jᵀ(B(Jv))",
  "(X34)": "the other tradition, K P_φ Kᵀ",
};

/** The marks in README.md between which the table stands. */
export const equationMarks: readonly [begin: string, end: string] = [
  "<!-- equations -->",
  "<!-- /equations -->",
];

interface Lesson {
  /** Its number in the course. */
  readonly number: number;
  readonly file: string;
  readonly notebook: Notebook;
}

/** The table in Markdown, its paths as README.md needs them. */
export async function equationTable(): Promise<string> {
  const course = await lessons();
  const [fast, tested] = [sourcesNaming(["src/engine", "src/operations"]), testsNaming()];
  const rows = Object.entries(names).map(([tag, says]) => {
    const held = course.flatMap((lesson) => provedIn(lesson, tag));
    return [
      tag.replace(/^\(([UX]\d+)\)$/, "$1"),
      says,
      links(course.filter((lesson) => shows(lesson, tag, (data) => DERIVATION_MIME in data))),
      held.join(", "),
      links(course.filter((lesson) => shows(lesson, tag, isPicture))),
      fileLinks(fast.get(tag) ?? []),
      fileLinks(tested.get(tag) ?? []),
    ];
  });
  return tableText(
    ["", "equation", "derived", "proved for all sizes, or defined", "picture", "fast", "tested"],
    rows,
  );
}

async function lessons(): Promise<Lesson[]> {
  const names = readdirSync(join(packageRoot(), "notebooks")).filter((name) => /^\d\d-.*\.ipynb$/.test(name));
  return Promise.all(
    names.sort().map(async (name) => ({
      number: Number(name.slice(0, 2)),
      file: `notebooks/${name}`,
      notebook: await readNotebook(join(packageRoot(), "notebooks", name)),
    })),
  );
}

const link = ({ number, file }: Lesson): string => `[${number}](${file})`;
const links = (course: readonly Lesson[]): string => course.map(link).join(", ");

/** The first file, and how many more there are. */
function fileLinks(files: readonly string[]): string {
  const [first, ...more] = files;
  if (first === undefined) return "";
  const name = first.replace(/^.*\//, "").replace(/(?:\.slow)?(?:\.test)?\.ts$/, "");
  return `[${name}](${first})${more.length > 0 ? ` + ${more.length}` : ""}`;
}

const bundles = (cell: Cell): Bundle[] =>
  cell.cell_type === "code" ? cell.outputs.flatMap((output) => ("data" in output ? [output.data] : [])) : [];

/** Whether a cell that is about the equation shows such an output. */
function shows({ notebook }: Lesson, tag: string, wanted: (data: Bundle) => boolean): boolean {
  const about = equationsOfCells(notebook);
  return notebook.cells.some((cell, at) => about[at]?.includes(tag) && bundles(cell).some(wanted));
}

const isPicture = (data: Bundle): boolean =>
  "image/svg+xml" in data ||
  Object.keys(data).some((mime) => /philab\.(?:phi|filter|gradient|walk|sparsity)\./.test(mime));

/** The notebook, where a certificate for all sizes has the name, or the text defines it and a cell compares it. */
function provedIn(lesson: Lesson, tag: string): string[] {
  const verdicts = lesson.notebook.cells.flatMap(bundles).map((data) => data[VERDICT_MIME]) as Shown[];
  if (verdicts.some((verdict) => verdict?.tag === tag && verdict.level === "all sizes"))
    return [link(lesson)];
  const defined = taggedDisplays(lesson.notebook).some(
    (display) => display.tag === tag && display.tex !== undefined && definitionOf(display.tex) !== undefined,
  );
  return defined ? [`defined in ${link(lesson)}`] : [];
}

type Shown = { readonly tag?: string; readonly level?: string } | undefined;

/** Tag → the files whose words name the equation: eq. (4), or X16 to X18. */
function naming(files: readonly string[], words: (text: string) => string): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of files) {
    const text = words(readFileSync(join(packageRoot(), file), "utf8"));
    for (const tag of new Set(namedIn(text))) found.set(tag, [...(found.get(tag) ?? []), file]);
  }
  return found;
}

/** "(4)" of "eq. (4)", "(2)" and "(3)" of "eq. (2) and (3)", "(X16)", "(X17)" and "(X18)" of "X16 to X18". */
function namedIn(text: string): string[] {
  const numbered = [...text.matchAll(/eqs?\.\s+\(([1-5])\)(?:\s*(?:and|,|to)\s*\(([1-5])\))?/g)];
  const lettered = [...text.matchAll(/\b([UX])(\d{1,2})\b(?:\s+to\s+[UX](\d{1,2})\b)?/g)];
  return [
    ...numbered.flatMap(([, from, to]) => range(Number(from), Number(to ?? from)).map((n) => `(${n})`)),
    ...lettered.flatMap(([, letter, from, to]) =>
      range(Number(from), Number(to ?? from)).map((n) => `(${letter}${n})`),
    ),
  ];
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, k) => from + k);

const typescript = (folder: string): string[] =>
  readdirSync(join(packageRoot(), folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => `${folder}/${name}`);

const sourcesNaming = (folders: readonly string[]): ReadonlyMap<string, string[]> =>
  naming(folders.flatMap(typescript), (text) => (text.match(/\/\*\*.*?\*\//gs) ?? []).join("\n"));

/** The tests whose titles name the equation, those of the exported cells first, then the list of what is proved. */
function testsNaming(): ReadonlyMap<string, string[]> {
  const files = typescript("test").filter((file) => file.endsWith(".test.ts"));
  const own = files.filter((file) => file.startsWith("test/notebooks/"));
  return naming([...own, ...files.filter((file) => !own.includes(file))], (text) =>
    [...text.matchAll(/\b(?:describe|it)\(\s*(["`])((?:\\.|(?!\1).)*)\1/gs)]
      .map(([, , title]) => title)
      .join("\n"),
  );
}
