/** `philab verify`: every certificate in a notebook's outputs, checked again. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { type Judgement, judge } from "../../../checker/judge.js";
import { verifyCertificate } from "../../../src/index.js";
import {
  DERIVATION_MIME,
  type DerivationPayload,
  VERDICT_MIME,
  type VerdictPayload,
} from "../../../src/mime/types.js";
import { UsageError } from "../../usageError.js";
import { readNotebook } from "../format/read.js";
import type { Bundle, Notebook } from "../format/types.js";

export const usage = `philab verify [--strict] NB…

Checks every statement that the notebooks' outputs certify anew: with the stored sizes and seeds, and one fresh seed.
A second program, which shares no code with the first, judges each by evaluation at sizes and entries of its own.
Exit code 0 only if there are certificates and all hold; with --strict only if the second program judged them all.`;

/** A certificate and where it stands. */
interface Found {
  readonly place: string;
  readonly certificate: unknown;
}

/** What both programs say of a certificate. */
interface Heard {
  readonly place: string;
  /** Why it does not hold. */
  readonly problems: readonly string[];
  readonly judgement: Judgement;
}

/** Runs with the words after `philab verify`. */
export async function run(args: readonly string[]): Promise<number> {
  const options = { strict: { type: "boolean" } } as const;
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError("philab verify: no notebook; needed at least one");
  const seed = randomInt(1_000, 2 ** 31);
  let failed = 0;
  for (const file of positionals)
    failed += verifyAll(file, certificatesOf(await readNotebook(file)), seed, values.strict ?? false);
  return failed === 0 ? 0 : 1;
}

/** Verifies the certificates of one notebook, says so, and returns how many do not hold; 1 where there are none. */
function verifyAll(file: string, found: readonly Found[], seed: number, strict: boolean): number {
  if (found.length === 0) {
    console.log(`${file}: no certificates`);
    return 1;
  }
  const heard = found.map((one) => hear(one, seed));
  for (const { place, problems } of heard)
    for (const problem of problems) console.log(`${file}: ${place}: ${problem}`);
  const left = heard.filter(({ judgement }) => judgement.verdict === "not judged");
  for (const { place, judgement } of left)
    console.log(`${file}: ${place}: not judged by the second program: ${judgement.why}`);
  const held = heard.filter(({ problems }) => problems.length === 0).length;
  console.log(
    `${file}: ${held} of ${found.length} statements hold (fresh seed ${seed}); ${againText(heard)}`,
  );
  return found.length - held + (strict ? left.length : 0);
}

function againText(heard: readonly Heard[]): string {
  const judged = heard.map(({ judgement }) => judgement).filter(({ verdict }) => verdict !== "not judged");
  const shapes = judged.reduce((sum, one) => sum + one.shapes, 0) / Math.max(judged.length, 1);
  return `${judged.length} judged again by the second program, at ${Math.round(shapes)} shapes on the average`;
}

function hear({ place, certificate }: Found, seed: number): Heard {
  const judgement = judge(certificate);
  const differs = judgement.verdict === "differs" ? [differenceIn(certificate, judgement)] : [];
  return { place, problems: [...problemOf(certificate, seed), ...differs], judgement };
}

function differenceIn(certificate: unknown, { why }: Judgement): string {
  return `${(certificate as { statement: string }).statement} does not hold, says the second program: ${why}`;
}

function problemOf(certificate: unknown, seed: number): string[] {
  try {
    const [verdict] = verifyCertificate(certificate, seed);
    return verdict.ok ? [] : [`${verdict.statement} does not hold: ${verdict.why ?? "the two sides differ"}`];
  } catch (error) {
    return [(error as Error).message];
  }
}

function certificatesOf(notebook: Notebook): Found[] {
  return notebook.cells.flatMap((cell, at) => {
    if (cell.cell_type !== "code") return [];
    const found = cell.outputs.flatMap((output) => ("data" in output ? certificatesIn(output.data) : []));
    return found.map(({ place, certificate }) => ({ place: `cell ${at + 1}, ${place}`, certificate }));
  });
}

/** The certificates of an output: of each line of a derivation, or of a statement under its name. */
function certificatesIn(data: Bundle): Found[] {
  const derivation = data[DERIVATION_MIME] as DerivationPayload | undefined;
  const verdict = data[VERDICT_MIME] as VerdictPayload | undefined;
  const lines = (derivation?.lines ?? []).map(({ certificate }, k) => ({
    place: `line ${k + 1}`,
    certificate,
  }));
  const statements = verdict ? [{ place: verdict.tag, certificate: verdict.certificate }] : [];
  return [...lines, ...statements].filter(({ certificate }) => certificate !== undefined);
}
