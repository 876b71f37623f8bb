import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { run } from "../../dist/kernel/notebook/commands/grade.js";
import { gradesOf, sheetsIn } from "../../dist/kernel/notebook/commands/gradedSheets.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { type Exercise, lecture } from "../../src/index.js";
import { DERIVATION_MIME, type DerivationPayload, type Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { parse } from "../../src/symbolic/language/parse.js";
import { print } from "../../src/symbolic/language/print.js";
import { ruleNamed } from "../../src/symbolic/rules/all.js";
import type { Rule } from "../../src/symbolic/rules/rule.js";
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

/** The marks of one notebook: a "!" or what is judged. */
const signsOf = async (made: ReturnType<typeof sheet>, key?: ReturnType<typeof sheet>): Promise<string[]> => {
  const file = `${await tempFolder()}/s.ipynb`;
  await writeNotebook(file, made);
  const keys = key && new Map(sheetsIn(key).map(({ about, payload }) => [about, payload]));
  const { graded } = await gradesOf(file, 5, keys);
  return graded.flatMap(({ marks }) => marks.map(({ sign }) => sign));
};
const signs = (...of: Parameters<typeof sheet>): Promise<string[]> => signsOf(sheet(...of));

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

  it("does not take the line before again, or what its rule does not give, for an answer", async () => {
    const again = (reason: string, rule?: Rule) => {
      const lines = L.derive("vec(A*B)").step(parse("vec(A*B)"), reason, rule) as unknown as Shown;
      const honest = JSON.parse(JSON.stringify(lines[displayKey]()))[DERIVATION_MIME];
      return signs([right], (p) => withAsked(p, "right", { ...honest }));
    };
    assert.deepEqual(await again("as written"), ["!"]);
    assert.deepEqual(await again("vec-of-product", ruleNamed("vec-of-product")), ["!"]);
  });

  it("refuses a sheet that asks for one line many times, or for lines that are not there", async () => {
    const asking = (...lines: unknown[]) =>
      signs([right], (p) => ({
        ...p,
        exercise: {
          ...p.exercise,
          asked: lines.map((line) => ({ line, text: right, outcome: "right", hints: 0 })),
        },
      }));
    assert.deepEqual(await asking(2, 2, 2), ["!"]);
    assert.deepEqual(await asking(2, 3), ["!", "!"]);
    assert.deepEqual(await asking(1), ["!"]);
    assert.deepEqual(await asking("2"), ["!"]);
    assert.deepEqual(await asking(null, 1.5, -1), ["!", "!", "!"]);
  });

  it("takes anything for a sheet without ending", async () => {
    for (const forge of [
      () => ({ exercise: { about: "x" } }),
      () => ({ exercise: { about: "x", asked: [null, 3] }, lines: [null] }),
      (p: DerivationPayload) => ({ ...p, lines: 7 }),
      (p: DerivationPayload) => ({ ...(withAsked(p, "right") as object), lines: [null, null] }),
      (p: DerivationPayload) => ({ ...p, declarations: { toString: 1 } }),
      (p: DerivationPayload) => ({
        ...p,
        exercise: { about: "x", asked: [{ line: 2, hints: 1e300, outcome: {} }] },
      }),
    ])
      assert.doesNotMatch((await signs([right], forge as never)).join(), /[+~]/);
  });

  it("judges each answer anew by a key", async () => {
    const key = sheet([right]);
    assert.deepEqual(await signsOf(sheet([right]), key), ["+"]);
    assert.deepEqual(await signsOf(sheet(["kron(B', I(m))*vec(A)"]), key), ["+"]);
    assert.deepEqual(await signsOf(sheet([]), key), ["."]);
    assert.deepEqual(await signsOf(notebook(code("1")), key), ["."]);
    const forged = (change: (p: DerivationPayload) => object) =>
      signsOf(
        sheet([right], (p) => ({ ...p, ...change(p) })),
        key,
      );
    const asked = [{ line: 2, text: "vec(A*B)", outcome: "right", hints: 0 }];
    assert.deepEqual(await forged((p) => ({ exercise: { ...p.exercise, asked } })), ["!"]);
    assert.deepEqual(await forged((p) => ({ declarations: `${p.declarations} ` })), ["!"]);
    assert.deepEqual(await forged((p) => ({ lines: [{ ...p.lines[0], text: "vec(A)" }, p.lines[1]] })), [
      "!",
    ]);
    assert.deepEqual(await forged((p) => ({ exercise: { ...p.exercise, asked: [] } })), []);
    assert.deepEqual(await forged((p) => ({ exercise: { ...p.exercise, about: "another" } })), ["."]);
  });

  it("counts the lines that the key asks for, whatever a sheet asks for under its name", async () => {
    const begun = () => L.exercise("vec(A*B)'");
    const whole = begun().blank("vec-of-product", "B").blank("transpose-of-product");
    const easier = begun().by("vec-of-product", "B").blank("transpose-of-product");
    for (const exercise of [whole, easier])
      for (const { expression } of exercise.solution().lines.slice(1)) exercise.answer(print(expression));
    const shown = (exercise: Exercise, about?: string) => {
      const data = JSON.parse(JSON.stringify((exercise as unknown as Shown)[displayKey]()));
      if (about !== undefined) data[DERIVATION_MIME].exercise.about = about;
      return notebook(code("ex", {}, [{ output_type: "display_data" as const, data, metadata: {} }]));
    };
    const key = shown(whole);
    assert.deepEqual(await signsOf(key, key), ["+", "+"]);
    assert.deepEqual(await signsOf(shown(easier)), ["+"]);
    assert.deepEqual(await signsOf(shown(easier, sheetsIn(key)[0]?.about), key), ["!"]);
  });

  it("holds a factor that the lecturer named", async () => {
    const keeping = (answer: string, keep?: string) => {
      const exercise = L.exercise("vec(A*B)").blank("vec-of-product", keep);
      exercise.answer(answer);
      const data = JSON.parse(JSON.stringify((exercise as unknown as Shown)[displayKey]()));
      return notebook(code("ex", {}, [{ output_type: "display_data" as const, data, metadata: {} }]));
    };
    const other = "kron(B', I(m))*vec(A)";
    assert.deepEqual(await signsOf(keeping(right, "B"), keeping(right, "B")), ["+"]);
    assert.deepEqual(await signsOf(keeping(other, "B"), keeping(right, "B")), ["-"]);
    assert.deepEqual(await signsOf(keeping(other), keeping(right, "B")), ["!"]);
  });

  it("gives up an answer that takes too long, and judges the others", async () => {
    const long = `(${Array(14).fill("(A + A)").join(" + ")})`;
    const bomb = sheet([right], (p) => {
      const text = `${Array(9).fill(`kron(${long}, I(k))`).join(" * ")} * vec(B)`;
      const line = {
        ...p.lines[1],
        text,
        certificate: { ...(p.lines[1]?.certificate as object), statement: `vec(A * B) = ${text}` },
      };
      return {
        ...p,
        lines: [p.lines[0], line],
        exercise: { ...p.exercise, asked: [{ line: 2, text, outcome: "right", hints: 0 }] },
      };
    });
    assert.deepEqual(await signsOf(bomb, sheet([right])), ["!"]);
    assert.deepEqual(await signsOf(bomb), ["!"]);
  });

  it("goes on where one is no notebook, a pipe or a device, and tells copies and links", async () => {
    const folder = await tempFolder();
    const [good, copy, link, none, zero, pipe] = ["ada", "bob", "eve", "none", "zero", "pipe"].map(
      (name) => `${folder}/${name}.ipynb`,
    ) as [string, string, string, string, string, string];
    await writeNotebook(good, sheet([right]));
    spawnSync("cp", [good, copy]);
    symlinkSync(good, link);
    writeFileSync(none, "no notebook");
    symlinkSync("/dev/zero", zero);
    spawnSync("mkfifo", [pipe]);
    const said = await saidBy([good, none, zero, pipe, copy, link]);
    assert.equal(said.status, 1);
    assert.match(said.text, /^ada .*1 of 1$/m);
    assert.match(said.text, /none\.ipynb: .*not JSON/);
    for (const file of [zero, pipe])
      assert.ok(said.text.includes(`${file}: the file: no file but a device or a pipe`));
    assert.match(said.text, /bob\.ipynb: it is a copy of .*ada\.ipynb, byte by byte/);
    assert.match(said.text, /eve\.ipynb: it is the file .*ada\.ipynb/);
  });

  it("lets no name and no exercise move a terminal or become a formula, and tells sheets of one name apart", async () => {
    const [first, second] = [await tempFolder(), await tempFolder()];
    const name = "=cmd|' \u001b[2J\u202e!A1.ipynb";
    const title = '=HYPERLINK("http://x")\n\u001b]0;x\u0007';
    const forged = sheet([], (p) => ({ ...p, lines: [{ ...p.lines[0], text: title }, p.lines[1]] }));
    await writeNotebook(`${first}/${name}`, forged);
    await writeNotebook(`${second}/${name}`, sheet([right]));
    const files = [`${first}/${name}`, `${second}/${name}`];
    for (const options of [[], ["--csv"]]) {
      const { text } = await saidBy([...options, ...files]);
      assert.doesNotMatch(text, /[^\n\P{Cc}]|\u202e/u);
      for (const folder of [first, second]) assert.ok(text.includes(folder), text);
    }
    const alone = await saidBy(["--csv", files[0] as string]);
    assert.match(alone.text, /^"'=cmd\|/m);
    assert.match(alone.text, /,"'=HYPERLINK\(""http/);
    assert.doesNotMatch((await saidBy(["--csv", files[1] as string])).text, /(?:^|,)"[=+@-]/m);
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
    const good = await saidBy(files.slice(0, 2));
    assert.equal(good.status, 0);
    assert.deepEqual(good.text.split("\n"), [
      "sheet  exercise    lines  hints  right",
      "ada    vec(A * B)  +      0      1 of 1",
      "bob    vec(A * B)  -      0      0 of 1",
    ]);
    const all = await saidBy(files);
    assert.equal(all.status, 1);
    assert.match(all.text, /eve\.ipynb: line 2: called right, but not there$/);
  });
});

/** What the command says, and its exit code. */
async function saidBy(words: readonly string[]): Promise<{ status: number; text: string }> {
  const said: string[] = [];
  const { log } = console;
  console.log = (line: string) => void said.push(line);
  try {
    const status = await run(words);
    return { status, text: said.join("\n") };
  } finally {
    console.log = log;
  }
}
