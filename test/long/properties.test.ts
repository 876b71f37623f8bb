import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
/** Folders whose properties need nothing but `src`. */
const folders = ["numeric", "operations", "mathjs", "symbolic", "engine"];

/** Every certificate of the stored notebooks, not a third. */
const certificates = "test/checker/stored.slow.test.ts";

/** What takes a kernel: 200 stops at random instants, 200 programs cut into cells, 10,000 malformed messages. */
const ofTheKernel = [
  ["test/kernel/stop.test.ts", 10],
  ["test/kernel/cutPrograms.test.ts", 10],
  ["test/kernel/security.test.ts", 5],
] as const;

const files = folders.flatMap((folder) =>
  readdirSync(join(root, "test", folder), { recursive: true, encoding: "utf8" })
    .map((name) => `test/${folder}/${name}`)
    .filter((name) => name.endsWith(".test.ts"))
    .filter((name) => readFileSync(join(root, name), "utf8").includes("fc.assert(")),
);

describe("every property, on fifty times the cases", () => {
  it("are the files that have one", () => assert.ok(files.length >= 12, files.join(", ")));

  for (const file of files) {
    it(file, () => {
      passes(file, 50);
    }).timeout(3_600_000);
  }
});

describe("every stored certificate", () => {
  it(certificates, () => {
    passes(certificates, 2);
  }).timeout(3_600_000);
});

describe("every property of a kernel, on so many times the cases", () => {
  for (const [file, times] of ofTheKernel) {
    it(`${file}, ${times}`, () => {
      passes(file, times);
    }).timeout(3_600_000);
  }
});

/** Runs a file of tests with so many times the cases. */
function passes(file: string, times: number): void {
  const args = ["node_modules/mocha/bin/mocha.js", "--timeout", "0", file];
  const env = { ...process.env, PHILAB_RUNS: String(times) };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /\n(?:[1-9]\d* passed, 0 failed|0 passed, 0 failed, [1-9]\d* skipped)/);
}
