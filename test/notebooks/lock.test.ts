import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { notebooksIn } from "../../kernel/notebook/commands/notebooksIn.js";
import {
  lockDifferences,
  lockFile,
  lockOf,
  type NamedNotebook,
} from "../../kernel/notebook/equations/lock.js";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";

const folder = join(packageRoot(), "notebooks");

describe("results.lock.json", () => {
  it("has what the stored notebooks print (npm run lock writes it)", async () => {
    const files = await notebooksIn(folder);
    const notebooks = await Promise.all(
      files.map(async (file): Promise<NamedNotebook> => [basename(file), await readNotebook(file)]),
    );
    const locked = JSON.parse(readFileSync(join(folder, lockFile), "utf8"));
    assert.deepEqual(lockDifferences(locked, lockOf(notebooks)), []);
  });
});
