import assert from "node:assert/strict";
import { join } from "node:path";
import type { Checked } from "../../kernel/notebook/commands/checkedStatements.js";
import { type Compare, equationsOf } from "../../kernel/notebook/commands/equations.js";
import { definitionOf, NoDefinition } from "../../kernel/notebook/equations/definition.js";
import { taggedDisplays } from "../../kernel/notebook/equations/displays.js";
import type { Cell } from "../../kernel/notebook/format/types.js";
import { writeNotebook } from "../../kernel/notebook/format/write.js";
import { compareDisplay } from "../../src/index.js";
import { code, markdown, notebook } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

const certificate = (
  tag: string,
  declarations: string,
  problems: string[] = [],
  statement = "A = A",
): Checked => ({
  place: `cell 3, ${tag}`,
  isStatement: true,
  problems,
  judgement: undefined,
  claim: { level: "all sizes", declarations, statement },
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
  const compare: Compare = async (displays) => displays.map(({ tex, claim }) => compareDisplay(tex, claim));
  const equations = await equationsOf([{ file, checked }], compare);
  return equations.map(({ tag, says, isHeld }) => `${isHeld ? "" : "✗ "}${tag}: ${says}`);
}

const display = (tex: string, tag = "U11"): Cell => markdown(`$$${tex} \\tag{${tag}}$$`);

describe("a tagged equation", () => {
  after(removeTempFolders);

  it("is found with its display or its row, unless several tags share it or it stands in none", () => {
    const cells = [
      markdown("$$a = b \\tag{1}$$ and $$c \\tag{2} \\tag{3}$$"),
      markdown("\\begin{equation} e := f \\tag*{4} \\end{equation}, $g \\tag{5}$"),
      markdown("\\\\[ h \\tag{6} \\\\] \\begin{align} a &= b \\tag{7} \\\\ c &= d \\tag{8} \\end{align}"),
      markdown("$$\\begin{aligned} a &= b \\end{aligned} \\tag{9}$$"),
    ];
    assert.deepEqual(
      taggedDisplays(notebook(...cells)).map(({ tag, at, tex }) => [tag, at, tex]),
      [
        ["(1)", 0, "a = b"],
        ["(2)", 0, undefined],
        ["(3)", 0, undefined],
        ["(4)", 1, "e := f"],
        ["(5)", 1, undefined],
        ["(6)", 2, "h"],
        ["(7)", 2, "a = b"],
        ["(8)", 2, "c = d"],
        ["(9)", 3, "a = b"],
      ],
    );
  });

  it("is found however its number is set", () => {
    const set = [
      ..."\\tag{\\text{4}}|\\tag{$4$}|\\tag4|\\tag {\\,4}|\\tag*{(4)}|\\tag{\\mathrm{\\text{4}}}|\\tag{４}".split(
        "|",
      ),
      ..."\\quad (4)|\\qquad\\text{(4)}.|\\hfill (4)|\\eqno(4)".split("|"),
    ];
    for (const number of set)
      assert.deepEqual(taggedDisplays(notebook(markdown(`$$A = B ${number}$$`))), [
        { tag: "(4)", at: 0, tex: "A = B" },
      ]);
  });

  it("is held by a certificate of its name, if that holds", async () => {
    const declared = "dims n\nA : n x n";
    assert.deepEqual(await said([display("A = A")], [certificate("(U11)", declared)]), [
      "(U11): proved for all sizes, cell 3; the display says it",
    ]);
    assert.deepEqual(await said([display("A = A")], [certificate("(U11)", declared, ["differs"])]), [
      "✗ (U11): proved for all sizes, cell 3; the display says it",
    ]);
    assert.deepEqual(await said([display("A = A")], [certificate("(U10)", declared)]), [
      "✗ (U11): no certificate",
    ]);
  });

  it("is held only where its display says what is certified, as far as it can be read", async () => {
    const declared = "dims m n k\n A : m x n; B : n x k";
    const own = [certificate("(4)", declared, [], "(A*B)' = B'*A'")];
    const certified = "proved for all sizes, cell 3";
    assert.deepEqual(await said([display("(A B)^T = B^T A^T.", "4")], own), [
      `(4): ${certified}; the display says it`,
    ]);
    assert.deepEqual(await said([display("(A B)^T = A^T B^T", "4")], own), [
      `✗ (4): ${certified}; but the display says (A * B)' = A' * B', and certified is (A*B)' = B'*A'`,
    ]);
    assert.deepEqual(await said([display("(A B)^T = \\max(A, B)", "4")], own), [
      `(4): ${certified}; the display was not compared: \\max`,
    ]);
    assert.deepEqual(await said([markdown("$(A B)^T = A^T B^T \\tag{4}$")], own), [
      `(4): ${certified}; the display was not compared: it stands in no display of its own`,
    ]);
  });

  it("is held by any certificate of its name that its display says", async () => {
    const declared = "dims m n k\n A : m x n; B : n x k";
    const two = [certificate("(4)", declared), certificate("(4)", declared, [], "(A*B)' = B'*A'")];
    assert.match((await said([display("(A B)^T = B^T A^T", "4")], two)).join(), /^\(4\): .*says it$/);
    assert.match((await said([display("(A B)^T = A^T B^T", "4")], two)).join(), /^✗ \(4\)/);
  });

  it("is not compared where a text or an output gives LaTeX another meaning", async () => {
    const own = [certificate("(4)", "dims n\nA : n x n")];
    const output = {
      output_type: "display_data" as const,
      data: { "text/latex": "$\\gdef\\A{B}$" },
      metadata: {},
    };
    for (const cell of [markdown("$\\renewcommand{\\phi}{\\psi}$"), code("1", {}, [output])])
      assert.match(
        (await said([display("A = A", "4"), cell], own)).join(),
        /not compared: .* another meaning, by \\/,
      );
  });

  it("is not held where nobody knows within the budget what its display says", async () => {
    const file = join(await tempFolder(), "a.ipynb");
    await writeNotebook(file, notebook(display("A = A", "4")));
    const late: Compare = async () => [{ result: "too long", why: "too long" }];
    const checked = [certificate("(4)", "dims n\nA : n x n")];
    assert.deepEqual(
      (await equationsOf([{ file, checked }], late)).map(({ isHeld }) => isHeld),
      [false],
    );
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
