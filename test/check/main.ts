/**
 * Scripts of package.json on two cores. `npm run check`: lint, types and the house's own tests on one, the fast tests on the
 * other, and of all but the house's tests what has changed since it passed. `npm test`: lint and the tests that need this
 * process alone, beside the build, types and the tests that start kernels; no test begins before what it needs is built.
 * `npm run test:slow`: the slow files, beside the tests in browsers. The last script writes as it runs; what the others say
 * comes when they have ended, and the last lines say which of them failed, and which tests.
 */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

interface Plan {
  /** One after the other on the first core. */
  readonly first: readonly string[];
  /** On the second; the last one writes as it runs. */
  readonly second: readonly string[];
  /** What has to pass before types are looked at, since tests import what is built, and before any test begins. */
  readonly needed?: string;
  readonly env: NodeJS.ProcessEnv;
}

const plans: Readonly<Record<string, Plan>> = {
  /** A fifth of the cases of every property: the first ones of those that npm test tries. */
  fast: {
    first: ["lint:changed", "types:changed", "test:house"],
    second: ["test:changed"],
    env: { PHILAB_RUNS: "0.2" },
  },
  /** Half of the cases; the long tests try a hundred times as many. */
  whole: {
    first: ["lint", "test:mathematics"],
    second: ["build", "types", "test:kernel"],
    needed: "build",
    env: { PHILAB_RUNS: "0.5" },
  },
  slow: {
    first: ["test:trials"],
    second: ["build", "test:browser"],
    needed: "build",
    env: { PHILAB_RUNS: "0.5" },
  },
};
const asked = process.argv[2] ?? "fast";
const plan = plans[asked];
if (!plan) throw new Error(`check: needed ${Object.keys(plans).join(" or ")}, came ${asked}`);
const { first, second, needed } = plan;
const env = { FORCE_COLOR: process.stdout.isTTY ? "1" : "0", ...plan.env, ...process.env };

interface Ended {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: string;
  /** The lines in which its tests say that they failed. */
  readonly failures: readonly string[];
}

/** Runs a script of package.json; its lines are written at once, or all when it has ended. */
function run(name: string, when: "at once" | "at its end"): Promise<Ended> {
  const start = performance.now();
  const child = spawn(scripts[name], { shell: true, cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const written: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => {
      written.push(bytes);
      if (when === "at once") process.stdout.write(bytes);
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      const said = Buffer.concat(written);
      if (when === "at its end") process.stdout.write(said);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const failures = String(said).match(/^FAILED: .*$/gm) ?? [];
      resolve({ name, passed: code === 0, seconds, failures });
    });
  });
}

let settle: (isBuilt: boolean) => void = () => {};
/** Whether what is needed has passed. */
const isThere = new Promise<boolean>((resolve) => {
  settle = resolve;
});
if (needed === undefined) settle(true);

async function inTurn(names: readonly string[], writing?: string): Promise<Ended[]> {
  const all: Ended[] = [];
  for (const name of names) {
    if (/^(types|test)/.test(name) && !(await isThere)) continue;
    const one = await run(name, name === writing ? "at once" : "at its end");
    if (name === needed) settle(one.passed);
    all.push(one);
  }
  return all;
}

const ended = (await Promise.all([inTurn(first), inTurn(second, second.at(-1))])).flat();
for (const { name, passed, seconds } of ended)
  console.log(`${passed ? "ok    " : "FAILED"} ${name}, ${seconds} s`);
for (const { failures } of ended) for (const line of failures) console.log(line);
process.exitCode = ended.every(({ passed }) => passed) ? 0 : 1;
