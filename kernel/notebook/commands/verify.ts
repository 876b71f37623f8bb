/** `philab verify`: every statement that a notebook shows, checked again. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { UsageError } from "../../usageError.js";
import { plainText } from "../format/plainText.js";
import { boundedLines, mostLines } from "./boundedLines.js";
import { type Checked, checkedStatements } from "./checkedStatements.js";
import { type CheckedNotebook, equationsOf, type TaggedEquation } from "./equations.js";
import { unlessFaulty } from "./unlessFaulty.js";

export const usage: string = `philab verify [--strict] [--all] NB…

Checks every statement that the notebooks' outputs show with a badge anew: with the stored sizes and seeds, and one fresh
seed. What is shown (formulas, badges, evidence, text) must be what follows from it. A second program, which shares no
code with the first, judges each by evaluation at sizes and entries of its own.
Exit code 0 unless one does not hold or a notebook cannot be read; a notebook without any says so. With --strict only if
the second program judged them all, and each equation that the notebooks tag, as in \\tag{4}, is certified in one of them under its name, as (4), and its
display says what is certified, as far as that can be read; or it is a definition, written with := : of one name that has no
meaning yet, or by all entries of what it defines, and compared in a cell that begins with "//| checks: 4" and says true. A
table says which is which, and which displays were not compared.
A statement gets 12 seconds and 1 GB; what is not checked within that does not count as holding.
Of each notebook ${mostLines} problems are told, and how many there are; with --all every one.`;

/** Runs with the words after `philab verify`. */
export async function run(args: readonly string[]): Promise<number> {
  const options = { strict: { type: "boolean" }, all: { type: "boolean" } } as const;
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError("philab verify: no notebook; needed at least one");
  const seed = randomInt(1_000, 2 ** 31);
  const { strict = false, all: isWhole = false } = values;
  const all: CheckedNotebook[] = [];
  let failed = 0;
  for (const file of positionals) {
    const checked = await unlessFaulty(() => checkedStatements(file, seed));
    if (checked === undefined) {
      failed++;
      continue;
    }
    failed += tell(file, checked, seed, { strict, isWhole });
    all.push({ file, checked });
  }
  if (strict) failed += await tellEquations(all, isWhole);
  return failed === 0 ? 0 : 1;
}

/** Says of every tagged equation what holds it, and returns how many nothing holds. */
async function tellEquations(notebooks: readonly CheckedNotebook[], isWhole: boolean): Promise<number> {
  const equations = await equationsOf(notebooks);
  const lineOf = ({ file, tag, says }: TaggedEquation): string => `${file}: equation ${tag}: ${says}`;
  const loose = equations.filter(({ isHeld }) => !isHeld);
  const left = new Set(isWhole ? [] : loose.slice(mostLines));
  for (const one of equations) if (!left.has(one)) sayAll([lineOf(one)], isWhole, "");
  if (left.size > 0) console.log(boundedLines(loose.map(lineOf), "equations that nothing holds").at(-1));
  return loose.length;
}

/** Says what was found in one notebook, and returns how much does not hold. */
function tell(
  file: string,
  checked: readonly Checked[],
  seed: number,
  { strict, isWhole }: { readonly strict: boolean; readonly isWhole: boolean },
): number {
  const say = (lines: readonly string[], rest = ""): void =>
    sayAll(
      lines.map((line) => `${file}: ${line}`),
      isWhole,
      rest,
    );
  say(
    checked.flatMap(({ place, problems }) => problems.map((problem) => `${place}: ${problem}`)),
    `problems of ${file}`,
  );
  const statements = checked.filter(({ isStatement }) => isStatement);
  const failed = checked.filter(({ problems }) => problems.length > 0).length;
  if (statements.length === 0) {
    say(["no certificates"]);
    return failed;
  }
  const left = statements.filter(({ judgement }) => judgement?.verdict === "not judged");
  say(
    left.map(({ place, judgement }) => `${place}: not judged by the second program: ${judgement?.why}`),
    `statements of ${file} that were not judged`,
  );
  const held = statements.filter(({ problems }) => problems.length === 0).length;
  say([`${held} of ${statements.length} statements hold (fresh seed ${seed}); ${againText(statements)}`]);
  return failed + (strict ? left.length : 0);
}

/** Nothing in them moves a terminal. */
function sayAll(lines: readonly string[], isWhole: boolean, rest: string): void {
  for (const line of isWhole ? lines : boundedLines(lines, rest)) console.log(plainText(line));
}

function againText(checked: readonly Checked[]): string {
  const judged = checked.flatMap(({ judgement }) =>
    judgement === undefined || judgement.verdict === "not judged" ? [] : [judgement],
  );
  const shapes = judged.reduce((sum, one) => sum + one.shapes, 0) / Math.max(judged.length, 1);
  return `${judged.length} judged again by the second program, at ${Math.round(shapes)} shapes on the average`;
}
