import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import {
  chromiumFlags,
  chromiumPath,
  type LabSession,
  LabUnavailable,
  startSession,
} from "../browser/labSession.js";
import { hostile, pathOf } from "../hostile/notebooks.js";
import { longestFreeze, type Trap, trapIn } from "../hostile/trap.js";
import { removeTempFolders, tempFolder } from "../notebook/tempFolder.js";

const shownOnes = hostile.filter(({ group }) => group !== "format");

/** What a reader may do: open what can be opened, and click everything that is not a link to elsewhere. */
const clickAll = `for (const one of document.querySelectorAll("main summary, main button, main input, .jp-OutputArea summary, .jp-OutputArea .updatemenu-button, .jp-OutputArea .slider-grip-rect")) one.dispatchEvent(new MouseEvent("click", { bubbles: true }));`;
const clickLinks = `for (const one of document.querySelectorAll("main a[href], .jp-RenderedHTMLCommon a[href]")) if (!/^(?:https?|file|mailto):$/.test(one.protocol)) one.click();`;

describe("a hostile notebook in Chromium", function () {
  this.timeout(1_200_000);
  let browser: Browser;
  let page: Page;
  let trap: Trap;

  before(async function () {
    if (!existsSync(chromiumPath)) {
      console.log(`      skipped: no Chromium at ${chromiumPath} (PHILAB_CHROMIUM names another)`);
      this.skip();
    }
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
    page = await browser.newPage();
    trap = await trapIn(page, (url) => /^(?:file|data|about|blob):/.test(url));
  });
  after(async () => {
    await browser?.close();
    await removeTempFolders();
  });

  it("as a page: no script, no request, no navigation, every cell in its place, no freeze of two seconds", async () => {
    const folder = await tempFolder();
    const faults: string[] = [];
    for (const one of shownOnes) {
      const notebook = await readNotebook(pathOf(one));
      const file = join(folder, "page.html");
      await writeFile(file, await exportPage(notebook, one.name ?? one.file));
      const url = pathToFileURL(file).href;
      await page.goto(url);
      const freeze = await longestFreeze(page, async () => {
        await page.evaluate(clickAll);
        await page.evaluate("scrollTo(0, document.body.scrollHeight)");
        await page.waitForTimeout(30);
      });
      const cells = (await page.evaluate(
        "[...document.querySelectorAll('main > section')].map((one) => one.getBoundingClientRect().height)",
      )) as number[];
      const size = (await page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]",
      )) as number[];
      const say = (fault: string): void => void faults.push(`${one.file}: ${fault}`);
      if (page.url() !== url) say(`went to ${page.url()}`);
      if (cells.length !== notebook.cells.length) say(`${cells.length} of ${notebook.cells.length} cells`);
      if (cells.at(-1) === 0) say("the last cell cannot be seen");
      if (freeze > 2_000) say(`froze for ${Math.round(freeze)} ms`);
      if ((size[0] ?? 0) > 4_000 || (size[1] ?? 0) > 1_500_000) say(`is ${size.join(" × ")} px`);
      if (
        /derivation|dom-clobber|phi-mime/.test(one.group) &&
        !(await page.locator(".philab-derivation, .philab-phi, .philab-problem").count())
      )
        say("no view is drawn");
      await page.evaluate(clickLinks);
      await page.waitForTimeout(10);
      for (const caught of await trap.caught()) say(caught);
    }
    assert.deepEqual(faults, []);
  });
});

describe("a hostile notebook in JupyterLab", function () {
  this.timeout(2_400_000);
  let lab: LabSession;
  let trap: Trap;

  before(async function () {
    this.timeout(600_000);
    try {
      lab = await startSession();
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: hostile notebooks in JupyterLab, because ${error.message}\n`);
      this.skip();
    }
    const { origin, host } = new URL(lab.address);
    trap = await trapIn(
      lab.page,
      (url) => url.startsWith(origin) || url.startsWith(`ws://${host}`) || /^(?:data|blob|about):/.test(url),
    );
  });
  after(async () => await lab?.close());

  /** What our plugin draws: JupyterLab's own markdown and HTML are its own. */
  const ours = hostile.filter(({ group }) => /^(?:derivation-mime|phi-mime|plotly-mime|verify)$/.test(group));

  for (const trusted of [false, true]) {
    it(`drawn by the plugin, ${trusted ? "trusted" : "not trusted"}: no script, no request, no freeze of two seconds, the notebook lives`, async () => {
      const faults: string[] = [];
      for (const [k, one] of ours.entries()) {
        const notebook = JSON.parse(readFileSync(pathOf(one), "utf8"));
        for (const cell of notebook.cells)
          if (cell.cell_type === "code") cell.metadata = { ...cell.metadata, trusted };
        const say = (fault: string): void => void faults.push(`${one.file}: ${fault}`);
        try {
          await lab.open(`${trusted ? "t" : "u"}${k}.ipynb`, notebook);
          const freeze = await longestFreeze(lab.page, async () => {
            await lab.page.waitForTimeout(600);
            await lab.page.evaluate(clickAll);
            await lab.page.waitForTimeout(200);
          });
          if (freeze > 2_000) say(`froze for ${Math.round(freeze)} ms`);
          if ((await lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").count()) === 0)
            say("no cells");
          for (const caught of await trap.caught()) say(caught);
        } catch (error) {
          say((error as Error).message.slice(0, 200));
        }
      }
      assert.deepEqual(faults, []);
    });
  }
});
