import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { code, notebook } from "../notebook/build.js";

const program = join(packageRoot(), "bin", "philab.js");

/** Of a cell that exports and one that prints much. */
const text = JSON.stringify(
  notebook(
    code("//| export: true\n//| label: one\nconst one = 1;"),
    code("console.log('y'.repeat(200_000))"),
  ),
);

describe("a disk that is full, or can only be read", function () {
  this.timeout(240_000);
  let disk: string;

  before(function () {
    disk = mkdtempSync(join(tmpdir(), "philab-disk-"));
    const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", disk]);
    if (status === 0) return;
    console.log("      skipped: a disk of its own needs mount");
    this.skip();
  });
  after(() => {
    spawnSync("umount", [disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  beforeEach(() => {
    for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true });
    writeFileSync(join(disk, "a.ipynb"), text);
    for (const name of ["a.html", "out.json", "results.lock.json"]) writeFileSync(join(disk, name), "old");
    mkdirSync(join(disk, "generated"));
    const { bfree, bsize } = statfsSync(disk);
    writeFileSync(join(disk, "fill"), Buffer.alloc(bfree * bsize));
  });

  const commands: readonly (readonly [what: string, words: readonly string[]])[] = [
    ["a.html", ["export", "a.ipynb"]],
    ["generated/a.js", ["export", "a.ipynb", "--to", "ts"]],
    ["a.ipynb", ["run", "a.ipynb", "--write"]],
    ["out.json", ["run", "a.ipynb", "-o", "out.json"]],
    ["results.lock.json", ["lock", "."]],
    ["course", ["new", "course"]],
  ];

  /** All that lies there, and what is in it. */
  const held = (): (readonly [string, string])[] =>
    readdirSync(disk, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ parentPath, name }) => [
        join(parentPath, name),
        readFileSync(join(parentPath, name), "latin1"),
      ]);

  const said = (words: readonly string[]): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [program, ...words], { cwd: disk, encoding: "utf8" });

  for (const [what, words] of commands) {
    it(`leaves what was there, and no part of ${what}, and says so: philab ${words.join(" ")}`, () => {
      const before = held();
      const { status, stderr } = said(words);
      assert.equal(status, 1);
      assert.match(
        stderr,
        new RegExp(`${what.replace(/\.\w+$/, "")}\\S*: not written: the disk is full \\(ENOSPC\\)$`, "m"),
      );
      assert.doesNotMatch(stderr, /\n\s+at /);
      assert.deepEqual(held(), before);
    });
  }

  it("says that it can only be read", () => {
    execFileSync("mount", ["-o", "remount,ro", disk]);
    try {
      for (const [, words] of commands.filter(([, [command]]) => command !== "run")) {
        const { status, stderr } = said(words);
        assert.deepEqual(
          [status, /not written: the disk can only be read \(EROFS\)/.test(stderr)],
          [1, true],
          stderr,
        );
      }
    } finally {
      execFileSync("mount", ["-o", "remount,rw", disk]);
    }
  });
});

describe("a file while it is written", function () {
  this.timeout(120_000);

  it("is the old one or the new one, whole, whenever its writer is killed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "philab-killed-"));
    const file = join(folder, "a.ipynb");
    const module = pathToFileURL(join(packageRoot(), "dist/kernel/disk/writeAtomically.js"));
    const writer = `
      import { writeAtomically } from ${JSON.stringify(module.href)};
      for (let k = 0; ; k = 1 - k) {
        await writeAtomically(${JSON.stringify(file)}, "ab"[k].repeat(3_000_000));
        if (k === 1) process.stdout.write(".");
      }`;
    const seen = new Set<string>();
    try {
      for (let kill = 0; kill < 25; kill++) {
        const child = spawn(process.execPath, ["--input-type=module", "-e", writer], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        await once(child.stdout, "data");
        await new Promise((resolve) => setTimeout(resolve, (kill * 7) % 60));
        child.kill("SIGKILL");
        await once(child, "exit");
        const there = readFileSync(file, "utf8");
        assert.equal(there.length, 3_000_000);
        assert.ok(/^a+$|^b+$/.test(there), "of one piece");
        seen.add(there[0] as string);
      }
      assert.equal(seen.size, 2, "both were seen");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
