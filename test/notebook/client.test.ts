import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { KernelError } from "../../kernel/notebook/client/cellOutcome.js";
import { KernelClient } from "../../kernel/notebook/client/kernelClient.js";
import { runNotebook } from "../../kernel/notebook/client/runNotebook.js";
import { code, notebook, raw } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

const fake = fileURLToPath(new URL("fakeKernel.ts", import.meta.url));
const command = [process.execPath, "--import", "tsx", fake];
const folder = fileURLToPath(new URL("../..", import.meta.url));

const kernelFolders = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith("philab-kernel-"));

describe("the client of a kernel", () => {
  let kernel: KernelClient;
  const { TMPDIR } = process.env;
  before(async () => {
    process.env.TMPDIR = await tempFolder(); // other tests start kernels meanwhile
    kernel = await KernelClient.start({ command, folder });
  });
  after(async () => {
    await kernel.stop();
    assert.deepEqual(await kernelFolders(), [], "the connection file's folder is gone");
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await removeTempFolders();
  });

  it("joins text of one stream, however it was cut", async () => {
    const { outputs, status } = await kernel.execute("print abc");
    assert.equal(status, "ok");
    assert.deepEqual(outputs, [{ output_type: "stream", name: "stdout", text: "abc" }]);
  });

  it("replaces an output of an earlier cell by its display id", async () => {
    const first = await kernel.execute("show one");
    await kernel.execute("update two");
    assert.deepEqual(first.outputs, [
      { output_type: "display_data", data: { "text/plain": "two" }, metadata: {} },
    ]);
  });

  it("gives an error as the output it is", async () => {
    const { outputs, status } = await kernel.execute("throw no");
    assert.equal(status, "error");
    assert.deepEqual(
      outputs.map(({ output_type }) => output_type),
      ["error"],
    );
  });

  it("interrupts a cell that runs too long, and keeps what it printed", async () => {
    const error = await kernel.execute("hang", 0.3).catch((reason: unknown) => reason);
    assert.ok(error instanceof KernelError);
    assert.equal(error.message, "ran longer than 0.3 s");
    assert.deepEqual(
      error.outcome?.outputs.map(({ output_type }) => output_type),
      ["stream", "error"],
    );
    assert.equal((await kernel.execute("print x")).status, "ok");
  });
});

describe("a kernel that fails", () => {
  it("by ending while a cell runs is told with its last words", async () => {
    const kernel = await KernelClient.start({ command, folder });
    await assert.rejects(
      kernel.execute("die"),
      /the kernel process ended \(exit code 3\); its last words:\nno memory left/,
    );
    await assert.rejects(kernel.execute("print x"), KernelError);
    await kernel.stop();
  });

  it("by not starting is told", async () => {
    await assert.rejects(
      KernelClient.start({ command: ["/nowhere/node"] }),
      /could not start \(spawn \/nowhere\/node ENOENT\)/,
    );
    const silent = [process.execPath, "-e", "setTimeout(() => {}, 1e6)"];
    await assert.rejects(KernelClient.start({ command: silent, patience: 0.2 }), /the kernel did not answer/);
  });

  it("by hearing nothing any more is ended all the same", async () => {
    const kernel = await KernelClient.start({ command, folder, grace: 0.2 });
    await assert.rejects(kernel.execute("deaf", 0.1), /ran longer/);
    await kernel.stop();
  });
});

describe("a notebook run", () => {
  it("stops at the first cell that throws and names it", async () => {
    const failing = notebook(code("print a"), code("throw no"), code("print b"));
    const { notebook: stopped, failure: why } = await runNotebook(failing, "a.ipynb", {
      command,
      folder,
    });
    assert.match(why?.cell ?? "", /^cell 2 \(cell-\d+\)$/);
    assert.equal(why?.problem, "Error: no");
    const outputs = stopped.cells.map((cell) => (cell.cell_type === "code" ? cell.outputs.length : 0));
    assert.deepEqual(outputs, [1, 1, 0]);
  });

  it("goes on after a cell tagged raises-exception", async () => {
    const cells = [code("throw no", { tags: ["raises-exception"] }), code("print b")];
    const { failure } = await runNotebook(notebook(...cells), "a.ipynb", { command, folder });
    assert.equal(failure, undefined);
  });

  it("does not run magics, raw cells and cells with eval: false, and says so", async () => {
    const old = [{ output_type: "stream" as const, name: "stdout", text: "old" }];
    const cells = [
      code("!rm -rf x"),
      raw("raw"),
      code("//| eval: false\nthrow", {}, old),
      code("%%js\nthrow"),
      code(""),
    ];
    const lines: string[] = [];
    const report = (line: string): unknown => lines.push(line);
    const { notebook: run, failure } = await runNotebook(notebook(...cells), "a.ipynb", {
      command,
      folder,
      report,
    });
    assert.equal(failure, undefined);
    assert.deepEqual(
      lines.map((line) => line.replace(/^.*: not run, /, "")),
      ["!rm is no TypeScript", "a raw cell", "eval: false", "%%js is no TypeScript"],
    );
    assert.ok(run.cells.every((cell) => cell.cell_type !== "code" || cell.outputs.length === 0));
  });

  it("names the cell that outlasts the time limit or ends the kernel", async () => {
    const slow = await runNotebook(notebook(code("hang")), "a.ipynb", { command, folder, seconds: 0.2 });
    assert.match(`${slow.failure?.cell}: ${slow.failure?.problem}`, /^cell 1 .*: ran longer than 0.2 s$/);
    const dead = await runNotebook(notebook(code("print a"), code("die")), "a.ipynb", {
      command,
      folder,
    });
    assert.match(`${dead.failure?.cell}: ${dead.failure?.problem}`, /^cell 2 .*: the kernel process ended/);
  });
});
