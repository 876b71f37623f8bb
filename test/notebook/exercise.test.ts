import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import type { Cell } from "../../kernel/notebook/format/types.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { DERIVATION_MIME, type DerivationPayload } from "../../src/mime/types.js";
import { type Client, startKernel } from "../kernel/client.js";
import { code, notebook } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

const program = join(packageRoot(), "bin", "philab.js");

/** The cells as the real kernel answers them: the payload and the text of each, in the notebook that was written. */
async function session(
  ...sources: string[]
): Promise<{ file: string; payloads: DerivationPayload[]; texts: string[] }> {
  const file = join(await tempFolder(), "a.ipynb");
  await writeNotebook(file, notebook(...sources.map((source) => code(source))));
  const out = `${file}.out`;
  await promisify(execFile)(process.execPath, [program, "run", file, "-o", out]);
  await rename(out, file);
  const outputs = (await readNotebook(file)).cells.map((cell: Cell) =>
    cell.cell_type === "code" && cell.outputs[0]?.output_type === "execute_result"
      ? cell.outputs[0].data
      : {},
  );
  return {
    file,
    payloads: outputs.map((data) => data[DERIVATION_MIME] as DerivationPayload),
    texts: outputs.map((data) => String(data["text/plain"])),
  };
}

const declared = `const L = lecture\`
  dims m n k
  A : m x n;  B : n x k
\`;`;
const lecturers =
  'const ex = L.exercise("vec(A*B)\'").blank("vec-of-product", "B").blank("transpose-of-product");\nex';

describe("an exercise in a notebook", function () {
  this.timeout(60_000);
  after(removeTempFolders);

  it("shows open lines as □ and nothing of the answer, is answered by a student, right and wrong, and is verified once it is complete", async () => {
    const { file, texts, payloads } = await session(
      declared,
      lecturers,
      'ex.answer("(kron(A, I(k))*vec(B))\'")',
      "ex.hint()",
      'ex.answer("(kron(I(k), A)*vec(B))\'")',
      'ex.answer("vec(A*B)\'")',
      "ex.answer(\"vec(B)'*kron(I(k), A)'\")",
      "[ex.complete, ex.open.length, ex.derivation.lines.length]",
    );
    assert.equal(texts[1], "  vec(A * B)'\n  = □\n  = □");
    assert.doesNotMatch(JSON.stringify(payloads[1]), /kron|otimes|vec-of-product/);
    assert.match(texts[2]!, /^line 2: it does not follow: the two sides differ at .*entry \(1, \d\)/);
    assert.match(texts[3]!, /^line 2: use vec-of-product\n\n/);
    assert.match(texts[4]!, /^line 2: right, by vec-of-product \(✓ all sizes\)\n\n.*\n.*\n {2}= □$/);
    assert.match(texts[5]!, /^line 3: true, but not the line asked for/);
    assert.match(texts[6]!, /^line 3: right, by transpose-of-product .*\nThe derivation is complete\.\n/);
    assert.equal(texts[7], "[ true, 0, 3 ]");
    assert.deepEqual(
      payloads.slice(2, 7).map(({ remark }) => remark?.outcome),
      ["wrong", "hint", "right", "other form", "right"],
    );
    const { status, stdout } = spawnSync(process.execPath, [program, "verify", file], { encoding: "utf8" });
    assert.deepEqual([status, /(\d+) of \1 statements hold/.test(stdout)], [0, true], stdout);
  });
});

describe("an exercise while it is written", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute(`${declared}\n${lecturers}`);
  });
  after(() => kernel.stop());

  it("offers its methods, and explains them", async () => {
    const asked = { code: "ex.", cursor_pos: 3 };
    const { matches } = (await kernel.request("shell", "complete_request", asked)).reply.content;
    for (const name of ["answer", "hint", "solution", "blank", "open"])
      assert.ok((matches as string[]).includes(name), name);
    const inspected = { code: "ex.answer", cursor_pos: 9, detail_level: 0 };
    const { data } = (await kernel.request("shell", "inspect_request", inspected)).reply.content;
    const text = (data as Record<string, string>)["text/plain"];
    assert.match(text!, /answer\(expression: string, line\?: number\): Answer/);
    assert.match(text!, /Says what a line is worth/);
  });
});
