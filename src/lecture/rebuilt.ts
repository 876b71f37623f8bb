/** A derivation made anew from its words alone. */

import { derivationBundle } from "../mime/derivation.js";
import { checkStatement } from "../symbolic/check/check.js";
import { holdsBadge } from "../symbolic/check/showsBadge.js";
import type { Verdict } from "../symbolic/check/verdict.js";
import { declare } from "../symbolic/declare/declare.js";
import type {
  AskedDerivation,
  CheckedRecord,
  DerivationRecord,
  LineRecord,
  RemarkRecord,
  ResultRecord,
} from "../symbolic/derive/derivationRecord.js";
import { Derivation, type Line } from "../symbolic/derive/derive.js";
import { recordOf, recordOfLine } from "../symbolic/derive/record.js";
import { rightWords } from "../symbolic/exercise/exerciseAnswer.js";
import { parse } from "../symbolic/language/parse.js";
import { print } from "../symbolic/language/print.js";
import { ruleNamed } from "../symbolic/rules/all.js";
import type { World } from "../symbolic/world/world.js";
import { derivedFor, resultOf } from "./asked.js";
import { alikeForms, checkedWords, compare, quoted, Unlike } from "./compare.js";
import { asOlder, isOlder } from "./olderProver.js";

/** A derivation made anew from the words of its lines, as far as one has got. */
export class Rebuilt {
  readonly #shown: Partial<DerivationRecord> | null;
  #derivation: Derivation | undefined;
  /** Its lines, open ones among them. */
  readonly #made: LineRecord[] = [];

  constructor(shown: Partial<DerivationRecord> | null) {
    this.#shown = shown;
  }

  get #lines(): readonly LineRecord[] {
    if (!Array.isArray(this.#shown?.lines) || this.#shown.lines.length === 0)
      throw new Unlike("lines is no list of lines");
    return this.#shown.lines;
  }

  /** The line's words, formula, rule, badge and evidence are those that follow from the lines before. */
  compareLine(at: number): void {
    this.#upTo(at);
    compare(this.#lines[at], this.#made[at], `line ${at + 1}: `);
  }

  /** What the derivation says as a whole: its statement, its level, its entry, and its forms as text. */
  compareWhole(bundle: Readonly<Record<string, unknown>>): void {
    const lines = this.#lines;
    for (const at of lines.keys()) this.compareLine(at);
    const { remark, result, exercise } = this.#shown as DerivationRecord;
    if (holdsBadge([withoutAnswers(remark, this.#made), exercise]))
      throw new Unlike("what is said of the lines has a badge");
    const record = recordOf(this.#derivation as Derivation);
    const isOpen = lines.some((line) => line.open === true);
    const whole = { ...(isOpen ? unfinished(record, this.#made) : record), lines: this.#made };
    const isOlderThere = lines.some((line) => isOlder(line));
    const isFree = (path: string): boolean =>
      /^(?:lines|remark|result|exercise)(?:$|[.[])/.test(path) ||
      (isOlderThere && /^(?:level|entry)/.test(path));
    compare(this.#shown, whole, "", isFree);
    if (result) compareResult(result, this.#derivation as Derivation);
    alikeForms(bundle, derivationBundle({ ...whole, ...(remark && { remark }), ...(result && { result }) }));
  }

  #upTo(at: number): void {
    const lines = this.#lines;
    const world = this.#derivation?.world ?? declare(checkedWords(this.#shown?.declarations, "declarations"));
    for (; this.#made.length <= at; ) {
      const shown = lines[this.#made.length];
      if (typeof shown !== "object" || shown === null)
        throw new Unlike(`line ${this.#made.length + 1} is no line`);
      this.#made.push(shown.open === true ? openLine : this.#next(world, shown));
    }
  }

  #next(world: World, shown: LineRecord): LineRecord {
    const before = this.#derivation;
    const line = lineOf(world, shown, before);
    const lines = [...(before?.lines ?? []), line];
    this.#derivation = new Derivation(world, lines, undefined);
    const made = recordOfLine(world, lines, lines.length - 1);
    return { ...made, ...asOlder(made as CheckedRecord, shown as CheckedRecord) };
  }
}

/** A remark without what an answer says of a line: the badge there is that of the line, which was made anew. */
function withoutAnswers(remark: RemarkRecord | undefined, lines: readonly LineRecord[]): unknown {
  if (!Array.isArray(remark?.parts)) return remark;
  const answers = lines.flatMap(({ reason, badge }, at) =>
    badge === undefined ? [] : [`line ${at + 1}: ${rightWords(reason, badge)}`],
  );
  const left = (text: string): string => answers.reduce((words, answer) => words.replace(answer, ""), text);
  return { ...remark, parts: remark.parts.map((part) => ({ ...part, text: left(String(part?.text)) })) };
}

const openLine: LineRecord = { text: "□", tex: "\\square", reason: "", open: true };

/** What was asked for is derived anew: its lines are those that are shown, and so is what it came to. */
function compareResult(shown: ResultRecord, { world, lines }: Derivation): void {
  const asked = askedIn(shown);
  const { formula, steps } = derivedFor(world, asked);
  const texts = (made: readonly Line[]) => made.map(({ expression }) => print(expression));
  compare(texts(lines), texts(steps.lines), "result: the lines that lead to it: ");
  compare(shown, resultOf(world, asked, formula), "result.");
}

/** What a derivation may have been asked for, each with its words. Throws Unlike for anything else. */
function askedIn({ asked }: Partial<ResultRecord>): AskedDerivation {
  const given: Partial<Record<string, unknown>> = { ...asked };
  const words = {
    gradient: ["e", "X"],
    jacobian: ["e", "X"],
    jv: ["e"],
    jtu: ["e", "X", "U"],
    gaussNewton: ["e", "X"],
  };
  const of = checkedWords(given.of, "result.asked.of");
  if (!Object.hasOwn(words, of)) throw new Unlike(`result.asked.of is ${quoted(of)}; nobody asks for that`);
  for (const name of words[of as keyof typeof words]) checkedWords(given[name], `result.asked.${name}`);
  if (of === "jv" || of === "gaussNewton") checkedList(given.directions);
  return asked as AskedDerivation;
}

function checkedList(names: unknown): void {
  if (!Array.isArray(names)) throw new Unlike(`result.asked.directions is ${quoted(names)}; needed names`);
  for (const name of names) checkedWords(name, "result.asked.directions");
}

/** As an exercise that is not all answered is shown: no level, no entry, its first and its last line. */
function unfinished(record: DerivationRecord, lines: readonly LineRecord[]): DerivationRecord {
  const { level: _, entry: __, ...rest } = record;
  const [first, last] = [lines[0], lines[lines.length - 1]];
  return {
    ...rest,
    statement: { text: `${first.text} = ${last.text}`, tex: `${first.tex} = ${last.tex}` },
  };
}

/** The line, checked after those before it. */
function lineOf(world: World, shown: LineRecord, before: Derivation | undefined): Line {
  const expression = parse(checkedWords(shown.text, "text"));
  if (before === undefined) return { expression, reason: "" };
  const reason = checkedWords(shown.reason, "reason");
  const rule = shown.rule === undefined ? undefined : ruleNamed(checkedWords(shown.rule.name, "rule.name"));
  if (rule !== undefined && reason !== rule.name)
    throw new Unlike(`the reason is ${quoted(reason)}, the rule ${quoted(rule.name)}`);
  const said = { left: before.last, right: expression };
  const verdict = holding(checkStatement(world, said, { standing: before.standing }));
  return { expression, reason, ...(rule && { rule }), verdict };
}

/** The verdict. Throws Unlike where it refuses. */
export function holding(verdict: Verdict): Verdict {
  if (verdict.ok) return verdict;
  throw new Unlike(`${verdict.statement} does not hold: ${verdict.why ?? "the two sides differ"}`);
}
