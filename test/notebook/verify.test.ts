import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { boundedLines, mostLines } from "../../kernel/notebook/commands/boundedLines.js";
import { formatNotebook } from "../../kernel/notebook/format/write.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { lecture } from "../../src/index.js";
import type { Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { hostile, pathOf } from "../hostile/notebooks.js";
import { code, markdown, notebook as notebookOf } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

const program = join(packageRoot(), "bin", "philab.js");
const notebook = join(packageRoot(), "notebooks", "03-deriving-the-linear-maps.ipynb");

describe("what is told of many faults", () => {
  it("is the first of them and how many there are besides, none longer than fits a screen", () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `fault ${i}`);
    const told = boundedLines(lines, "problems");
    assert.deepEqual(told.slice(0, -1), lines.slice(0, mostLines));
    assert.equal(told.at(-1), `… and ${(3000 - mostLines).toLocaleString("en")} problems; --all tells them`);
    assert.deepEqual(boundedLines(lines.slice(0, mostLines), "problems"), lines.slice(0, mostLines));
    assert.match(
      boundedLines(["x".repeat(1e6)], "")[0]!,
      /^x{1500} … \(1,000,000 signs; --all tells them\)$/,
    );
  });
});

describe("philab verify", () => {
  after(removeTempFolders);

  it("checks every certificate in a notebook anew", () => {
    const text = execFileSync(process.execPath, [program, "verify", notebook], { encoding: "utf8" });
    const [, held, all] = /(\d+) of (\d+) statements hold \(fresh seed \d+\)/.exec(text) ?? [];
    assert.ok(Number(held) >= 7 && held === all, text);
    const [, judged, shapes] = /; (\d+) judged again by the second program, at (\d+) shapes/.exec(text) ?? [];
    assert.ok(judged === all && Number(shapes) > 20, text);
  });

  it("goes on after a notebook that cannot be read", async () => {
    const folder = await tempFolder();
    const broken = join(folder, "broken.ipynb");
    writeFileSync(broken, "{");
    const words = [program, "verify", broken, notebook];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, /^\S+broken\.ipynb: .*\n$/);
    assert.match(stdout, /: (\d+) of \1 statements hold/);
  });

  it("fails and says where, once a statement was changed", async () => {
    const folder = await tempFolder();
    const forged = join(folder, "forged.ipynb");
    const from = "phi(Z) = mat(P * vec(Z), h * h * d_in, a_out * b_out)";
    const whole = JSON.parse(readFileSync(notebook, "utf8"));
    const cells = whole.cells.filter((cell: unknown) => JSON.stringify(cell).includes(from));
    assert.ok(cells.length > 0);
    const json = JSON.stringify({ ...whole, cells });
    writeFileSync(forged, json.replaceAll(from, "phi(Z) = 2 * mat(P * vec(Z), h * h * d_in, a_out * b_out)"));
    const { status, stdout } = spawnSync(process.execPath, [program, "verify", forged], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stdout, /cell \d+, \(4\): phi\(Z\) = 2 \* mat.*does not hold: the two sides differ at/);
    const difference =
      /says the second program: entry \(1, 1\) is \S+ on the left, \S+ on the right, at a_in = \d/;
    assert.match(stdout, difference);
    assert.match(stdout, /: (\d+) of (\d+) statements hold/);
  });

  it("lists what the second program did not judge, which fails where it is strict (test/long: and else not)", async () => {
    const large = join(await tempFolder(), "large.ipynb");
    const L = lecture`dims m n k; A : 50*m x 50*n; B : 50*n x 50*k`;
    const verdict = L.check("(A B)'", "(A*B)' = B'*A'") as unknown as Shown;
    const data = JSON.parse(JSON.stringify(verdict[displayKey]()));
    const outputs = [{ output_type: "display_data" as const, data, metadata: {} }];
    writeFileSync(large, formatNotebook(notebookOf(code("L.check(…)", {}, outputs))));
    const strict = spawnSync(process.execPath, [program, "verify", "--strict", large], { encoding: "utf8" });
    assert.match(
      strict.stdout,
      /cell 1, \(A B\)': not judged by the second program: only 0 shapes could be tried/,
    );
    assert.match(strict.stdout, /1 of 1 statements hold \(fresh seed \d+\); 0 judged again/);
    assert.equal(strict.status, 1);
  });

  it("says of a notebook without certificates that it has none, and where it is strict what they are missing for", async () => {
    const without = join(await tempFolder(), "without.ipynb");
    writeFileSync(without, formatNotebook(notebookOf(markdown("$$S = W\\phi(Z) \\tag{1}$$"), code("1 + 1"))));
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [program, "verify", ...words], { encoding: "utf8" });
    const plain = run(without);
    assert.deepEqual([plain.status, /no certificates/.test(plain.stdout)], [0, true]);
    const strict = run("--strict", without);
    assert.equal(strict.status, 1);
    assert.match(strict.stdout, /without\.ipynb: equation \(1\): no certificate/);
  });

  it("holds what a display says against the certificate of its name, where it is strict", async () => {
    const folder = await tempFolder();
    const L = lecture`dims m n k; A : m x n; B : n x k`;
    const data = JSON.parse(
      JSON.stringify((L.check("(4)", "(A*B)' = B'*A'") as unknown as Shown)[displayKey]()),
    );
    const outputs = [{ output_type: "display_data" as const, data, metadata: {} }];
    const said = (tex: string): readonly [number | null, string] => {
      const file = join(folder, "display.ipynb");
      const cells = [markdown(`$$${tex} \\tag{4}$$`), code("L.check(…)", {}, outputs)];
      writeFileSync(file, formatNotebook(notebookOf(...cells)));
      const { status, stdout } = spawnSync(process.execPath, [program, "verify", "--strict", file], {
        encoding: "utf8",
      });
      return [status, stdout.split("\n").at(-2) ?? ""];
    };
    const [held, saysIt] = said("(A B)^T = B^T A^T");
    assert.match(saysIt, /equation \(4\): proved for all sizes, cell 2; the display says it$/);
    const [refused, saysNot] = said("(A B)^T = A^T B^T");
    assert.match(saysNot, /but the display says \(A \* B\)' = A' \* B', and certified is/);
    assert.deepEqual([held, refused], [0, 1]);
  });

  it("refuses a badge wherever a reader sees one: in text, in a picture of words, printed in pieces, in a widget", async () => {
    const file = join(await tempFolder(), "badges.ipynb");
    const badge = "A B = B A ✓ all sizes";
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><text>${badge}</text></svg>`);
    const attachments = { "a.svg": { "image/svg+xml": svg.toString("base64") } };
    const stream = (text: string) => ({ output_type: "stream" as const, name: "stdout", text });
    const pieces = [stream("A B = B A ✓ al"), stream("l sizes\n")];
    const cells = [
      markdown(`A claim: $A B = B A$ ✓ all sizes`),
      { ...markdown("![](attachment:a.svg)"), attachments },
      code("1", {}, pieces),
      { ...markdown(badge), cell_type: "raw" as const },
      markdown(
        "√2 is not exactly a float. ✓ done; below, each line of each notebook is proved for all sizes.",
      ),
    ];
    const whole = { ...notebookOf(...cells), metadata: { widgets: { state: { a: { value: badge } } } } };
    writeFileSync(file, formatNotebook(whole));
    const { status, stdout } = spawnSync(process.execPath, [program, "verify", file], { encoding: "utf8" });
    const places = [...stdout.matchAll(/: ([^:]+): a badge without a certificate/g)].map(
      ([, place]) => place,
    );
    assert.deepEqual(
      [status, places],
      [
        1,
        [
          "cell 1, its text",
          "cell 2, an attachment",
          "cell 3, what is printed",
          "cell 4, its text",
          "the notebook, its metadata",
        ],
      ],
    );
  });

  it("refuses what is shown but not certified, in words (test/long has all hostile notebooks)", () => {
    const names = ["verify-mismatch.ipynb", "verify-missing.ipynb"];
    const files = hostile.filter(({ file }) => names.includes(file)).map(pathOf);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "verify", ...files], {
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.doesNotMatch(stdout + stderr, /\n\s+at |[^\n\P{Cc}]/u);
    for (const file of files) {
      const lines = stdout.split("\n").filter((line) => line.startsWith(file));
      assert.ok(
        lines.some((line) => /not hold|without a certificate|is shown as|needed|no line/.test(line)),
        `${file}: ${lines.join("\n")}`,
      );
    }
  });
});
