/** `philab grade`: a table of who answered which lines of which exercise, each line checked again. */
import { createHash, randomInt } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import { parseArgs } from "node:util";
import { UsageError } from "../../usageError.js";
import { plainText } from "../format/plainText.js";
import { readNotebook } from "../format/read.js";
import { type Graded, gradesOf, type Keys, sheetsIn } from "./gradedSheets.js";
import { csv, table } from "./gradeTable.js";

export const usage = `philab grade [--key KEY] [--csv] SHEET…

A table of notebooks with exercises: for each line that was asked for, whether its answer is there and holds.
What a notebook says of itself is not believed: each right line is checked again from its certificate, with a fresh seed, and
by the second program; it must follow from the line before it, in the exercise's own declarations, by its rule.
  --key KEY   a notebook in which each exercise is answered right: its exercises are asked for, and each answer is judged anew
              by them. Without it, what a sheet asks for is what it says that it asks for.
  --csv       the table for a spreadsheet

  + right   ~ right, after the solution was shown   - wrong   . open   ! says right, but does not hold

Hints, and whether the solution was shown, are what the sheet says.
Exit code 1 where a line does not hold that its notebook calls right, where a notebook cannot be read, or where there is no
exercise.`;

const options = { key: { type: "string" }, csv: { type: "boolean", default: false } } as const;

/** Runs with the words after `philab grade`. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
  if (positionals.length === 0) throw new UsageError("philab grade: no notebook; needed at least one");
  const keys = values.key === undefined ? undefined : await keysIn(values.key);
  const [graded, notes] = [[] as Graded[], await copiesAmong(positionals)];
  const seed = randomInt(1_000, 2 ** 31);
  for (const file of positionals) graded.push(...(await gradedOrNot(file, seed, keys, notes)));
  const say = (line: string): void => console.log(plainText(line));
  if (graded.length === 0) say("no exercise in these notebooks");
  else for (const line of values.csv ? csv(graded) : table(graded)) say(line);
  const problems = graded.flatMap(({ file, problems }) => problems.map((problem) => `${file}: ${problem}`));
  for (const line of [...problems, ...notes]) values.csv ? console.error(plainText(line)) : say(line);
  return problems.length === 0 && graded.length > 0 ? 0 : 1;
}

/** The sheets of a key, by their exercise. Throws UsageError where it has none. */
async function keysIn(file: string): Promise<Keys> {
  const sheets = sheetsIn(await readNotebook(file));
  if (sheets.length === 0) throw new UsageError(`philab grade: --key ${file} shows no exercise`);
  return new Map(sheets.map(({ about, payload }) => [about, payload]));
}

/** One that cannot be read is that one's failure. */
async function gradedOrNot(
  file: string,
  seed: number,
  keys: Keys | undefined,
  notes: string[],
): Promise<Graded[]> {
  try {
    const { graded, others } = await gradesOf(file, seed, keys);
    if (others > 0) notes.push(`${file}: ${others} of its exercises are not in the key`);
    return graded;
  } catch (error) {
    if ((error as Error).name !== "NotebookError") throw error;
    const problem = (error as Error).message.replace(`${file}: `, "");
    return [{ file, exercise: "not read", marks: [], problems: [problem] }];
  }
}

/** A sentence for each notebook that is one of those before it. */
async function copiesAmong(files: readonly string[]): Promise<string[]> {
  const [places, contents] = [new Map<string, string>(), new Map<string, string>()];
  const notes: string[] = [];
  for (const file of files) {
    const place = await realpath(file).catch(() => file);
    const content = await hashOf(file);
    const [same, alike] = [places.get(place), content === undefined ? undefined : contents.get(content)];
    if (same !== undefined) notes.push(`${file}: it is the file ${same}`);
    else if (alike !== undefined) notes.push(`${file}: it is a copy of ${alike}, byte by byte`);
    places.set(place, same ?? file);
    if (content !== undefined) contents.set(content, alike ?? file);
  }
  return notes;
}

/** Of the notebook as it is read, so that nothing is read here that is none. */
async function hashOf(file: string): Promise<string | undefined> {
  try {
    await readNotebook(file);
    return createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  } catch {
    return undefined; // it is told where it is graded
  }
}
