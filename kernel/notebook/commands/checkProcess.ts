/** The process that checks a notebook's statements: one that takes too long, or too much memory, is ended with it. */
import { judge } from "../../../checker/judge.js";
import { type ShownStatement, shownStatements } from "../../../src/index.js";
import { readNotebook } from "../format/read.js";
import type { Bundle, Cell, Notebook, Output } from "../format/types.js";
import type { Checked, CheckOrder } from "./checkedStatements.js";
import type { WordOfProcess } from "./oneByOne.js";

/** A statement, and where it stands. */
interface Found {
  readonly place: string;
  readonly shown: ShownStatement;
}

process.once("message", (order: CheckOrder) => void obey(order));

async function obey({ file, seed, from }: CheckOrder): Promise<void> {
  for (const { place, shown } of statementsOf(await readNotebook(file)).slice(from)) {
    say({ op: "next", next: { place, isStatement: shown.isStatement } });
    say({ op: "found", found: check(place, shown, seed) });
    await new Promise((resolve) => setImmediate(resolve)); // what was said goes out
  }
  say({ op: "end" });
}

function say(report: WordOfProcess<Pick<Checked, "place" | "isStatement">, Checked>): void {
  process.send?.(report);
}

function check(place: string, { isStatement, certificate, problems }: ShownStatement, seed: number): Checked {
  const found = problems(seed);
  const judgement = certificate === undefined ? undefined : judge(certificate);
  const differs =
    judgement?.verdict === "differs"
      ? [
          `${(certificate as { statement: string }).statement} does not hold, says the second program: ${judgement.why}`,
        ]
      : [];
  return { place, isStatement, problems: [...found, ...differs], judgement, claim: claimOf(certificate) };
}

function claimOf(certificate: unknown): Checked["claim"] {
  const { level, declarations, statement } = (certificate ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof level !== "string" || typeof declarations !== "string" || typeof statement !== "string")
    return undefined;
  return { level, declarations, statement };
}

/** The words of an error can look like a badge too. */
function formsOf(output: Output): Bundle {
  if (output.output_type === "stream") return {};
  if (output.output_type !== "error") return output.data;
  const { ename, evalue, traceback } = output;
  return { "text/plain": [ename, evalue, ...traceback].join("\n") };
}

/** What is printed in pieces is read as one. */
function printed(outputs: readonly Output[]): string {
  return outputs.map((output) => (output.output_type === "stream" ? output.text : "")).join("");
}

/** All that a reader sees of a cell but its code: bundles of what is shown, by their forms. */
function shownBy(cell: Cell): Bundle[] {
  const attached = { "an attachment": Object.values(cell.attachments ?? {}).map(readable) };
  if (cell.cell_type !== "code") return [{ "its text": cell.source }, attached];
  return [...cell.outputs.map(formsOf), { "what is printed": printed(cell.outputs) }, attached];
}

/** A picture that is drawn by words is stored as bytes. */
function readable(attachment: Bundle): unknown {
  const { "image/svg+xml": svg } = attachment;
  return typeof svg === "string" ? [svg, Buffer.from(svg, "base64").toString()] : attachment;
}

function statementsOf({ cells, metadata }: Notebook): Found[] {
  const found = cells.flatMap((cell, at) =>
    shownBy(cell)
      .flatMap((bundle) => shownStatements(bundle))
      .map((shown) => ({ place: `cell ${at + 1}, ${shown.place}`, shown })),
  );
  const besides = shownStatements({ "its metadata": metadata }); // also what widgets show
  return [...found, ...besides.map((shown) => ({ place: `the notebook, ${shown.place}`, shown }))];
}
