import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import type { Notebook } from "../../kernel/notebook/format/types.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { chromiumFlags, chromiumPath } from "../browser/labSession.js";
import { type HostileNotebook, hostile, pathOf } from "../hostile/notebooks.js";
import { longestFreeze, type Trap, trapIn } from "../hostile/trap.js";
import { code, markdown, notebook } from "../notebook/build.js";
import { removeTempFolders, tempFolder } from "../notebook/tempFolder.js";

const shownOnes = hostile.filter(({ group }) => group !== "format");

/** What a reader may do: open what can be opened, and click everything that is not a link to elsewhere, nor runs a cell. */
const clickAll = `for (const one of document.querySelectorAll("main summary, main button, main input")) if (!one.closest(".philab-cell-bar")) one.dispatchEvent(new MouseEvent("click", { bubbles: true }));`;
const clickLinks = `for (const one of document.querySelectorAll("main a[href]")) if (!/^(?:https?|file|mailto):$/.test(one.protocol)) one.click();`;

interface Shown {
  readonly url: string;
  readonly freeze: number;
  readonly heights: readonly number[];
  readonly size: readonly number[];
}

describe("a hostile notebook in Chromium", function () {
  this.timeout(1_200_000);
  let browser: Browser;
  let page: Page;
  let trap: Trap;
  let file: string;

  before(async function () {
    if (!existsSync(chromiumPath)) {
      console.log(`      skipped: no Chromium at ${chromiumPath} (PHILAB_CHROMIUM names another)`);
      this.skip();
    }
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
    page = await browser.newPage();
    trap = await trapIn(page, (url) => /^(?:file|data|about|blob):/.test(url));
    file = join(await tempFolder(), "page.html");
  });
  after(async () => {
    await browser?.close();
    await removeTempFolders();
  });

  /** Opens the page and does what a reader may do. */
  const open = async (html: string): Promise<Shown> => {
    await writeFile(file, html);
    const url = pathToFileURL(file).href;
    await page.goto(url);
    const freeze = await longestFreeze(page, async () => {
      await page.evaluate(clickAll);
      await page.evaluate("scrollTo(0, document.body.scrollHeight)");
      await page.waitForTimeout(30);
    });
    const heights = (await page.evaluate(
      "[...document.querySelectorAll('main > section')].map((one) => one.getBoundingClientRect().height)",
    )) as number[];
    const size = (await page.evaluate(
      "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]",
    )) as number[];
    await page.evaluate(clickLinks);
    await page.waitForTimeout(10);
    return { url, freeze, heights, size };
  };

  const faultsOf = async ({ cells }: Notebook, { url, freeze, heights, size }: Shown): Promise<string[]> => {
    const faults = await trap.caught();
    if (page.url().replace(/#.*/, "") !== url) faults.push(`went to ${page.url()}`);
    if (heights.length !== cells.length) faults.push(`${heights.length} of ${cells.length} cells`);
    if (heights.at(-1) === 0) faults.push("the last cell cannot be seen");
    if (freeze > 2_000) faults.push(`froze for ${Math.round(freeze)} ms`);
    if ((size[0] ?? 0) > 4_000 || (size[1] ?? 0) > 1_500_000) faults.push(`is ${size.join(" × ")} px`);
    return faults;
  };

  const isDrawn = async ({ group }: HostileNotebook): Promise<boolean> =>
    !/derivation|dom-clobber|phi-mime/.test(group) ||
    (await page.locator(".philab-derivation, .philab-phi, .philab-problem").count()) > 0;

  it("as a page: no script, no request, no navigation, every cell in its place, no freeze of two seconds", async () => {
    const faults: string[] = [];
    for (const one of shownOnes) {
      const notebook = await readNotebook(pathOf(one));
      const found = await faultsOf(notebook, await open(await exportPage(notebook, one.name ?? one.file)));
      if (!(await isDrawn(one))) found.push("no view is drawn");
      faults.push(...found.map((fault) => `${one.file}: ${fault}`));
    }
    assert.deepEqual(faults, []);
  });

  it("as a page whose cells run: the same, none of them runs unasked, and each has its buttons", async () => {
    const faults: string[] = [];
    for (const one of shownOnes.filter(({ group }) => group !== "time-bomb")) {
      const notebook = await readNotebook(pathOf(one));
      const html = await exportPage(notebook, one.name ?? one.file, { live: true });
      const found = await faultsOf(notebook, await open(html));
      if (!(await isDrawn(one))) found.push("no view is drawn");
      const buttons = await page.getByRole("button", { name: "run" }).count();
      const cells = await page.locator("section.cell.code[data-cell]").count();
      if (buttons !== cells) found.push(`${buttons} buttons for ${cells} cells`);
      if ((await page.locator(".philab-cell-state:not(:empty)").count()) > 0)
        found.push("a cell ran unasked");
      faults.push(...found.map((fault) => `${one.file}: ${fault}`));
    }
    assert.deepEqual(faults, []);
  });

  it("cannot put words of its own in the place of what a page runs, by headings that are called as its data are", async () => {
    const ids = ["philab-held", "philab-worker", "philab-mathjs"];
    const cells = notebook(
      ...ids.map((id) => markdown(`# ${id}`)),
      code("1 + 1"),
      code("// </SCRIPT><!--\n2"),
    );
    await open(await exportPage(cells, "clobber.ipynb", { live: true }));
    assert.deepEqual(await page.locator("h1").evaluateAll((all) => all.map(({ id }) => id)), ids);
    const last = page.locator('section.cell[data-cell="1"]');
    await last.getByRole("button", { name: "run" }).click();
    await last.locator(".output", { hasText: "2" }).waitFor({ timeout: 30_000 });
    assert.deepEqual(await trap.caught(), []);
  });
});
