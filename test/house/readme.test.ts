import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { equationMarks, equationTable } from "../../docs/generate/equationTable.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";

const [begin, end] = equationMarks;
const page = readFileSync(join(packageRoot(), "README.md"), "utf8");

describe("README's table of equations", () => {
  it("says what notebooks, sources and tests have (npm run readme writes it)", async () => {
    assert.equal(page.split(begin)[1]?.split(end)[0]?.trim(), await equationTable());
  });

  it("has every display of the lecture, each proved or defined, and tested", async () => {
    const rows = (await equationTable()).split("\n").map((row) => row.split("|").map((cell) => cell.trim()));
    const wanted = [..."12345"]
      .map((n) => `(${n})`)
      .concat(Array.from({ length: 11 }, (_, k) => `U${k + 1}`));
    for (const tag of wanted) {
      const row = rows.find(([, first]) => first === tag);
      assert.ok(row, tag);
      assert.notEqual(row[4], "", `${tag} is neither proved nor defined`);
      assert.notEqual(row[7], "", `${tag} is not tested`);
    }
  });
});

describe("a notebook of the course", () => {
  const folder = join(packageRoot(), "notebooks");
  const index = readFileSync(join(folder, "index.ipynb"), "utf8");
  for (const name of readdirSync(folder).filter((file) => /^\d\d-.*\.ipynb$/.test(file)))
    it(`has its row in README.md and in the index: ${name}`, () => {
      assert.ok(page.includes(`](notebooks/${name})`), "README.md has no link to it");
      assert.ok(index.includes(`](${name})`), "notebooks/index.ipynb has no link to it");
    });
});
