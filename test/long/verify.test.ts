import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatNotebook } from "../../kernel/notebook/format/write.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { lecture } from "../../src/index.js";
import { type Shown, VERDICT_MIME } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { hostile, pathOf } from "../hostile/notebooks.js";
import { code, notebook as notebookOf } from "../notebook/build.js";
import { removeTempFolders, tempFolder } from "../notebook/tempFolder.js";

const program = join(packageRoot(), "bin", "philab.js");
const notebook = join(packageRoot(), "notebooks", "03-deriving-the-linear-maps.ipynb");

describe("philab verify, attacked", () => {
  after(removeTempFolders);

  it("refuses every hostile notebook, in words and without a terminal's escapes", function () {
    this.timeout(300_000);
    const files = hostile.filter(({ group }) => group === "verify").map(pathOf);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "verify", ...files], {
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.doesNotMatch(stdout + stderr, /\n\s+at |[^\n\P{Cc}]/u);
    for (const file of files) {
      const lines = stdout.split("\n").filter((line) => line.startsWith(file));
      assert.match(lines.join("\n"), /not hold|without a certificate|is shown as|needed|no line/, file);
    }
  });

  it("says of a statement that takes too long, or too much memory, that it was not checked, and checks the others", async function () {
    this.timeout(120_000);
    const file = join(await tempFolder(), "bombs.ipynb");
    const verdict = (declarations: string, text: string): Record<string, unknown> => ({
      [VERDICT_MIME]: {
        version: 1,
        declarations,
        tag: text.slice(0, 20),
        statement: { text, tex: text },
        level: "identity",
        certificate: {
          version: 1,
          prover: 3,
          declarations,
          statement: text,
          level: "identity",
          prime: 67108859,
          shapes: [{ n: 2 }],
          seeds: [1],
        },
      },
    });
    const huge = verdict("dims n\nA : 1000000000 x n", "I(1000000000)*A = A");
    const long = verdict(
      "dims n\nA : n x n; B : n x n",
      `${Array(14).fill("(A + B)").join(" * ")} = ${Array(14).fill("(B + A)").join(" * ")}`,
    );
    const good = (
      JSON.parse(readFileSync(notebook, "utf8")).cells as { outputs?: { data?: Record<string, unknown> }[] }[]
    )
      .flatMap(({ outputs = [] }) => outputs)
      .find(({ data }) => data?.[VERDICT_MIME])?.data;
    const outputs = [huge, long, good].map((data) => ({ output_type: "display_data", data, metadata: {} }));
    const cell = { cell_type: "code", id: "a", metadata: {}, source: "1", execution_count: 1, outputs };
    writeFileSync(file, JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const started = performance.now();
    const { status, stdout } = spawnSync(process.execPath, [program, "verify", file], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stdout, /1 of 3 statements hold/);
    assert.match(stdout, /not checked within the budget|does not hold|needed/);
    assert.ok(performance.now() - started < 100_000);
  });

  it("tells of thousands of faults the first and how many there are, and all where it is asked for", async function () {
    this.timeout(120_000);
    const file = join(await tempFolder(), "faults.ipynb");
    const fault = { "text/plain": `A B = B A ✓ all sizes ${"x".repeat(9)}` };
    const outputs = Array.from({ length: 3000 }, () => ({
      output_type: "display_data" as const,
      data: fault,
      metadata: {},
    }));
    writeFileSync(file, formatNotebook(notebookOf(code("1", {}, outputs))));
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [program, "verify", ...words, file], { encoding: "utf8" });
    const [some, all] = [run(), run("--all")];
    assert.deepEqual([some.status, all.status], [1, 1]);
    const lines = some.stdout.trim().split("\n");
    assert.equal(lines.length, 27, some.stdout);
    assert.match(lines[25]!, /^… and 2,975 problems of .*faults\.ipynb; --all tells them$/);
    assert.equal(all.stdout.match(/a badge without a certificate/g)?.length, 3000);
  });

  it("lists a statement that the second program did not judge, and ends with 0 where it is not strict", async function () {
    this.timeout(120_000);
    const file = join(await tempFolder(), "large.ipynb");
    const L = lecture`dims m n k; A : 50*m x 50*n; B : 50*n x 50*k`;
    const verdict = L.check("(A B)'", "(A*B)' = B'*A'") as unknown as Shown;
    const data = JSON.parse(JSON.stringify(verdict[displayKey]()));
    const outputs = [{ output_type: "display_data" as const, data, metadata: {} }];
    writeFileSync(file, formatNotebook(notebookOf(code("L.check(…)", {}, outputs))));
    const { status, stdout } = spawnSync(process.execPath, [program, "verify", file], { encoding: "utf8" });
    assert.match(stdout, /not judged by the second program: only 0 shapes could be tried/);
    assert.equal(status, 0);
  });
});
