/** From what a notebook holds to what the view of a derivation shows. */

import type { DerivationPayload, DerivationRemark, ExerciseMarks } from "../../../src/mime/types.js";
import { checkedList, checkedObject, checkedText, wrong } from "./checked.js";
import { certificateTerm, entryFact, type Fact, normalForm } from "./facts.js";
import { readLine, type ShownLine } from "./readLine.js";
import { readMarks } from "./readMarks.js";
import type { ShownFormula } from "./typeset.js";

/** A derivation, ready to be shown. */
export interface DerivationModel {
  readonly remark?: DerivationRemark;
  readonly lines: readonly ShownLine[];
  /** What all lines come to, with its left side; none while a line is open. */
  readonly result?: ShownFormula;
  /** Of an exercise: what it asks for, and the marks. */
  readonly marks?: ExerciseMarks;
  /** What is the same for every line: its entries, its certificate. */
  readonly shared: readonly Fact[];
}

/** Reads and checks a payload; throws an Error that names what came and what was needed. */
export function readDerivation(payload: unknown): DerivationModel {
  const { version, lines, remark, entry, result, statement, exercise } = checkedObject(
    payload,
    "the payload",
  ) as Partial<DerivationPayload>;
  if (version !== 1) throw wrong("version", version, "1, which is what this plugin reads");
  if (!Array.isArray(lines) || lines.length === 0) throw wrong("lines", lines, "at least one line");
  const read = checkedList(lines, "lines").map((line, at) => readLine(line, `lines[${at}]`));
  const isOpen = read.some(({ strength }) => strength === "open");
  const end = isOpen || read.length === 1 ? undefined : (result ?? statement);
  return {
    ...withShared(read, entry === undefined ? undefined : entryFact(entry)),
    ...(end && { result: readFormula(end, "result") }),
    ...(remark !== undefined && { remark: readRemark(remark) }),
    ...(exercise !== undefined && { marks: readMarks(exercise, "exercise") }),
  };
}

/** What every line would say again is said once, below them; the entry, which a reader understands, for the prover's form. */
function withShared(
  lines: readonly ShownLine[],
  entry: Fact | undefined,
): Pick<DerivationModel, "lines" | "shared"> {
  const checked = lines.slice(1).filter(({ strength }) => strength !== "open");
  const isShared = ({ term, text }: Fact): boolean =>
    checked.length > 1 &&
    (term === normalForm || term === certificateTerm) &&
    checked.every(({ facts }) => facts.some((fact) => fact.term === term && fact.text === text));
  const isLeft = (fact: Fact): boolean => isShared(fact) || (entry !== undefined && fact.term === normalForm);
  const shared = (checked[0]?.facts ?? []).filter(isLeft).filter(({ term }) => !entry || term !== normalForm);
  return {
    lines: lines.map((line) => ({ ...line, facts: line.facts.filter((fact) => !isLeft(fact)) })),
    shared: [...(entry ? [entry] : []), ...shared],
  };
}

/** A formula at `path`. Throws TypeError for what is none. */
export function readFormula(value: unknown, path: string): ShownFormula {
  const { tex, text, words } = checkedObject(value, path);
  const said = words === undefined ? {} : { words: checkedText(words, `${path}.words`) };
  return { tex: checkedText(tex, `${path}.tex`), text: checkedText(text, `${path}.text`), ...said };
}

function readRemark(value: unknown): DerivationRemark {
  const remark = checkedObject(value, "remark") as unknown as DerivationRemark;
  checkedText(remark.outcome, "remark.outcome");
  for (const [at, part] of checkedList(remark.parts, "remark.parts").entries()) {
    const { text, tex = "", brief = "" } = checkedObject(part, `remark.parts[${at}]`);
    checkedText(text, `remark.parts[${at}].text`);
    checkedText(tex, `remark.parts[${at}].tex`);
    checkedText(brief, `remark.parts[${at}].brief`);
  }
  return remark;
}
