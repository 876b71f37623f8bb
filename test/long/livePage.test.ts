import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Locator, Page } from "playwright-core";
import type { Json, Output } from "../../kernel/notebook/format/types.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { lecture } from "../../src/index.js";
import type { Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { type DiskPage, type DiskSession, startDiskSession } from "../browser/livePage.js";
import { code, markdown, notebook } from "../notebook/build.js";

const cells = [
  markdown("# A page that lives\n\n$b \\mathbb{1}^T$"),
  code("const shape: ConvShape = convShape({ a: 4, b: 5, d: 1, h: 2 });\nlet n = 3;"),
  code(
    "interface Point { x: number }\nfunction twice(p: Point): number { return 2 * p.x; }\nconsole.log('twice is', twice({ x: n }));",
  ),
  code("const { rows, cols } = phi(ones(1, 20), shape);\n[rows, cols, n as number]"),
  code('import { kron } from "philab";\nkron(eye(2), matrix([[1, 2]]))'),
  code("explorePhi(image(matrix(1, 20, Array.from({ length: 20 }, (_, k) => k)), 4, 5), shape)"),
  code(
    'const L = lecture`\n  dims m n p q\n  A : m x n;  X : n x p;  B : p x q;\n`;\nL.check("X3", "vec(A*X*B) = kron(B\', A)*vec(X)").ok',
  ),
  code(
    "const Z = randomMatrix(64, 28 * 28, { seed: 1 });\nconvLinear(randomMatrix(32, 576, { seed: 2 }), ones(32), Z, convShape({ a: 28, b: 28, d: 64, h: 3, pad: 1 })).rows",
  ),
  code("while (true) {}"),
  code('(await digits({ split: "test", places: [0] })).labels[0]'),
];

describe("a page whose cells run, opened from the disk", function () {
  this.timeout(240_000);
  let session: DiskSession;
  let html: string;
  let shown: DiskPage;
  let page: Page;

  before(async () => {
    session = await startDiskSession();
    html = await exportPage(notebook(...cells), "lives.ipynb", { live: true });
    shown = await session.open("lives", html);
    page = shown.page;
  });
  after(async () => await session?.close());

  const cell = (k: number): Locator => page.locator(`section.cell[data-cell="${k}"]`);
  const run = (k: number): Promise<void> => cell(k).getByRole("button", { name: "run" }).click();
  const says = (k: number, text: string): Promise<void> =>
    cell(k).locator(".output").filter({ hasText: text }).first().waitFor({ timeout: 60_000 });
  const state = (k: number, text: string): Promise<void> =>
    cell(k).locator(".philab-cell-state").filter({ hasText: text }).waitFor({ timeout: 60_000 });

  it("runs a cell with those above it, types taken off, names kept from cell to cell", async () => {
    await run(2);
    await says(2, "[ 4, 12, 3 ]");
    await says(1, "twice is 6");
  });

  it("runs an edited cell, marks it, and brings back what the page came with", async () => {
    await cell(0).getByRole("button", { name: "edit" }).click();
    const editor = cell(0).locator("textarea");
    await editor.fill((await editor.inputValue()).replace("n = 3", "n = 40"));
    assert.match((await cell(0).getAttribute("class")) ?? "", /philab-edited/);
    await editor.press("Shift+Enter");
    await state(0, "ran in this page");
    await run(2);
    await says(2, "[ 4, 12, 40 ]");
    await cell(0).getByRole("button", { name: "reset" }).click();
    assert.doesNotMatch((await cell(0).getAttribute("class")) ?? "", /philab-edited/);
  });

  it("is edited, run and reset by the keyboard alone, and says that it was edited", async () => {
    await cell(0).getByRole("button", { name: "edit" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nn = 7;");
    await state(0, "edited");
    await page.keyboard.press("Shift+Enter");
    await state(0, "edited, ran in this page");
    await page.keyboard.press("Tab"); // to run
    await page.keyboard.press("Tab"); // to edit
    await page.keyboard.press("Tab"); // to reset
    assert.match(await page.evaluate<string>("document.activeElement.textContent"), /reset/);
    await page.keyboard.press("Enter");
    assert.equal(await cell(0).locator(".philab-cell-state").textContent(), "");
    assert.equal(await cell(0).locator("textarea").isHidden(), true);
    assert.match((await cell(0).locator("pre.source").textContent()) ?? "", /n = 3;$/);
  });

  it("shows formulas, views and verdicts of what it computes, and runs the engine", async () => {
    await run(3);
    await cell(3).locator(".katex").first().waitFor({ timeout: 60_000 });
    await run(4);
    await cell(4).locator(".philab-phi .philab-pixel").first().waitFor({ timeout: 60_000 });
    await run(5);
    await says(5, "true");
    await run(6);
    await says(6, "32");
  });

  it("stops a loop without end, and runs all again in a new worker", async () => {
    await run(7);
    await state(7, "running");
    await cell(7).getByRole("button", { name: "stop" }).click();
    await state(7, "stopped");
    await run(2);
    await says(2, "[ 4, 12, 3 ]");
  });

  it("says what a cell's error is, and what a page does not have", async () => {
    await cell(1).getByRole("button", { name: "edit" }).click();
    await cell(1).locator("textarea").fill('await digits({ places: "all" })');
    await run(1);
    await says(1, "RangeError: digits: this page holds the first 300 digits");
    await cell(1).locator("textarea").fill("const x = ;");
    await run(1);
    await says(1, "SyntaxError");
  });

  it("asks no network and complains of nothing", () => {
    assert.deepEqual([shown.foreign, shown.complaints], [[], []]);
  });
});

const checked = 'L.check("(X3)", "vec(A*B) = kron(I(k), A)*vec(B)")';

/** What a lecturer hands out: a lecture, an exercise whose sheet is stored, a statement, and a loop without end. */
function handout(): ReturnType<typeof notebook> {
  const L = lecture`dims m n k; A : m x n;  B : n x k`;
  const exercise = L.exercise("vec(A*B)").blank("vec-of-product").blankEq("kron(I(k), A)*vec(B)", "again");
  const stored = (value: unknown): Output[] => {
    const data = JSON.parse(JSON.stringify((value as Shown)[displayKey]())) as Record<string, Json>;
    return [{ output_type: "display_data", data, metadata: {} } as Output];
  };
  return notebook(
    markdown("# An exercise\n\n$\\mathrm{vec}(AB)$"),
    code("const L = lecture`dims m n k; A : m x n;  B : n x k`;\nconsole.log('the lecture ran');", {}, [
      { output_type: "stream", name: "stdout", text: "as stored\n" } as Output,
    ]),
    code(
      'const one = L.exercise("vec(A*B)").blank("vec-of-product").blankEq("kron(I(k), A)*vec(B)", "again");\none.answer("□")',
      {},
      stored(exercise.answer("□")),
    ),
    code(checked, {}, stored(L.check("(X3)", "vec(A*B) = kron(I(k), A)*vec(B)"))),
    code("while (true) {}"),
  );
}

/** What gzip leaves of a live page, and the parts of it that are largest. */
const most = 500_000;

describe("an exercise in a page that lives, without a kernel", function () {
  this.timeout(240_000);
  let session: DiskSession;
  let html: string;
  let shown: DiskPage;
  let page: Page;

  before(async () => {
    session = await startDiskSession();
    html = await exportPage(handout(), "handout.ipynb", { live: true });
    shown = await session.open("handout", html);
    page = shown.page;
  });
  after(async () => await session?.close());

  const view = (): Locator => page.locator('section.cell[data-cell="1"] .philab-derivation');
  const remark = (text: string): Promise<void> =>
    view().locator(".philab-remark").filter({ hasText: text }).waitFor({ timeout: 60_000 });

  it("is one file of which gzip leaves less than 500 kB, with all of philab in it, and mathjs only where cells ask", async () => {
    const size = gzipSync(html).length;
    assert.ok(size < most, `${size} bytes`);
    assert.ok(!html.includes('id="philab-mathjs"'), "no cell speaks of mathjs");
    const asking = await exportPage(notebook(code("math.sqrt(4)")), "m.ipynb", { live: true });
    assert.ok(asking.includes('id="philab-mathjs"'));
    console.log(`      gzip leaves ${size} bytes; ${gzipSync(asking).length} with mathjs`);
  });

  it("previews the line while it is written, and answers by running the cells above, whose outputs stay", async () => {
    await view().locator(".philab-field").focus();
    await page.keyboard.type("kron(I(k), A)*vec(B");
    await view().locator(".philab-preview").filter({ hasText: ")" }).waitFor({ timeout: 60_000 });
    await page.keyboard.type(")");
    await view().locator(".philab-preview .katex").first().waitFor({ timeout: 60_000 });
    assert.match((await view().locator(".philab-preview").textContent()) ?? "", /k·m × 1/);
    assert.match((await page.locator('section.cell[data-cell="0"]').textContent()) ?? "", /as stored/);
    assert.doesNotMatch(
      (await page.locator('section.cell[data-cell="0"]').textContent()) ?? "",
      /the lecture ran\n/,
    );
  });

  it("refuses a wrong line with numbers for which it is wrong", async () => {
    await view().locator(".philab-field").fill("kron(A, I(k))*vec(B)");
    await page.keyboard.press("Enter");
    await remark("wrong");
    assert.match((await view().locator(".philab-remark").textContent()) ?? "", /[=:].*\d/s);
    assert.equal(await view().locator(".philab-open").count(), 2);
  });

  it("hints, and proves the right line for all sizes", async () => {
    await view().getByRole("button", { name: "Hint" }).focus();
    await page.keyboard.press("Enter");
    await remark("use vec-of-product");
    await view().locator(".philab-field").fill("kron(I(k), A)*vec(B)");
    await page.keyboard.press("Enter");
    await view().locator(".philab-badge").filter({ hasText: "✓ all sizes" }).waitFor({ timeout: 60_000 });
    assert.equal(await view().locator(".philab-open").count(), 1);
  });

  const startAnew = async (): Promise<void> => {
    const loop = page.locator('section.cell[data-cell="3"]');
    await loop.getByRole("button", { name: "run" }).click();
    await loop.locator(".philab-cell-state").filter({ hasText: "running" }).waitFor();
    await loop.getByRole("button", { name: "stop" }).click();
  };

  it("keeps what was written when the worker begins anew", async () => {
    await startAnew();
    await view().getByRole("button", { name: "Hint" }).click();
    await remark("line 3");
    assert.equal(await view().locator(".philab-badge").filter({ hasText: "✓ all sizes" }).count(), 1);
    assert.equal(await view().locator(".philab-open").count(), 1);
  });

  it("says so where the cells above end with an error", async () => {
    await startAnew();
    const first = page.locator('section.cell[data-cell="0"]');
    await first.getByRole("button", { name: "edit" }).click();
    await first.locator("textarea").fill("throw new Error('no lecture')");
    await view().locator(".philab-field").fill("A");
    await view()
      .locator(".philab-preview")
      .filter({ hasText: "ended with an error" })
      .waitFor({ timeout: 60_000 });
  });

  it("asks no network and complains of nothing", () => {
    assert.deepEqual([shown.foreign, shown.complaints], [[], []]);
  });
});
