/** `philab new`: its words on the command line. */
import { parseArgs } from "node:util";
import { UsageError } from "../usageError.js";
import { newCourse } from "./newCourse.js";

export const usage: string = `philab new FOLDER

Makes a course of your own there: a notebook, its exported code, a test of that code, a CI file, a README. In it:
  npm install && npm start   JupyterLab on its notebooks
  npm test                   the notebook from a fresh kernel, and the tests
  npm run pages              a page for each notebook`;

/** Runs with the words after `philab new`. */
export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0)
    throw new UsageError(`philab new: needed one folder, came ${positionals.length}`);
  await newCourse(folder);
  console.log(`${folder} is made. Next:\n  cd ${folder} && npm install && npm start`);
  return 0;
}
