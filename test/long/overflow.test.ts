/** The ten notebooks, wide and narrow, light and dark: no output is wider than its column. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { type LabSession, LabUnavailable, startSession } from "../browser/labSession.js";
import { type DiskSession, startDiskSession } from "../browser/livePage.js";
import { overflowing } from "../browser/overflow.js";

const folder = join(packageRoot(), "notebooks");
const files = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
const widths = [1280, 700];

describe("no output is wider than its column", function () {
  this.timeout(300_000);

  describe("in the page of", () => {
    let session: DiskSession;
    before(async () => {
      session = await startDiskSession();
    });
    after(async () => await session?.close());

    it("a page of wide boxes, of which it tells those that run off the edge or are cropped, each once", async () => {
      const wide = '<div style="width: 900px"><p>wide</p></div>';
      const boxes = ["visible", "hidden", "auto"].map(
        (way) => `<div style="overflow-x: ${way}">${wide}</div>`,
      );
      const left = '<p style="position: relative; left: -40px">left</p>';
      const html = `<div class="output" style="width: 500px; overflow: auto">${boxes.join("")}${left}</div>`;
      const { page } = await session.open("wide", html, { width: 700 });
      const found = await overflowing(page, ".output");
      assert.deepEqual(
        found.map((line) => line.replace(/ in .*/, "")),
        ["400 px over the edge: div.", "400 px cropped: div.", "40 px over the edge: p."],
      );
      await page.close();
    });

    for (const file of files)
      it(file, async () => {
        const html = await exportPage(await readNotebook(join(folder, file)), file);
        for (const width of widths) {
          const { page } = await session.open("page", html, { width, dark: width === 700 });
          await page.addStyleTag({ content: ".cell { content-visibility: visible !important }" });
          await drawnThrough(page, "html");
          assert.deepEqual(await overflowing(page, ".output, .cell.markdown, .cell.code"), [], `${width} px`);
          const whole = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(whole <= width, `the page is ${whole} px wide at ${width} px`);
          await page.close();
        }
      });
  });

  describe("in JupyterLab, in", () => {
    let session: LabSession;
    before(async function () {
      this.timeout(600_000);
      try {
        const settings = { "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" } } as const;
        session = await startSession({ settings });
      } catch (error) {
        if (!(error instanceof LabUnavailable)) throw error;
        console.warn(`\nSKIPPED: widths in JupyterLab, because ${error.message}\n`);
        this.skip();
      }
    });
    after(async () => await session?.close());

    for (const file of files)
      it(file, async () => {
        const { page } = session;
        session.write(file, JSON.parse(readFileSync(join(folder, file), "utf8")));
        session.trust([file]);
        const url = new URL(session.address); // with the token that lets the page in
        url.pathname = `/lab/tree/${file}`;
        url.searchParams.set("reset", "");
        await page.goto(url.href, { timeout: 120_000 });
        const panel = ".jp-NotebookPanel:not(.lm-mod-hidden)";
        await page.locator(`${panel} .jp-Cell`).first().waitFor({ timeout: 120_000 });
        const folders = page.locator("#jp-left-stack");
        await folders.waitFor();
        await page.keyboard.press("Control+b"); // no folders beside it
        await folders.waitFor({ state: "hidden" });
        for (const width of widths) {
          await page.setViewportSize({ width, height: 1_000 });
          await drawnThrough(page, `${panel} .jp-WindowedPanel-outer`);
          assert.deepEqual(await overflowing(page, `${panel} .philab-output`), [], `${width} px`);
          assert.deepEqual(await cropping(page, `${panel} :is(${columns})`), [], `${width} px`);
        }
      });
  });
});

/** What holds an output or a text of JupyterLab's, which sets wide formulas into a box that scrolls. */
const columns = ".jp-OutputArea-output, .jp-MarkdownOutput";

/** The texts of columns that are wider than their boxes, and do not scroll. */
function cropping(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((nodes) =>
    nodes
      .filter((node) => node.scrollWidth > node.clientWidth + 1)
      .filter((node) => !/auto|scroll/.test(getComputedStyle(node).overflowX))
      .map((node) => (node.textContent ?? "").trim().slice(0, 60)),
  );
}

/** Scrolls through all of it, so that everything is drawn, and waits until its height stays. */
async function drawnThrough(page: Page, scroller: string): Promise<void> {
  const height = (): Promise<number> => page.locator(scroller).evaluate((node) => node.scrollHeight);
  for (let [before, now] = [-1, await height()]; before !== now; [before, now] = [now, await height()]) {
    for (let top = 0; top < now; top += 700) {
      await page.locator(scroller).evaluate((node, at) => node.scrollTo({ top: at }), top);
      await page.waitForTimeout(60);
    }
    await page.waitForTimeout(1_000);
  }
}
