/** What an output shows of statements, held against what philab finds: everything is made anew from the words alone. */

import { DERIVATION_MIME, VERDICT_MIME } from "../mime/types.js";
import { verdictBundle } from "../mime/verdict.js";
import { showsBadge } from "../symbolic/check/badge.js";
import { verifyCertificate } from "../symbolic/check/certificate.js";
import { type Certificate, checkStatement } from "../symbolic/check/check.js";
import { proverVersion } from "../symbolic/check/proverVersion.js";
import { declare } from "../symbolic/declare/declare.js";
import type {
  CheckedRecord,
  DerivationRecord,
  LineRecord,
  VerdictRecord,
} from "../symbolic/derive/derivationRecord.js";
import { recordOfVerdict } from "../symbolic/derive/record.js";
import { parseStatement } from "../symbolic/language/parse.js";
import { alikeForms, checkedWords, compare, Unlike, unknownPart } from "./compare.js";
import { asOlder } from "./olderProver.js";
import { holding, Rebuilt } from "./rebuilt.js";

/** A statement that an output shows as checked. */
export interface ShownStatement {
  /** "line 2", or the name of the equation. */
  readonly place: string;
  /** Whether it is a statement; else it is what an output says of its statements, or a badge that belongs to none. */
  readonly isStatement: boolean;
  /** The stored certificate; undefined where the output brings none. */
  readonly certificate: unknown;
  /**
   * What is wrong with it, each in a sentence: it does not hold, or something that is shown (formula, badge, evidence, text)
   * is not what follows from its declarations and its words. The seed is one more for trials.
   */
  problems(freshSeed?: number): string[];
}

/**
 * The statements that an output's MIME bundle shows, in their order; nothing is checked until it is asked for. An
 * output with a badge in it and nothing to check it by is a statement with a problem.
 */
export function shownStatements(bundle: Readonly<Record<string, unknown>>): ShownStatement[] {
  const statements: ShownStatement[] = [];
  if (Object.hasOwn(bundle, VERDICT_MIME)) statements.push(ofVerdict(bundle));
  if (Object.hasOwn(bundle, DERIVATION_MIME)) statements.push(...ofDerivation(bundle));
  return [...statements, ...bareBadges(bundle, statements.length > 0)];
}

function statement(
  place: string,
  certificate: unknown,
  check: (freshSeed: number | undefined) => void,
): ShownStatement {
  const problems = (freshSeed?: number): string[] =>
    certificate === undefined ? ["a badge without a certificate"] : problemsOf(() => check(freshSeed));
  return { place, isStatement: true, certificate, problems };
}

/** What else an output shows, which must agree with its statements. */
function beside(place: string, check: () => void): ShownStatement {
  return { place, isStatement: false, certificate: undefined, problems: () => problemsOf(check) };
}

function problemsOf(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function ofVerdict(bundle: Readonly<Record<string, unknown>>): ShownStatement {
  const shown = bundle[VERDICT_MIME] as Partial<VerdictRecord> | null;
  const place = typeof shown?.tag === "string" ? shown.tag : "a checked statement";
  return statement(place, shown?.certificate, (freshSeed) => {
    const { declarations, statement: written, tag } = shown as VerdictRecord;
    const world = declare(checkedWords(declarations, "declarations"));
    const said = parseStatement(checkedWords(written?.text, "statement.text"));
    const verdict = holding(checkStatement(world, said));
    const made = recordOfVerdict(world, said, { ...verdict, tag: checkedWords(tag, "tag") });
    const record = { ...made, ...asOlder(made, shown as VerdictRecord) };
    compare(shown, record, "", unknownPart);
    alikeForms(bundle, verdictBundle(record));
    holdsFor(freshSeed, record);
  });
}

function ofDerivation(bundle: Readonly<Record<string, unknown>>): ShownStatement[] {
  const shown = bundle[DERIVATION_MIME] as Partial<DerivationRecord> | null;
  const lines: readonly unknown[] = Array.isArray(shown?.lines) ? shown.lines : [];
  const rebuilt = new Rebuilt(shown);
  const checked = lines.flatMap((line, at) => {
    const { certificate, open } = (line ?? {}) as Partial<LineRecord>;
    if ((at === 0 || open === true) && certificate === undefined) return [];
    return [
      statement(`line ${at + 1}`, certificate, (freshSeed) => {
        rebuilt.compareLine(at);
        holdsFor(freshSeed, lines[at] as CheckedRecord);
      }),
    ];
  });
  return [...checked, beside("the derivation", () => rebuilt.compareWhole(bundle))];
}

/** The stored certificate with one more seed, where seeds count: a proof for all sizes was just found again. */
function holdsFor(freshSeed: number | undefined, { level, certificate }: CheckedRecord): void {
  const prover = (certificate as Certificate).prover;
  if (level === "all sizes" && prover === proverVersion) return;
  for (const verdict of verifyCertificate(certificate, freshSeed)) holding(verdict);
}

/** A badge in an output that brings no statement to check, or in a form of it that nothing else holds. */
function bareBadges(bundle: Readonly<Record<string, unknown>>, hasStatements: boolean): ShownStatement[] {
  const checked = hasStatements ? ["text/latex", "text/plain"] : [];
  const bare = Object.entries(bundle).filter(
    ([form, shown]) => typeof shown === "string" && !checked.includes(form) && showsBadge(shown),
  );
  return bare.map(([form]) =>
    beside(form, () => {
      throw new Unlike("a badge without a certificate");
    }),
  );
}
