import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { code, markdown } from "./build.js";
import { philab, philabIn, save } from "./runProgram.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

after(removeTempFolders);

before(() =>
  assert.ok(existsSync(join(packageRoot(), "dist", "kernel", "main.js")), 'run "npm run build" first'),
);

describe("philab", () => {
  it("lists its commands, tells its version, and ends with 2 for words it does not know", async () => {
    const [help, version, none, unknown, flag, inherited] = await Promise.all([
      philab("--help"),
      philab("--version"),
      philab(),
      philab("rnu"),
      philab("run", "a.ipynb", "--fast"),
      philab("toString"),
    ]);
    assert.match(help.stdout, /philab run NB/);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
    assert.deepEqual(
      [help, version, none, unknown, flag, inherited].map(({ code }) => code),
      [0, 0, 2, 2, 2, 2],
    );
    assert.match(unknown.stderr, /philab: no command "rnu"/);
    assert.match(flag.stderr, /'--fast'/);
  });

  it("ends with 1 and one line for a notebook that is none", async () => {
    const { code, stderr } = await philab("run", "/nowhere/a.ipynb");
    assert.equal(code, 1);
    assert.equal(stderr, "philab run: /nowhere/a.ipynb: the file: not found; check the path\n");
  });
});

describe("philab run, with the real kernel", () => {
  it("writes the executed notebook with the parameters it was given", async () => {
    const file = await save(
      markdown("# A"),
      code("const h: number = 3;", { tags: ["parameters"] }),
      code("console.log(h);\nvec(fromRows([[1, 2], [h, 4]]))"),
    );
    const out = join(file, "..", "out.ipynb");
    const { code: ended, stderr } = await philab("run", file, "-p", "h=5", "-o", out);
    assert.equal(ended, 0, stderr);
    const [, , injected, shown] = (await readNotebook(out)).cells;
    assert.equal(injected?.source, "// Parameters\nlet h: number = 5;");
    assert.ok(shown?.cell_type === "code");
    const [printed, result] = shown.outputs;
    assert.deepEqual(printed, { output_type: "stream", name: "stdout", text: "5\n" });
    assert.ok(result?.output_type === "execute_result");
    assert.match(String(result.data["text/plain"]), /1\n5\n2\n4/);
    assert.match(stderr, /a\.ipynb: cell 2 \(cell-\d+\) of 4/);
  });

  it("stops at the first cell that throws, names it, and keeps what was there by then", async () => {
    const file = await save(code("1 + 1"), code("//| label: bad\nthrow new Error('no');"), code("3"));
    const out = join(file, "..", "out.ipynb");
    const { code: ended, stderr } = await philab("run", file, "-o", out);
    assert.equal(ended, 1);
    assert.match(stderr, /a\.ipynb: cell 2 \(bad\): Error: no\n/);
    assert.doesNotMatch(stderr, /cell 3/);
    const counts = (await readNotebook(out)).cells.map(
      (cell) => cell.cell_type === "code" && cell.outputs.length,
    );
    assert.deepEqual(counts, [1, 1, 0]);
  });

  it("names the cell that outlasts --timeout, and leaves no kernel and no folder behind", async () => {
    const TMPDIR = await tempFolder(); // other tests start kernels meanwhile
    const file = await save(markdown("# T"), code("//| label: loop\nfor (;;) {}"));
    const { code: ended, stderr } = await philabIn({ ...process.env, TMPDIR }, "run", file, "--timeout", "2");
    assert.equal(ended, 1);
    assert.match(stderr, /cell 2 \(loop\): ran longer than 2 s/);
    assert.deepEqual(
      (await readdir(TMPDIR)).filter((name) => name.startsWith("philab-")),
      [],
    );
  });
});

describe("a promise of a cell that nobody awaits", function () {
  this.timeout(60_000);

  it("fails the run and names its cell where it is rejected soon after the last cell (test/long: already)", async () => {
    const source =
      'void (async () => { await new Promise((r) => setTimeout(r, 80)); throw new RangeError("nobody waits") })();';
    const { code: status, stderr } = await philab(
      "run",
      await save(markdown("# T"), code(source), code("1 + 1")),
    );
    assert.equal(status, 1, stderr);
    assert.match(stderr, /cell 2|cell-\d+/i);
    assert.match(stderr, /RangeError: nobody waits/);
  });

  it("is no failure where it is caught later, or where the cell may throw", async () => {
    const caught = 'const p = Promise.reject(new Error("caught")); p.catch(() => undefined); 1';
    const tagged = code('void Promise.reject(new Error("meant"))', { tags: ["raises-exception"] });
    const { code: status, stderr } = await philab("run", await save(code(caught), tagged, code("2")));
    assert.equal(status, 0, stderr);
  });
});
