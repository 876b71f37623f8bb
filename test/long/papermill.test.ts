import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CodeCell } from "../../kernel/notebook/format/types.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { type JupyterHome, jupyterHome } from "../frontends/jupyterHome.js";
import { code, notebook } from "../notebook/build.js";

/** A Python that has papermill: of our own environment, or the first on the path. */
const python = [join(packageRoot(), ".venv", "bin", "python"), "python3"].find(
  (one) =>
    (existsSync(one) || one === "python3") &&
    spawnSync(one, ["-c", "import papermill"], { timeout: 60_000 }).status === 0,
);

const page = readFileSync(join(packageRoot(), "docs", "parameters.md"), "utf8");

describe("papermill with a notebook of ours", function () {
  this.timeout(180_000);
  let home: JupyterHome;

  before(async function () {
    if (python === undefined) {
      console.warn("\nSKIPPED: papermill, because no Python here has it\n");
      this.skip();
    }
    home = jupyterHome();
    const given = notebook(
      code('const h: number = 3;\nlet sides = [1];\nlet name: string | null = "none";', {
        tags: ["parameters"],
      }),
      code("console.log(h * 2, JSON.stringify(sides), name);"),
    );
    await writeNotebook(join(home.notebooks, "in.ipynb"), given);
  });

  after(() => home?.remove());

  it("says that it has no translator for TypeScript, as docs/parameters.md quotes it", () => {
    const { status, stderr } = papermill(["-m", "papermill", "in.ipynb", "out.ipynb", "-p", "h", "5"]);
    assert.notEqual(status, 0);
    const [, quoted] = /^```\n(No parameter translator .*)\n```$/m.exec(page) ?? [];
    assert.ok(quoted !== undefined && stderr.includes(quoted), stderr.slice(-500));
  });

  it("sets numbers and texts on the command line in the words of C#, and our kernel runs the cells", () => {
    const [, command] = /^papermill (in\.ipynb .*)$/m.exec(page) ?? [];
    const made = papermill(["-m", "papermill", ...(command ?? "").split(" ")]);
    assert.equal(made.status, 0, made.stderr.slice(-2_000));
    assert.match(printed(), /^10 \[1\] five$/m);
  });

  it("sets all of JSON by the translator of docs/parameters.md", () => {
    const [, program] = /^```python\n([\s\S]*?)^```$/m.exec(page) ?? [];
    const made = papermill(["-c", program ?? ""]);
    assert.equal(made.status, 0, made.stderr.slice(-2_000));
    assert.match(printed(), /^10 \[1,3\] null$/m);
  });

  function papermill(args: readonly string[]): { status: number | null; stderr: string } {
    const options = { cwd: home.notebooks, env: home.env, encoding: "utf8", timeout: 120_000 } as const;
    return spawnSync(python as string, args, options);
  }

  /** What the cells of the notebook that was made wrote. */
  function printed(): string {
    const { cells } = JSON.parse(readFileSync(join(home.notebooks, "out.ipynb"), "utf8")) as {
      cells: CodeCell[];
    };
    const texts = cells.flatMap(({ outputs = [] }) =>
      outputs.map((output) => (output.output_type === "stream" ? [output.text].flat().join("") : "")),
    );
    return texts.join("");
  }
});
