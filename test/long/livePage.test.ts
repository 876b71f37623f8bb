import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Locator, Page } from "playwright-core";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
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

  it("is one file of which gzip leaves less than 800 kB, mathjs apart", () => {
    const bare = html.replace(/<script type="text\/plain" id="philab-mathjs">[\s\S]*?<\/script>/, "");
    assert.ok(gzipSync(bare).length < 800_000, `${gzipSync(bare).length}`);
  });

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
