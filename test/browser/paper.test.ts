import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { chromiumFlags, chromiumPath } from "./labSession.js";

/** A4 without its margins, in CSS pixels. */
const [paperWidth, paperHeight] = [718, 1047];

describe("a page of long lines", function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: Page;

  before(async function () {
    if (!existsSync(chromiumPath)) {
      console.warn(`\nSKIPPED: a page of long lines, because there is no Chromium at ${chromiumPath}\n`);
      this.skip();
    }
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
    page = await browser.newPage({ viewport: { width: 700, height: 1000 } });
    const file = join(packageRoot(), "notebooks", "05-gradients.ipynb");
    await page.setContent(await exportPage(await readNotebook(file), file));
    await page.locator(".philab-result .philab-piece").first().waitFor();
  });
  after(async () => await browser?.close());

  it("puts a summand on a line of its own before it breaks it", async () => {
    // of each term in several rows: its room, and the width that it would have in one
    const broken =
      (await page.evaluate(`[...document.querySelectorAll(".philab-derivation .philab-term")].flatMap((term) => {
      const tops = [...term.children].map((child) => child.getBoundingClientRect());
      if (tops.every(({ top, bottom }) => top < tops[0].bottom && bottom > tops[0].top)) return [];
      const room = term.closest(".philab-formula, .philab-result, li, dd, p").clientWidth;
      term.style.width = "max-content";
      const { width } = term.getBoundingClientRect();
      term.style.width = "";
      return [[Math.round(room), Math.round(width)]];
    })`)) as [number, number][];
    assert.ok(broken.length > 5);
    assert.deepEqual(
      broken.filter(([room, width]) => width < room),
      [],
    );
  });

  it("is printed without what can be pressed, and leaves no halves of paper empty", async () => {
    await page.setViewportSize({ width: paperWidth, height: paperHeight });
    await page.emulateMedia({ media: "print" });
    const seen = await page
      .locator(".output :is(button, input)")
      .evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
    const height = await page.evaluate("document.body.scrollHeight");
    const sheets = String(await page.pdf({ format: "A4" })).match(/\/Type \/Page\b/g)?.length ?? 0;
    assert.equal(seen, 0);
    assert.ok(sheets >= Number(height) / paperHeight / 1.1, `${sheets} sheets`);
    assert.ok(sheets <= (1.1 * Number(height)) / paperHeight + 1, `${sheets} sheets for ${height} px`);
  });
});
