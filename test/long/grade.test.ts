import assert from "node:assert/strict";
import { checkedStatements } from "../../dist/kernel/notebook/commands/checkedStatements.js";
import { gradesOf, run } from "../../dist/kernel/notebook/commands/grade.js";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { lecture } from "../../src/index.js";
import { DERIVATION_MIME, type DerivationPayload, type Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { code, notebook } from "../notebook/build.js";
import { removeTempFolders, tempFolder } from "../notebook/tempFolder.js";

const L = lecture`dims m n k; A : m x n;  B : n x k`;
const right = "kron(I(k), A)*vec(B)";

/** A notebook in which the exercise was answered so; `forge` changes what it says of itself. */
function sheet(answers: readonly string[], forge?: (payload: DerivationPayload) => unknown) {
  const exercise = L.exercise("vec(A*B)").blank("vec-of-product");
  for (const answer of answers) exercise.answer(answer);
  const data = JSON.parse(JSON.stringify((exercise as unknown as Shown)[displayKey]()));
  if (forge) data[DERIVATION_MIME] = forge(data[DERIVATION_MIME]);
  return notebook(code("ex", {}, [{ output_type: "display_data" as const, data, metadata: {} }]));
}

const signs = async (...of: Parameters<typeof sheet>): Promise<string[]> => {
  const file = `${await tempFolder()}/s.ipynb`;
  await writeNotebook(file, sheet(...of));
  const graded = gradesOf(file, await readNotebook(file), await checkedStatements(file, 5));
  return graded.flatMap(({ marks }) => marks.map(({ sign }) => sign));
};

const withAsked = (payload: DerivationPayload, outcome: "right", more: object = {}): unknown => ({
  ...payload,
  ...more,
  exercise: { ...payload.exercise, asked: [{ line: 2, text: right, outcome, hints: 0 }] },
});

describe("philab grade", function () {
  this.timeout(120_000);
  after(removeTempFolders);

  it("tells right, wrong and open lines", async () => {
    assert.deepEqual(await signs([right]), ["+"]);
    assert.deepEqual(await signs(["kron(A, I(k))*vec(B)"]), ["-"]);
    assert.deepEqual(await signs([]), ["."]);
  });

  it("does not believe what a notebook says of itself", async () => {
    assert.deepEqual(await signs([], (payload) => withAsked(payload, "right")), ["!"]);
    const lines = (payload: DerivationPayload, change: object) =>
      payload.lines.map((line, k) => (k === 1 ? { ...line, ...change } : line));
    const other = (change: object) =>
      signs([right], (p) => withAsked(p, "right", { lines: lines(p, change) }));
    assert.deepEqual(await other({}), ["+"]);
    assert.deepEqual(await other({ text: "A" }), ["!"]);
    assert.deepEqual(await other({ certificate: undefined }), ["!"]);
    const forged = (p: DerivationPayload): unknown => {
      const certificate = {
        ...(p.lines[1]?.certificate as object),
        statement: "vec(A * B) = kron(A, I(k)) * vec(B)",
      };
      const text = "kron(A, I(k)) * vec(B)";
      return withAsked(p, "right", { lines: lines(p, { text, certificate }) });
    };
    assert.deepEqual(await signs([right], forged), ["!"]);
    assert.deepEqual(
      await signs([right], (p) =>
        withAsked(p, "right", { declarations: "dims m n k; A : m x n;  B : n x k;  C : m x k" }),
      ),
      ["!"],
    );
  });

  it("marks what was right after the solution was shown", async () => {
    const shown = (p: DerivationPayload): unknown => ({
      ...p,
      exercise: { ...p.exercise, solutionShown: true },
    });
    assert.deepEqual(await signs([right], shown), ["~"]);
  });

  it("prints a table, a line a sheet, and fails only where a line does not hold", async () => {
    const folder = await tempFolder();
    const files = [`${folder}/ada.ipynb`, `${folder}/bob.ipynb`, `${folder}/eve.ipynb`];
    await writeNotebook(files[0] as string, sheet([right]));
    await writeNotebook(files[1] as string, sheet(["kron(A, I(k))*vec(B)"]));
    await writeNotebook(
      files[2] as string,
      sheet([], (payload) => withAsked(payload, "right")),
    );
    const said: string[] = [];
    const { log } = console;
    console.log = (line: string) => void said.push(line);
    try {
      assert.equal(await run(files.slice(0, 2)), 0);
      assert.deepEqual(said, [
        "sheet  exercise    lines  hints  right",
        "ada    vec(A * B)  +      0      1 of 1",
        "bob    vec(A * B)  -      0      0 of 1",
      ]);
      assert.equal(await run(files), 1);
      assert.match(said.at(-1) ?? "", /eve\.ipynb: line 2: called right, but not there/);
    } finally {
      console.log = log;
    }
  });
});
