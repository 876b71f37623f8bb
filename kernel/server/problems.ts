/** Type and syntax errors as an error message: place, code, text, and the line with a mark under it. */
import type { Problem } from "../pipe/languageWords.js";
import type { Failure } from "../pipe/runnerWords.js";

/** TypeScript's codes below this are of its parser. */
const firstSemanticCode = 2000;

/** The failure that a cell's problems make. */
export function problemsFailure(problems: readonly Problem[], code: string, label: string): Failure {
  const [first] = problems as [Problem];
  const ename = first.code < firstSemanticCode ? "SyntaxError" : "TypeError";
  const lines = code.split("\n");
  const traceback = problems.flatMap((problem, i) => described(problem, problems[i - 1], lines, label));
  return { ename, evalue: headline(first, label), traceback };
}

function described(
  problem: Problem,
  previous: Problem | undefined,
  lines: readonly string[],
  label: string,
): string[] {
  // TypeScript gives a reason of a reason as a further problem at the same place.
  if (previous && previous.line === problem.line && previous.column === problem.column)
    return [`  ${problem.message}`];
  const head = [headline(problem, label)];
  const line = lines[problem.line - 1];
  if (problem.file !== undefined || line === undefined) return head;
  const number = `${problem.line}`;
  return [
    ...head,
    `  ${number} | ${line}`,
    `  ${" ".repeat(number.length)} | ${" ".repeat(problem.column - 1)}^`,
  ];
}

function headline({ file, line, column, code, message }: Problem, label: string): string {
  return `${file ?? label}:${line}:${column} - error TS${code}: ${message}`;
}
