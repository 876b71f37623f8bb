/** What an output shows of statements, held against what philab finds: everything is made anew from the words alone. */

import { DERIVATION_MIME, type ListedVerdict, VERDICT_MIME } from "../mime/types.js";
import { verdictBundle, verdictListBundle } from "../mime/verdict.js";
import { verifyCertificate } from "../symbolic/check/certificate.js";
import { type Certificate, checkStatement } from "../symbolic/check/check.js";
import { proverVersion } from "../symbolic/check/proverVersion.js";
import { holdsBadge } from "../symbolic/check/showsBadge.js";
import { declare } from "../symbolic/declare/declare.js";
import type {
  CheckedRecord,
  DerivationRecord,
  LineRecord,
  VerdictRecord,
} from "../symbolic/derive/derivationRecord.js";
import { recordOfVerdict } from "../symbolic/derive/record.js";
import { parseStatement } from "../symbolic/language/parse.js";
import { alikeForms, checkedWords, compare, Unlike } from "./compare.js";
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
 * output with a badge in it and nothing to check it by is a statement with a problem, and so is a form of one with statements
 * that nothing holds against them.
 */
export function shownStatements(bundle: Readonly<Record<string, unknown>>): ShownStatement[] {
  const statements: ShownStatement[] = [];
  if (Object.hasOwn(bundle, VERDICT_MIME)) statements.push(...ofVerdicts(bundle));
  if (Object.hasOwn(bundle, DERIVATION_MIME)) statements.push(...ofDerivation(bundle));
  return [...statements, ...(statements.length > 0 ? foreignForms(bundle) : bareBadges(bundle))];
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

/** One statement, or a list: each is held against its own record, and the list's other forms against all. */
function ofVerdicts(bundle: Readonly<Record<string, unknown>>): ShownStatement[] {
  const shown = bundle[VERDICT_MIME] as { readonly statements?: unknown } | null;
  if (!Array.isArray(shown?.statements)) {
    const only = ofVerdict(shown, (record) => alikeForms(bundle, verdictBundle(record)));
    return [only];
  }
  const entries = shown.statements as readonly (Partial<ListedVerdict> | null)[];
  const whole = beside("the list of statements", () => {
    const statements = entries.map((entry) => ({
      ...(entry?.name !== undefined && { name: checkedWords(entry.name, "name") }),
      verdict: anew((entry?.verdict ?? {}) as VerdictRecord),
    }));
    alikeForms(bundle, verdictListBundle(statements));
  });
  return [...entries.map((entry) => ofVerdict(entry?.verdict, () => undefined)), whole];
}

function ofVerdict(given: unknown, alike: (record: VerdictRecord) => void): ShownStatement {
  const shown = given as Partial<VerdictRecord> | null | undefined;
  const place = typeof shown?.tag === "string" && shown.tag !== "" ? shown.tag : "a checked statement";
  return statement(place, shown?.certificate, (freshSeed) => {
    const record = anew(shown as VerdictRecord);
    compare(shown, record, "");
    alike(record);
    holdsFor(freshSeed, record);
  });
}

/** The record that follows from the declarations and the words of one that is shown. */
function anew(shown: VerdictRecord): VerdictRecord {
  const world = declare(checkedWords(shown.declarations, "declarations"));
  const said = parseStatement(checkedWords(shown.statement?.text, "statement.text"));
  const verdict = holding(checkStatement(world, said));
  const made = recordOfVerdict(world, said, { ...verdict, tag: checkedWords(shown.tag, "tag") });
  return { ...made, ...asOlder(made, shown) };
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

/** The forms of an output with statements, as philab writes it. Another one, a picture say, may show anything. */
const ownForms: readonly string[] = [VERDICT_MIME, DERIVATION_MIME, "text/latex", "text/plain"];

function foreignForms(bundle: Readonly<Record<string, unknown>>): ShownStatement[] {
  return Object.keys(bundle)
    .filter((form) => !ownForms.includes(form))
    .map((form) => faulty(form, "a form that is not held against the statements of its output"));
}

/** A badge in an output that brings no statement to check. */
function bareBadges(bundle: Readonly<Record<string, unknown>>): ShownStatement[] {
  return Object.entries(bundle)
    .filter(([, shown]) => holdsBadge(shown))
    .map(([form]) => faulty(form, "a badge without a certificate"));
}

function faulty(place: string, problem: string): ShownStatement {
  return beside(place, () => {
    throw new Unlike(problem);
  });
}
