import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { notebooksIn } from "../../kernel/notebook/commands/notebooksIn.js";
import { type Lock, lockDifferences, lockFile, lockOf } from "../../kernel/notebook/equations/lock.js";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { philabIn } from "../notebook/runProgram.js";
import { removeTempFolders, tempFolder } from "../notebook/tempFolder.js";

const folder = join(packageRoot(), "notebooks");
const locked = JSON.parse(readFileSync(join(folder, lockFile), "utf8")) as Lock;

describe("the figures of notebooks 1 to 7", function () {
  this.timeout(600_000);
  after(removeTempFolders);

  for (const threads of [1, 2, 3]) {
    it(`are those of results.lock.json with ${threads} thread${threads > 1 ? "s" : ""}`, async () => {
      const out = join(await tempFolder(), "out.ipynb");
      for (const file of (await notebooksIn(folder)).filter((name) => /\/0[1-7]-/.test(name))) {
        const env = { ...process.env, PHILAB_THREADS: String(threads) };
        const { code, stderr } = await philabIn(env, "run", file, "-o", out);
        assert.equal(code, 0, stderr);
        const name = basename(file);
        const fresh = lockOf([[name, await readNotebook(out)]]);
        assert.ok(Object.keys(fresh.equations).length > 0, `${name} prints nothing`);
        assert.deepEqual(lockDifferences(ofNotebook(locked, name), fresh), [], name);
      }
    });
  }
});

function ofNotebook({ equations }: Lock, name: string): Lock {
  const own = Object.entries(equations).map(([equation, results]) => [
    equation,
    Object.fromEntries(Object.entries(results).filter(([place]) => place.startsWith(`${name}, `))),
  ]);
  return {
    version: 1,
    equations: Object.fromEntries(own.filter(([, results]) => Object.keys(results).length > 0)),
  };
}
