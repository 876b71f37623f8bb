/** What is known of a line, as terms and their descriptions: its rule, and what its evidence is. */

import type { DerivationLine } from "../../../src/mime/types.js";
import { checkedList, checkedNumber, checkedObject, checkedText } from "./checked.js";

/** A term with its description; `tex` where a formula belongs to it, `code` where it is to be read as typed, `more` for whoever asks. */
export interface Fact {
  readonly term: string;
  readonly text: string;
  readonly tex?: string;
  /** What the formula says, where that is not the description. */
  readonly read?: string;
  readonly code?: boolean;
  readonly more?: string;
}

/** The term of the form that the prover brings both sides to. */
export const normalForm = "Normal form";

/** The term of where `philab verify` checks again. */
export const certificateTerm = "Certificate";

/** The term of what a level means. */
const evidenceTerm = "Evidence";

/** The facts of a line, in the order a reader asks for them. Throws TypeError for what is no line's. */
export function factsOf({ text, rule, level, evidence, certificate }: DerivationLine, path: string): Fact[] {
  return [
    ...(rule === undefined ? [] : ruleFacts(checkedObject(rule, `${path}.rule`), `${path}.rule`)),
    ...(level === undefined ? [] : [evidenceFact(level)]),
    ...(evidence === undefined ? [] : evidenceFacts(checkedObject(evidence, `${path}.evidence`), path)),
    ...certificateFacts(certificate, path),
    { term: "As typed", text, code: true },
  ];
}

function ruleFacts({ name, law, source, words }: Record<string, unknown>, path: string): Fact[] {
  const [ruleName, tex] = [checkedText(name, `${path}.name`), checkedText(law, `${path}.law`)];
  const read = words === undefined ? tex : checkedText(words, `${path}.words`);
  return [
    { term: "Rule", text: ruleName, tex, read },
    { term: "Source", text: checkedText(source, `${path}.source`) },
  ];
}

/** What an entry of a derivation's lines is. Throws TypeError for what is none. */
export function entryFact(value: unknown): Fact {
  const { at, text, tex } = checkedObject(value, "entry");
  const place = checkedText(at, "entry.at");
  const read = checkedText(text, "entry.text");
  return {
    term: place === "" ? "Value" : `Entry (${place})`,
    text: "",
    tex: checkedText(tex, "entry.tex"),
    read,
  };
}

/** What a level of evidence means, and what its badge claims. */
function evidenceFact(level: string): Fact {
  if (!Object.hasOwn(levelMeanings, level)) return { term: evidenceTerm, text: level };
  const { text, claim } = levelMeanings[level];
  return { term: evidenceTerm, text, more: `${claim} ${noBadgeSays}` };
}

/** By level: how it was found, and the claim as docs/trust.md makes it. */
export const levelMeanings: Readonly<Record<string, { readonly text: string; readonly claim: string }>> = {
  "all sizes": {
    text: "Proved for all sizes: entry by entry, both sides are the same sum of products.",
    claim:
      "The two sides are equal for every choice of sizes from 1 on at which every matrix exists and every index map stays inside its source, for all entries, every σ, every loss.",
  },
  here: {
    text: "Both sides are the same polynomials in all entries, at the sizes below.",
    claim:
      "The two sides are the same polynomials in all entries, over ℤ, at these sizes. Of other sizes nothing is claimed.",
  },
  identity: {
    text: "Both sides agree on random entries modulo a prime, at the sizes below.",
    claim:
      "The two sides agreed for random entries at these shapes. Were they different there, as polynomials, all trials would agree with at most this chance.",
  },
  float: {
    text: "Both sides agree on the numbers that were tried, which proves nothing.",
    claim:
      "The two sides agreed on numbers: where relu or the largest entries of pooling decide, on whole numbers and fractions of both signs, exactly. This is no proof and never called one.",
  },
};

/** Two of the things that no badge says. */
export const noBadgeSays: string =
  "No badge says that a line is the one that the lecturer had in mind, or that a formula is fast or exact in floating point.";

function evidenceFacts(evidence: Record<string, unknown>, path: string): Fact[] {
  const { normalForm: form, outOfReach, here, trials, numbers, float, counterexample } = evidence;
  const facts: Fact[] = [];
  const add = (term: string, text: string, code = false) => facts.push({ term, text, ...(code && { code }) });
  if (outOfReach !== undefined) add("Not proved", checkedText(outOfReach, `${path}.outOfReach`));
  if (here !== undefined) add("Exactly at", sizesText(here, `${path}.here`));
  if (trials !== undefined) add("Tried", trialsText(checkedObject(trials, `${path}.trials`), path));
  if (numbers !== undefined) add("Tried", numbersText(checkedObject(numbers, `${path}.numbers`), path));
  if (float !== undefined) {
    for (const entry of checkedList(float, `${path}.float`)) {
      const { method, error } = checkedObject(entry, `${path}.float`);
      add(checkedText(method, `${path}.method`), `relative difference ${shortNumber(error, path)}`);
    }
  }
  if (counterexample !== undefined)
    add("Differs", differenceText(checkedObject(counterexample, `${path}.counterexample`), path));
  if (form !== undefined) add(normalForm, checkedText(form, `${path}.normalForm`), true);
  return facts;
}

function trialsText({ prime, shapes, seeds, bound }: Record<string, unknown>, path: string): string {
  const at = checkedList(shapes, `${path}.shapes`).map((sizes) => sizesText(sizes, `${path}.shapes`));
  const modulo = `modulo ${checkedNumber(prime, `${path}.prime`)}`;
  const chance = `a false statement passes with a chance of at most ${shortNumber(bound, path)}`;
  return `at ${at.join("; ")}; ${modulo}, seeds ${checkedList(seeds, `${path}.seeds`).join(", ")}; ${chance}`;
}

function numbersText({ shapes, seeds }: Record<string, unknown>, path: string): string {
  const at = checkedList(shapes, `${path}.shapes`).map((sizes) => sizesText(sizes, `${path}.shapes`));
  const drawn = checkedList(seeds, `${path}.seeds`).join(", ");
  return `at ${at.join("; ")}; in whole numbers and fractions of both signs, seeds ${drawn}`;
}

function differenceText(difference: Record<string, unknown>, path: string): string {
  const { sizes, entry, left, right } = difference;
  const place = checkedList(entry, `${path}.entry`).join(", ");
  return `at ${sizesText(sizes, path)}: entry (${place}) is ${String(left)} on the left, ${String(right)} on the right`;
}

/** At which sizes and with which seeds `philab verify` checks the line again. */
function certificateFacts(certificate: unknown, path: string): Fact[] {
  if (typeof certificate !== "object" || certificate === null) return [];
  const { shapes, seeds, prime } = certificate as Record<string, unknown>;
  if (!Array.isArray(shapes) || !Array.isArray(seeds)) return [];
  const at = shapes.map((sizes) => sizesText(sizes, `${path}.certificate`)).join("; ");
  const text = `at ${at}; modulo ${String(prime)}, seeds ${seeds.join(", ")} and a fresh one`;
  return [{ term: certificateTerm, text }];
}

/** "h=2 s=1" */
function sizesText(sizes: unknown, path: string): string {
  const entries = Object.entries(checkedObject(sizes, path));
  return entries.map(([name, size]) => `${name}=${String(size)}`).join(" ");
}

function shortNumber(value: unknown, path: string): string {
  return String(Number(checkedNumber(value, path).toPrecision(2)));
}
