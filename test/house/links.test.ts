import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { documents } from "./documents.js";
import { root } from "./imports.js";

describe("every link of the pages", () => {
  for (const page of documents) {
    it(`${page}: leads to a file that is there`, () => {
      const gone = linksIn(page).filter((link) => !existsSync(join(root, dirname(page), link)));
      assert.deepEqual(gone, []);
    });
  }
});

describe("docs/start-here.md", () => {
  it("finds eq. (4) in the reference, the engine, the proof, the picture and the test", () => {
    const rows = tableRows("docs/start-here.md").filter(([first]) => /^\(\d\)/.test(first!));
    assert.deepEqual(
      rows.map(([first]) => first!.slice(0, 3)),
      ["(1)", "(2)", "(3)", "(4)", "(5)"],
    );
    const cells = rows[3]!
      .slice(1)
      .map((cell) => [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!));
    assert.ok(cells.length === 5 && cells.every((links) => links.length > 0), JSON.stringify(cells));
    for (const link of cells.slice(0, 2).flat()) assert.match(read(join("docs", link)), /φ|eq\. \(4\)/);
  });
});

function linksIn(page: string): string[] {
  return [...read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^\w+:/.test(link));
}

function tableRows(page: string): string[][] {
  return read(page)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function read(page: string): string {
  return readFileSync(join(root, page), "utf8");
}
