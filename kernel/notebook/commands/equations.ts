/** What `philab verify --strict` asks of each tagged equation: a certificate of its name, or that it defines a name. */
import { basename } from "node:path";
import { lecture } from "../../../src/index.js";
import { type Definition, definitionOf, NoDefinition } from "../equations/definition.js";
import { redefinition, type TaggedDisplay, taggedDisplays } from "../equations/displays.js";
import { cellOptions } from "../format/cell.js";
import { readNotebook } from "../format/read.js";
import type { Cell, Notebook } from "../format/types.js";
import { publicNames } from "../module/publicNames.js";
import type { Checked, Claim } from "./checkedStatements.js";
import { type ComparedDisplay, comparedDisplays, type DisplayToCompare } from "./comparedDisplays.js";

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
  /** "proved for all sizes, cell 33; the display says it", "defines f, compared in cell 10", or what is missing. */
  readonly says: string;
}

/** Compares displays with certificates, all in one go. */
export type Compare = (displays: readonly DisplayToCompare[]) => Promise<readonly ComparedDisplay[]>;

type Held = Pick<TaggedEquation, "isHeld" | "says">;

/** A display, the certificates of its name, and what is compared with each. */
interface Tagged {
  readonly file: string;
  readonly display: TaggedDisplay;
  readonly certificates: readonly Certified[];
  /** Why its text is compared with none of them. */
  readonly unread: string | undefined;
  /** What holds it where there is no certificate of its name. */
  definition(): Held;
}

interface Certified {
  readonly home: string;
  readonly one: Checked;
}

/**
 * Every tag of every notebook once, in their order. A certificate counts for all of them whose display does not say something
 * else. Throws NotebookError.
 */
export async function equationsOf(
  notebooks: readonly CheckedNotebook[],
  compare: Compare = comparedDisplays,
): Promise<TaggedEquation[]> {
  const tagged: Tagged[] = [];
  for (const notebook of notebooks) tagged.push(...(await taggedIn(notebook, notebooks)));
  const comparisons = [...(await compare(tagged.flatMap(toCompare)))];
  const found: TaggedEquation[] = [];
  for (const one of tagged) {
    const { file, display, certificates } = one;
    const own = comparisons.splice(0, toCompare(one).length);
    const held = certificates.length > 0 ? certified(one, own) : one.definition();
    const isSaid = ({ file: other, tag, says }: TaggedEquation): boolean =>
      other === file && tag === display.tag && says === held.says;
    if (!found.some(isSaid)) found.push({ file, tag: display.tag, ...held });
  }
  return found;
}

async function taggedIn(
  { file, checked }: CheckedNotebook,
  notebooks: readonly CheckedNotebook[],
): Promise<Tagged[]> {
  const notebook = await readNotebook(file);
  const [displays, known, command] = [
    taggedDisplays(notebook),
    namesDeclared(checked),
    redefinition(notebook),
  ];
  return displays.map((display) => ({
    file,
    display,
    certificates: certificatesOf(display.tag, file, notebooks),
    unread:
      command !== undefined
        ? `the notebook gives LaTeX another meaning, by ${command}`
        : display.tex === undefined
          ? "it stands in no display of its own"
          : undefined,
    definition: () => defined(display, displays, notebook, known),
  }));
}

/** Those of that name: the notebook's own first. */
function certificatesOf(tag: string, file: string, notebooks: readonly CheckedNotebook[]): Certified[] {
  const isOwn = (notebook: CheckedNotebook): boolean => notebook.file === file;
  const ordered = [...notebooks.filter(isOwn), ...notebooks.filter((notebook) => !isOwn(notebook))];
  return ordered.flatMap(({ file: home, checked }) =>
    checked
      .filter(({ isStatement, place }) => isStatement && place.replace(/^cell \d+, /, "") === tag)
      .map((one) => ({ home, one })),
  );
}

function toCompare({ display: { tex }, certificates, unread }: Tagged): DisplayToCompare[] {
  if (tex === undefined || unread !== undefined) return [];
  return certificates.flatMap(({ one: { claim } }) => (claim === undefined ? [] : [{ tex, claim }]));
}

/** The first certificate that the display says; else the first of all. */
function certified({ file, certificates, unread }: Tagged, compared: readonly ComparedDisplay[]): Held {
  const left = [...compared];
  const all = certificates.map((one) => ({
    ...one,
    comparison:
      one.one.claim === undefined || unread !== undefined
        ? ({ result: "not compared", why: unread ?? "nothing is certified" } as const)
        : (left.shift() as ComparedDisplay),
  }));
  const isHeld = ({ one, comparison }: (typeof all)[number]): boolean =>
    one.problems.length === 0 && comparison.result === "same";
  const { home, one, comparison } = (all.find(isHeld) ?? all[0]) as (typeof all)[number];
  const reach = one.claim?.level === "all sizes" ? "proved for all sizes" : `checked, ${one.claim?.level}`;
  const where = one.place.replace(/,.*$/s, home === file ? "" : ` of ${basename(home)}`);
  const isDenied = comparison.result === "differs" || comparison.result === "too long";
  return {
    isHeld: one.problems.length === 0 && !isDenied,
    says: `${reach}, ${where}${comparedText(comparison, one.claim)}`,
  };
}

function comparedText({ result, why }: ComparedDisplay, claim: Claim | undefined): string {
  if (result === "same") return "; the display says it";
  if (result === "differs") return `; but the display says ${why}, and certified is ${claim?.statement}`;
  return `; the display was not compared: ${why}`;
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
