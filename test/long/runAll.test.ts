import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { code, notebook } from "../notebook/build.js";
import { philab, save, texts } from "../notebook/runProgram.js";
import { removeTempFolders, tempFolder } from "../notebook/tempFolder.js";

after(removeTempFolders);

describe("philab run --all", () => {
  it("shows which outputs changed, and stores them when asked to", async () => {
    const file = await save(
      code("console.log(1);", {}, [{ output_type: "stream", name: "stdout", text: "0\n" }]),
    );
    const folder = join(file, "..");
    const shown = await philab("run", "--all", folder, "--check");
    assert.equal(shown.code, 1, "outputs differ and must not");
    assert.match(shown.stdout, /cell 1 \(cell-\d+\): stdout\n\s+- 0\n\s+\+ 1\n/);
    const written = await philab(
      "run",
      "--all",
      folder,
      "--write",
      "--twice",
      "--pages",
      join(folder, "pages"),
    );
    assert.equal(written.code, 0, written.stderr);
    assert.match(texts(await readNotebook(file)), /"1\\n"/);
    assert.match(await readFile(join(folder, "pages", "a.html"), "utf8"), /stdout">1\n</);
    assert.equal((await philab("run", "--all", folder, "--check")).code, 0);
  });

  it("fails when a cell of any notebook throws, and still runs the others", async () => {
    const file = await save(code("throw new Error('no');"));
    await writeNotebook(join(file, "..", "b.ipynb"), notebook(code("1")));
    const { code: ended, stdout } = await philab("run", "--all", join(file, ".."));
    assert.equal(ended, 1);
    assert.match(stdout, /1 of 2 notebooks ran; failed: a\.ipynb/);
  });

  it("finds outputs that a second run does not repeat", async () => {
    const file = await save(code("console.log(Math.random());"));
    const { code: ended, stdout } = await philab("run", "--all", join(file, ".."), "--twice");
    assert.equal(ended, 1);
    assert.match(stdout, /differs in a second run: cell 1/);
  });

  it("refuses a folder without notebooks, and flags that do not belong", async () => {
    const folder = await tempFolder();
    const refused = [
      ["--all", folder],
      ["a.ipynb", "--twice", "-o", "x"],
      ["a.ipynb", "--pages", "x"],
      ["--all", folder, "-o", "x"],
      ["--timeout", "0", "a"],
      [],
    ];
    for (const args of refused) assert.equal((await philab("run", ...args)).code, 2, args.join(" "));
  });
});

describe("a promise of a cell that nobody awaits", () => {
  it("fails the run and names its cell where it is rejected already", async () => {
    const source = 'void Promise.reject(new RangeError("nobody waits"));';
    const { code: status, stderr } = await philab("run", await save(code(source), code("1 + 1")));
    assert.equal(status, 1, stderr);
    assert.match(stderr, /cell-\d+/);
    assert.match(stderr, /RangeError: nobody waits/);
  }).timeout(60_000);
});

describe("philab run", function () {
  this.timeout(60_000);
  it("writes nothing that changes from run to run", async () => {
    const file = await save(
      code("const Z = randomMatrix(2, 2, { seed: 1 });\nZ"),
      code("plot.lines"),
      code("math.evaluate('1 + 1')"),
    );
    const [first, second] = [join(file, "..", "1.ipynb"), join(file, "..", "2.ipynb")];
    await philab("run", file, "-o", first);
    await philab("run", file, "-o", second);
    assert.equal(await readFile(first, "utf8"), await readFile(second, "utf8"));
  });
});
