import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { cellOptions } from "../../kernel/notebook/format/cell.js";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { exportModules, staleModules } from "../../kernel/notebook/module/exportModule.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";

const folder = join(packageRoot(), "notebooks");

/** The notebooks with exported cells. */
async function exporting(): Promise<string[]> {
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(".ipynb")) : [];
  const files = names.sort().map((name) => join(folder, name));
  const notebooks = await Promise.all(files.map(readNotebook));
  return files.filter((_, at) =>
    notebooks[at]?.cells.some((cell) => cellOptions(cell).get("export") === "true"),
  );
}

describe("what the notebooks export", () => {
  it("is in notebooks/lib as the notebooks say it, and nothing else is there", async () => {
    const files = await exporting();
    for (const file of files) {
      assert.deepEqual(
        await staleModules(file),
        [],
        `run: npx philab export notebooks/${basename(file)} --to ts`,
      );
    }
    const wanted = (await Promise.all(files.map((file) => exportModules(file)))).flat();
    const lib = join(folder, "lib");
    const there = existsSync(lib) ? (await readdir(lib)).filter((name) => name.endsWith(".ts")) : [];
    assert.deepEqual(there.sort(), wanted.map(({ file }) => basename(file)).sort());
  });

  it("can be imported", async () => {
    for (const file of await exporting()) {
      for (const module of await exportModules(file)) await import(module.file);
    }
  });
});
