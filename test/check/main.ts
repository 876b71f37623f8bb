/**
 * `npm run check`: lint and then types on one core, the fast tests on the other. The tests write as they run; what lint
 * and types say comes when they have ended, and the last lines say which of the three failed.
 */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
/** A fifth of the cases of every property: the first ones of those that npm test tries. */
const env = { PHILAB_RUNS: "0.2", FORCE_COLOR: process.stdout.isTTY ? "1" : "0", ...process.env };

interface Ended {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: string;
}

/** Runs a script of package.json; its lines are written at once, or all when it has ended. */
function run(name: string, when: "at once" | "at its end"): Promise<Ended> {
  const start = performance.now();
  const stdio = when === "at once" ? "inherit" : "pipe";
  const child = spawn(scripts[name], { shell: true, cwd: root, env, stdio: ["ignore", stdio, stdio] });
  const written: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => written.push(bytes));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      process.stdout.write(Buffer.concat(written));
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      resolve({ name, passed: code === 0, seconds });
    });
  });
}

async function lintAndTypes(): Promise<Ended[]> {
  return [await run("lint", "at its end"), await run("types:changed", "at its end")];
}

const ended = (await Promise.all([lintAndTypes(), run("test:fast", "at once")])).flat();
for (const { name, passed, seconds } of ended)
  console.log(`${passed ? "ok    " : "FAILED"} ${name}, ${seconds} s`);
process.exitCode = ended.every(({ passed }) => passed) ? 0 : 1;
