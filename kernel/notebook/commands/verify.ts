/** `philab verify`: every certificate in a notebook's outputs, checked again. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
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

export const usage = `philab verify NB…

Checks every statement that the notebooks' outputs certify anew: with the stored sizes and seeds, and one fresh seed.
Exit code 0 only if there are certificates and all hold.`;

/** A certificate and where it stands. */
interface Found {
  readonly place: string;
  readonly certificate: unknown;
}

/** Runs with the words after `philab verify`. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  if (positionals.length === 0) throw new UsageError("philab verify: no notebook; needed at least one");
  const seed = randomInt(1_000, 2 ** 31);
  let failed = 0;
  for (const file of positionals) failed += verifyAll(file, certificatesOf(await readNotebook(file)), seed);
  return failed === 0 ? 0 : 1;
}

/** Verifies the certificates of one notebook, says so, and returns how many do not hold; 1 where there are none. */
function verifyAll(file: string, found: readonly Found[], seed: number): number {
  if (found.length === 0) {
    console.log(`${file}: no certificates`);
    return 1;
  }
  const problems = found.flatMap(({ place, certificate }) =>
    problemOf(certificate, seed).map((why) => `${place}: ${why}`),
  );
  for (const problem of problems) console.log(`${file}: ${problem}`);
  console.log(
    `${file}: ${found.length - problems.length} of ${found.length} statements hold (fresh seed ${seed})`,
  );
  return problems.length;
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
