/** What `philab verify --strict` asks of each tagged equation: a certificate of its name, or that it defines a name. */
import { basename } from "node:path";
import { lecture } from "../../../src/index.js";
import { type Definition, definitionOf, NoDefinition } from "../equations/definition.js";
import { type TaggedDisplay, taggedDisplays } from "../equations/displays.js";
import { cellOptions } from "../format/cell.js";
import { readNotebook } from "../format/read.js";
import type { Cell, Notebook } from "../format/types.js";
import { publicNames } from "../module/publicNames.js";
import type { Checked } from "./checkedStatements.js";

/** A notebook and what was found of its statements. */
export interface CheckedNotebook {
  readonly file: string;
  readonly checked: readonly Checked[];
}

/** An equation that a notebook tags, and what holds it. */
export interface TaggedEquation {
  readonly file: string;
  readonly tag: string;
  readonly isHeld: boolean;
  /** "proved for all sizes, cell 33, (1)", "defines f, compared in cell 10", or what is missing. */
  readonly says: string;
}

/** Every tag of every notebook once, in their order. A certificate counts for all of them. Throws NotebookError. */
export async function equationsOf(notebooks: readonly CheckedNotebook[]): Promise<TaggedEquation[]> {
  const found: TaggedEquation[] = [];
  for (const { file, checked } of notebooks) {
    const notebook = await readNotebook(file);
    const known = namesDeclared(checked);
    const displays = taggedDisplays(notebook);
    for (const display of displays) {
      const held = certified(display.tag, file, notebooks) ?? defined(display, displays, notebook, known);
      if (!found.some((one) => one.file === file && one.tag === display.tag && one.says === held.says))
        found.push({ file, tag: display.tag, ...held });
    }
  }
  return found;
}

type Held = Pick<TaggedEquation, "isHeld" | "says">;

/** The certificate of that name: the notebook's own, or else another's. */
function certified(tag: string, file: string, notebooks: readonly CheckedNotebook[]): Held | undefined {
  const own = notebooks.filter((notebook) => notebook.file === file);
  for (const { file: home, checked } of [...own, ...notebooks]) {
    const one = checked.find((each) => each.isStatement && each.place.replace(/^cell \d+, /, "") === tag);
    if (one === undefined) continue;
    const reach = one.claim?.level === "all sizes" ? "proved for all sizes" : `checked, ${one.claim?.level}`;
    const where = one.place.replace(/,.*$/s, home === file ? "" : ` of ${basename(home)}`);
    return { isHeld: one.problems.length === 0, says: `${reach}, ${where}` };
  }
  return undefined;
}

/** Nothing can be proved of a definition; it must be one, and a cell must compare what it defines with what the program has. */
function defined(
  display: TaggedDisplay,
  displays: readonly TaggedDisplay[],
  { cells }: Notebook,
  known: ReadonlySet<string>,
): Held {
  try {
    const definition = display.tex === undefined ? undefined : definitionOf(display.tex);
    if (definition === undefined) return { isHeld: false, says: "no certificate" };
    checkNew(definition, display, displays, known);
    const at = cells.findIndex((cell) => comparedTags(cell).includes(display.tag));
    if (at < 0) throw new NoDefinition(`no cell compares it: "//| checks: ${display.tag.slice(1, -1)}"`);
    if (!saysTrue(cells[at] as Cell))
      throw new NoDefinition(`cell ${at + 1}, which compares it, does not say true`);
    return { isHeld: true, says: `defines ${definition.left}, compared in cell ${at + 1}` };
  } catch (error) {
    if (!(error instanceof NoDefinition)) throw error;
    return { isHeld: false, says: `no certificate, and no definition: ${error.message}` };
  }
}

/** A name that has a meaning already may only be written out by its entries; no name is defined twice, or by itself. */
function checkNew(
  definition: Definition,
  { tag }: TaggedDisplay,
  displays: readonly TaggedDisplay[],
  known: ReadonlySet<string>,
): void {
  const { name, left, right, isWrittenOut, isCircular } = definition;
  const hasMeaning = known.has(name) || publicNames().has(name) || !couldBeDeclared(name);
  if (!isWrittenOut && hasMeaning) throw new NoDefinition(`${name} has a meaning already`);
  if (!isWrittenOut && isCircular) throw new NoDefinition(`${name} stands on both sides`);
  const twice = displays.find(
    ({ tag: other, tex }) => other !== tag && leftOf(tex) === left && rightOf(tex) !== right,
  );
  if (twice) throw new NoDefinition(`${twice.tag} defines ${left} otherwise`);
}

const leftOf = (tex: string | undefined): string | undefined => partsOf(tex)?.left;
const rightOf = (tex: string | undefined): string | undefined => partsOf(tex)?.right;

function partsOf(tex: string | undefined): Definition | undefined {
  try {
    return tex === undefined ? undefined : definitionOf(tex);
  } catch {
    return undefined; // it is named where its own turn comes
  }
}

/** The words of all declarations, without their marks: Z for Z_in. A word that is no name is one too many, which is safe. */
function namesDeclared(checked: readonly Checked[]): Set<string> {
  const words = checked.flatMap(({ claim }) => claim?.declarations.match(/[A-Za-z]+/g) ?? []);
  return new Set(words);
}

/** Whether a lecture could still give the name a meaning: vec, relu and their like have theirs. */
function couldBeDeclared(name: string): boolean {
  if (!/^[A-Za-z]+$/.test(name)) return true; // 1, the vector of ones, which no declaration names
  try {
    lecture`dims n
      ${name} : n x n`;
    return true;
  } catch {
    return false;
  }
}

/** "(U10)" and "(U11)" of a cell that begins with //| checks: U10, U11. */
function comparedTags(cell: Cell): string[] {
  const text = cellOptions(cell).get("checks") ?? "";
  return text.split(",").map((tag) => `(${tag.trim()})`);
}

function saysTrue(cell: Cell): boolean {
  const outputs = cell.cell_type === "code" ? cell.outputs : [];
  const last = outputs.at(-1);
  return last?.output_type === "execute_result" && last.data["text/plain"] === "true";
}
