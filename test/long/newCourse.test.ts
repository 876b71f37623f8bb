import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const installed = join(root, "node_modules");

describe("a course made by the packed package, in an empty folder", function () {
  this.timeout(300_000);
  let folder: string;
  let course: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-course-"));
    const modules = join(folder, "node_modules");
    mkdirSync(modules);
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
      cwd: root,
      stdio: "ignore",
    });
    const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
    execFileSync("tar", ["-xzf", join(folder, archive!), "-C", modules]);
    execFileSync("mv", [join(modules, "package"), join(modules, "philab")]);
    for (const name of readdirSync(installed)) symlinkSync(join(installed, name), join(modules, name));
    mkdirSync(join(folder, "bin"));
    symlinkSync(join(modules, "philab/bin/philab.js"), join(folder, "bin/philab"));
    course = join(folder, "my-course");
    execFileSync(process.execPath, [join(modules, "philab/bin/philab.js"), "new", "my-course"], {
      cwd: folder,
    });
  });
  after(() => rmSync(folder, { recursive: true }));

  const npm = (script: string): string =>
    execFileSync("npm", ["run", "-s", script], {
      cwd: course,
      encoding: "utf8",
      stdio: "pipe",
      env: { ...process.env, PATH: `${join(folder, "bin")}:${join(installed, ".bin")}:${process.env.PATH}` },
    });

  it("passes its test: the notebook runs, its code is exported, the code is right", () => {
    assert.match(npm("test"), /2 passing/);
  });

  it("fails it, with cell and place, where the notebook's code is changed and not exported", () => {
    const file = join(course, "notebooks/01-a-layer.ipynb");
    const text = readFileSync(file, "utf8");
    writeFileSync(
      file,
      text.replace("return convLinear(W, b, Z, shape);", "return convLinear(W, W, Z, shape);"),
    );
    assert.throws(() => npm("test"), /01-a-layer\.ts is not what .*01-a-layer\.ipynb says/);
    npm("export");
    assert.throws(() => npm("test"), /01-a-layer\.ipynb: cell 14 .*convLinear/s);
    writeFileSync(file, text);
  });

  it("has a page for its notebook", () => {
    npm("export");
    npm("pages");
    assert.ok(readFileSync(join(course, "pages/01-a-layer.html"), "utf8").includes("vec"));
  });
});
