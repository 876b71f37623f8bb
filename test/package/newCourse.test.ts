import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newCourse } from "../../kernel/course/newCourse.js";
import { staleModules } from "../../kernel/notebook/module/exportModule.js";

describe("philab new", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-new-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("makes a notebook, its exported code, a test, a CI file, a README of two commands, and nothing beside it", async () => {
    const course = join(folder, "my-course");
    await newCourse(course);
    const files = readdirSync(course, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(course.length + 1));
    assert.deepEqual(files.sort(), [
      ".github/workflows/test.yml",
      ".gitignore",
      "README.md",
      "notebooks/01-a-layer.ipynb",
      "notebooks/generated/01-a-layer.ts",
      "package.json",
      "test/01-a-layer.test.ts",
    ]);
    assert.deepEqual(readdirSync(folder), ["my-course"]);
    assert.deepEqual(await staleModules(join(course, "notebooks/01-a-layer.ipynb")), []);
    const { name, dependencies, devDependencies } = JSON.parse(
      readFileSync(join(course, "package.json"), "utf8"),
    );
    assert.equal(name, "my-course");
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      assert.match(String(version), /^\d+\.\d+\.\d+/);
    const { scripts } = JSON.parse(readFileSync(join(course, "package.json"), "utf8"));
    for (const script of ["export", "test", "pages"])
      assert.ok(!/01-a-layer/.test(scripts[script]), `${script} takes every notebook, also those to come`);
    assert.match(
      readFileSync(join(course, "README.md"), "utf8"),
      /^# my-course\n.*npm install && npm start.*npm test/s,
    );
  });

  it("takes an empty folder that is there", async () => {
    mkdirSync(join(folder, "empty"));
    await newCourse(join(folder, "empty"));
    assert.ok(existsSync(join(folder, "empty/package.json")));
  });

  it("refuses a folder that holds something, and leaves it as it is", async () => {
    const mine = join(folder, "mine");
    mkdirSync(mine);
    writeFileSync(join(mine, "notes.txt"), "mine");
    await assert.rejects(newCourse(mine), /mine holds something; needed a new or an empty folder/);
    assert.deepEqual(readdirSync(mine), ["notes.txt"]);
  });

  for (const name of ["My course", "..", "ä", ".hidden", "a'b"]) {
    it(`refuses the name ${JSON.stringify(name)}, which npm would not take`, async () => {
      const before = readdirSync(folder);
      await assert.rejects(
        newCourse(join(folder, "x", name)),
        /needed a name of small letters|holds something/,
      );
      assert.deepEqual(readdirSync(folder), before);
    });
  }
});
