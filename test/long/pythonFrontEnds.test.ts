import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { injectParameters } from "../../kernel/notebook/format/parameters.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { PythonUnavailable } from "../../kernel/setup/findPython.js";
import { ensureEnvironment } from "../../kernel/setup/python.js";
import { type JupyterHome, jupyterHome } from "../frontends/jupyterHome.js";
import { code, notebook as notebookOf } from "../notebook/build.js";

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

describe("Jupyter's programs without a browser", function () {
  this.timeout(60_000);
  let home: JupyterHome;
  let folder: string;
  let notebook: string;

  before(async function () {
    this.timeout(600_000); // the first time, a Python environment is made
    try {
      ({ folder } = await ensureEnvironment({ root: packageRoot(), report: console.log }));
    } catch (error) {
      if (!(error instanceof PythonUnavailable)) throw error;
      console.warn(`\nSKIPPED: nbclient, nbconvert and jupyter console, because ${error.message}\n`);
      this.skip();
    }
    home = jupyterHome();
    notebook = join(home.notebooks, "02-vec-mat-phi.ipynb");
    copyFileSync(join(packageRoot(), "notebooks", "02-vec-mat-phi.ipynb"), notebook);
  });

  after(() => home?.remove());

  let figures = 0;

  it("nbclient executes notebook 02 to its end without an error", async () => {
    await run("jupyter-execute", ["--output=executed", notebook]);
    const outputs = outputsOf(join(home.notebooks, "executed.ipynb"));
    const errors = outputs.filter(({ output_type }) => output_type === "error");
    assert.deepEqual(
      errors.map((error) => "ename" in error && error.ename),
      ["RangeError"], // the cell that shows what is too large to be made
    );
    figures = outputs.filter(({ data }) => data?.["image/svg+xml"] !== undefined).length;
    assert.ok(figures > 0, "no figure among the outputs");
  });

  it("nbclient runs a notebook with the parameters that a cell behind the tagged one injects", async () => {
    const cells = [
      code("const h: number = 3;\nlet name = 'none';", { tags: ["parameters"] }),
      code("console.log(h * 2, name);"),
    ];
    const parameters = [
      { name: "h", value: 5 },
      { name: "name", value: "five" },
    ];
    const given = join(home.notebooks, "given.ipynb");
    await writeNotebook(given, injectParameters(notebookOf(...cells), parameters));
    await run("jupyter-execute", ["--output=given-executed", given]);
    const outputs = outputsOf(join(home.notebooks, "given-executed.ipynb"));
    assert.match(JSON.stringify(outputs), /10 five/);
  });

  it("nbconvert --execute makes a page that keeps every figure as SVG", async () => {
    const target = ["--output-dir", home.notebooks, "--output", "page"];
    await run("jupyter-nbconvert", ["--to", "html", "--execute", ...target, notebook]);
    const page = readFileSync(join(home.notebooks, "page.html"), "utf8");
    const pictures = [...page.matchAll(/<img[^>]*src="data:image\/svg\+xml;base64,([^"]+)"/g)];
    assert.equal(pictures.length, figures);
    for (const [, data] of pictures)
      assert.match(Buffer.from(data!, "base64").toString(), /^<svg .*<\/svg>/s);
  });

  it("jupyter console answers 1+1, shows an error with its place, and goes on", async () => {
    const lines = ["1+1", 'throw new RangeError("wanted")', "[1, 2].map((x) => x * 2)"];
    const said = await run(
      "jupyter-console",
      ["--kernel", "philab", "--simple-prompt"],
      lines.join("\n") + "\n",
    );
    assert.match(said, /Out\[1\]: 2\n/);
    assert.match(said, /RangeError: wanted\n\s+at In\[2\]:1:7\n/);
    assert.match(said, /Out\[3\]: \[ 2, 4 \]\n/);
  });

  /** What the program writes, stdout before stderr; fails with its stderr where it fails. */
  async function run(program: string, args: readonly string[], input = ""): Promise<string> {
    const child = spawn(join(folder, "bin", program), args, {
      cwd: home.notebooks,
      env: home.env,
      timeout: 40_000,
    });
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    child.stdin.end(input);
    const [code] = await once(child, "close");
    assert.equal(code, 0, `${program} ended with ${code}: ${await stderr}`);
    return (await stdout) + (await stderr);
  }
});

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = "";
  for await (const chunk of stream) all += chunk;
  return all;
}

function outputsOf(path: string): Output[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: { outputs?: Output[] }[] };
  return cells.flatMap(({ outputs }) => outputs ?? []);
}
