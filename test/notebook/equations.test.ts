import assert from "node:assert/strict";
import { join } from "node:path";
import type { Checked } from "../../kernel/notebook/commands/checkedStatements.js";
import { equationsOf } from "../../kernel/notebook/commands/equations.js";
import { definitionOf, NoDefinition } from "../../kernel/notebook/equations/definition.js";
import { taggedDisplays } from "../../kernel/notebook/equations/displays.js";
import type { Cell } from "../../kernel/notebook/format/types.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { code, markdown, notebook } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

const certificate = (tag: string, declarations: string, problems: string[] = []): Checked => ({
  place: `cell 3, ${tag}`,
  isStatement: true,
  problems,
  judgement: undefined,
  claim: { level: "all sizes", declarations },
});

/** A cell that compares what the tags define, and what it says. */
const compared = (tags: string, says = "true"): Cell =>
  code(`//| checks: ${tags}\nf(1) === 2`, {}, [
    { output_type: "execute_result", data: { "text/plain": says }, metadata: {}, execution_count: 1 },
  ]);

/** "tag: what is said", with "✗" before what nothing holds. */
async function said(cells: readonly Cell[], checked: readonly Checked[] = []): Promise<string[]> {
  const file = join(await tempFolder(), "a.ipynb");
  await writeNotebook(file, notebook(...cells));
  const equations = await equationsOf([{ file, checked }]);
  return equations.map(({ tag, says, isHeld }) => `${isHeld ? "" : "✗ "}${tag}: ${says}`);
}

const display = (tex: string, tag = "U11"): Cell => markdown(`$$${tex} \\tag{${tag}}$$`);

describe("a tagged equation", () => {
  after(removeTempFolders);

  it("is found with its display, unless several tags share it or it stands in none", () => {
    const cells = [
      markdown("$$a = b \\tag{1}$$ and $$c \\tag{2} \\\\ d \\tag{3}$$"),
      markdown("\\begin{equation} e := f \\tag*{4} \\end{equation}"),
    ];
    assert.deepEqual(
      taggedDisplays(notebook(...cells)).map(({ tag, at, tex }) => [tag, at, tex]),
      [
        ["(1)", 0, "a = b"],
        ["(2)", 0, undefined],
        ["(3)", 0, undefined],
        ["(4)", 1, undefined],
      ],
    );
  });

  it("is held by a certificate of its name, if that holds", async () => {
    const declared = "dims n\nA : n x n";
    assert.deepEqual(await said([display("A = A")], [certificate("(U11)", declared)]), [
      "(U11): proved for all sizes, cell 3",
    ]);
    assert.deepEqual(await said([display("A = A")], [certificate("(U11)", declared, ["differs"])]), [
      "✗ (U11): proved for all sizes, cell 3",
    ]);
    assert.deepEqual(await said([display("A = A")], [certificate("(U10)", declared)]), [
      "✗ (U11): no certificate",
    ]);
  });

  it("is held as a definition where it defines a new name, and a cell compares it", async () => {
    const f = display("f(\\theta) := \\frac{1}{2C}\\theta^T\\theta + \\frac1l\\sum_{i=1}^{l} \\xi_i.");
    assert.deepEqual(await said([f, compared("U10, U11")]), [
      "(U11): defines f(\\theta), compared in cell 2",
    ]);
    const W = display("W := \\begin{bmatrix} w_1 \\\\ w_2 \\end{bmatrix} \\in R^{2 \\times 1}");
    assert.deepEqual(await said([W, compared("U11")], [certificate("(1)", "dims n\nW : n x n")]), [
      "(U11): defines W, compared in cell 2",
    ]);
  });

  const declared = [certificate("(1)", "dims d n\nZ_in : d x n;  W : n x d;  phi, P = conv(h, s, d, a, b)")];
  const forged: Readonly<Record<string, [tex: string, why: RegExp]>> = {
    "an equation between names that have a meaning": [
      "\\phi(Z) := \\mathrm{mat}(P_\\phi \\mathrm{vec}(Z^T))",
      /phi has a meaning already/,
    ],
    "a matrix that was declared": ["Z^{\\text{in}} := 2 W", /Z has a meaning already/],
    "a function that derivations know": [
      "\\mathrm{vec}(A) := \\mathrm{vec}(A^T)",
      /vec has a meaning already/,
    ],
    "a function that cells have": ["\\mathrm{relu}(x) := x^2", /relu has a meaning already/],
    "a product on the left": ["G v := v/C + J^T B J v", /Gv is not one name/],
    "a product with a list of arguments": ["f(x) g(x) := 1", /f\(x\)g\(x\) is not one name/],
    "two commands that a blank joins": ["\\phi Z := 1", /\\phiZ is not one name/],
    "a name that stands on both sides": ["u := u^T", /u stands on both sides/],
    "a second equation behind it": ["u := v^T v = 1", /says more than a definition, by =/],
    "an inequality behind it": ["u := v^T v \\ge w", /says more than a definition, by \\ge/],
    "a second definition behind it": ["u := v := w", /says more than a definition, by :=/],
    "a membership that is no size": ["u := v \\in S", /says more than a definition, by \\in/],
    "an equation behind a matrix": [
      "\\phi(Z) := \\begin{bmatrix} 1 \\end{bmatrix} \\mathrm{vec}(Z)",
      /phi has a meaning already/,
    ],
    "a matrix on the left": ["\\begin{bmatrix} 1 \\end{bmatrix} := 1", /is not one name/],
    "an operator on the left": ["\\nabla f := \\theta", /is not one name/],
  };
  for (const [what, [tex, why]] of Object.entries(forged)) {
    it(`is no definition: ${what}`, async () => {
      const [only, ...more] = await said([display(tex), compared("U11")], declared);
      assert.match(only ?? "", /^✗ \(U11\): no certificate, and no definition: /);
      assert.match(only ?? "", why);
      assert.deepEqual(more, []);
    });
  }

  it("is no definition where nothing compares it, or what compares it does not say true", async () => {
    const u = display("u := v^T v");
    const none = "✗ (U11): no certificate, and no definition: ";
    assert.deepEqual(await said([u]), [`${none}no cell compares it: "//| checks: U11"`]);
    assert.deepEqual(await said([u, compared("U1")]), [`${none}no cell compares it: "//| checks: U11"`]);
    assert.deepEqual(await said([u, compared("U11", "false")]), [
      `${none}cell 2, which compares it, does not say true`,
    ]);
    assert.deepEqual(await said([u, code("//| checks: U11\ntrue")]), [
      `${none}cell 2, which compares it, does not say true`,
    ]);
  });

  it("is no definition where another display defines the same otherwise", async () => {
    const [first, second] = await said([
      display("u := v^T v", "1"),
      display("u := 2 v^T v", "2"),
      compared("1, 2"),
    ]);
    assert.match(first ?? "", /\(2\) defines u otherwise/);
    assert.match(second ?? "", /\(1\) defines u otherwise/);
  });

  it("is an equation where := stands in braces or in an environment alone", () => {
    assert.equal(definitionOf("a = \\text{b := c}"), undefined);
    assert.equal(definitionOf("\\begin{aligned} a &:= b \\end{aligned}"), undefined);
    assert.throws(() => definitionOf("a = b := c"), NoDefinition);
  });
});
