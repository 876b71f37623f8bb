import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { exportModules } from "../../kernel/notebook/module/exportModule.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { definitions } from "./namesCells.js";

const folder = join(packageRoot(), "notebooks");
const lessons = readdirSync(folder).filter((name) => /^\d\d-.*\.ipynb$/.test(name));

describe("what the notebooks export", () => {
  for (const name of lessons)
    it(`${name} has its module in notebooks/generated as it says it, and that can be imported`, async () => {
      for (const { file, text } of await exportModules(join(folder, name))) {
        const stale = `run: npx philab export notebooks/${name} --to ts`;
        assert.ok(readFileSync(file, "utf8") === text, stale);
        await import(file);
      }
    });

  it("is one module for each notebook, with tests of its own", () => {
    const modules = readdirSync(join(folder, "generated")).sort();
    assert.deepEqual(modules, lessons.map((name) => basename(name, ".ipynb") + ".ts").sort());
    const tests = readdirSync(join(packageRoot(), "test", "notebooks"));
    for (const name of lessons) {
      const number = name.slice(0, 2);
      assert.ok(
        tests.some((test) => test.startsWith(`${number}-`)),
        `${name} has no test in test/notebooks`,
      );
    }
  });
});

describe("a test of a notebook's definitions", () => {
  it("knows the cell and the line of each, for the trace of a failure", () => {
    const places = new Map(definitions("02-vec-mat-phi").map(({ name, place }) => [name, place]));
    assert.deepEqual([...places.keys()], ["vecBySlide", "matBySlide", "phiBySlide"]);
    assert.equal(places.get("phiBySlide"), "notebooks/02-vec-mat-phi.ipynb/U5:4");
  });
});
