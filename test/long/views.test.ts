/** The views in Chromium: in JupyterLab and in an exported page, light and dark, wide and narrow, by pointer and keyboard. */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import type { Notebook } from "../../kernel/notebook/format/types.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { lecture } from "../../src/index.js";
import { CARD_MIME, DERIVATION_MIME, type Shown, VERDICT_MIME } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { outputsNotebook } from "../browser/exampleNotebook.js";
import { type LabSession, LabUnavailable, startSession } from "../browser/labSession.js";

const pictures = join(packageRoot(), "test-results");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What a lecture shows, and what a hostile notebook would. */
function bundles(): Record<string, Record<string, unknown>> {
  const L = lecture`
    dims h s d_in a_in b_in d_out
    a_out = floor((a_in - h)/s) + 1;  b_out = floor((b_in - h)/s) + 1
    Z : d_in x a_in*b_in;  W : d_out x h*h*d_in;  b : d_out x 1;  G : d_out x a_out*b_out
    phi, P = conv(h, s, d_in, a_in, b_in);  xi(S) with gradient G`;
  const look = (value: unknown) => JSON.parse(JSON.stringify((value as Shown)[displayKey]()));
  const trap = "window.trapped = true";
  const html = `<img src=x onerror="${trap}"><script>${trap}</script>$\\href{javascript:${trap}}{x}$`;
  const tex = `\\href{javascript:${trap}}{x}`;
  const line = { text: html, tex, words: html, reason: html, badge: "✓" };
  const change = {
    markedBefore: tex,
    markedAfter: html,
    markedLaw: tex,
    letters: [{ letter: html, tex, words: html }],
  };
  const rule = { name: html, law: tex, source: html, words: html };
  const exercise = { about: html, asked: [{ line: 2, text: html, outcome: html, hints: 0 }] };
  return {
    gradient: look(L.gradient("xi(W*phi(Z) + b*ones(a_out*b_out)')", "W")),
    refutation: look(L.refute("vec(W*phi(Z)) = kron(I(d_out), phi(Z)')*vec(W)")),
    lecture: look(L),
    statement: look(L.check("(4)", "phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)")),
    size: look(L.size("W*phi(Z)")),
    exercise: look(L.exercise("vec(W*phi(Z))").blank("vec-of-product", "phi(Z)").blank("eq (4)")),
    hostile: {
      [DERIVATION_MIME]: { version: 1, lines: [line, { ...line, rule, change }], statement: line, exercise },
      "text/plain": "hostile",
    },
    "hostile card": {
      [CARD_MIME]: {
        version: 1,
        kind: html,
        title: [html, { tex, text: html }],
        badge: { of: { mark: "fails", caveats: [] }, text: html },
        sections: [{ heading: html, lines: [[html, { tex, text: html, words: html }]] }],
      },
      "text/plain": "hostile",
    },
    "hostile statement": {
      [VERDICT_MIME]: { version: 1, tag: html, statement: line, badge: html },
      "text/plain": "hostile",
    },
  };
}

/** What axe calls serious or critical among philab's outputs. */
async function serious(page: Page, within: string): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (selector) => {
    const { axe } = window as unknown as { axe: { run(at: unknown): Promise<AxeResults> } };
    const { violations } = await axe.run({ include: [[selector]] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, within);
}

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

/** What a reader of both pages does, with a box around one view. */
function reads(what: { page: () => Page; view: (k: number) => string; outputs: string }): void {
  const at = (k: number, selector = "") => what.page().locator(`${what.view(k)} ${selector}`);

  it("steps through a derivation by keyboard: the rule in words, its letters, the lines that they are in", async () => {
    await at(0, "summary.philab-line").first().focus();
    for (let k = 0; k < 4; k++) await what.page().keyboard.press("ArrowRight");
    assert.match(
      (await at(0, ".philab-said").textContent()) ?? "",
      /a row meets a Kronecker product.*vec-row-kron/,
    );
    assert.match((await at(0, ".philab-at").textContent()) ?? "", /line 5 of 5/);
    assert.equal(await at(0, ".philab-current").count(), 1);
    await at(0, ".philab-chip").first().focus();
    await at(0, ".philab-current .philab-lit").first().waitFor({ timeout: 5000 });
    await at(0, ".philab-chip").nth(1).hover();
    assert.ok((await at(0, ".philab-previous .philab-lit").count()) > 0);
    await what.page().keyboard.press("ArrowLeft");
    assert.match((await at(0, ".philab-at").textContent()) ?? "", /line 4 of 5/);
  });

  it("leaves no colour that the view has not made its own", async () => {
    const left = await at(0, "[style*='color'], [mathcolor]").evaluateAll((nodes) =>
      nodes
        .map((node) => node.getAttribute("style") ?? "")
        .filter((style) => /(^|[^-])color: (#c24|rgb\(194, 6[4-9])/.test(style)),
    );
    assert.deepEqual(left, []);
  });

  it("unfolds bookkeeping, and folds it again", async () => {
    const rows = () => at(0, ".philab-row").count();
    const folded = await rows();
    await at(0, ".philab-fold").click();
    assert.ok((await rows()) > folded);
    await what.page().keyboard.press("Enter"); // the button keeps the focus
    assert.equal(await rows(), folded);
  });

  it("has its badges in one column, and nothing wider than its place", async () => {
    const badges = at(0, ".philab-badge");
    const lefts = await badges.evaluateAll((all) =>
      all.map((badge) => Math.round(badge.getBoundingClientRect().left)),
    );
    assert.equal(new Set(lefts).size, 1, `badges at ${lefts}`);
    const scrolls = await at(0, ".philab-scroller").evaluate((node) => node.scrollWidth - node.clientWidth);
    assert.ok(scrolls <= 1, `${scrolls} px wider`);
  });

  it("boxes what was asked for, and reads formulas as words", async () => {
    const label = await at(0, ".philab-result [role=img]").getAttribute("aria-label");
    assert.match(label ?? "", /^the derivative of .* by vec of W transposed equals vec of/);
    const labels = await what
      .page()
      .locator(`${what.outputs} .philab-card [role=img]`)
      .evaluateAll((all) => all.map((node) => node.getAttribute("aria-label") ?? ""));
    assert.ok(labels.length > 5 && labels.every((text) => text !== ""));
  });

  it("marks the entry that refutes, in red", async () => {
    await at(1, ".philab-changed").first().waitFor();
    assert.match((await at(1).textContent()) ?? "", /does not hold/);
    const [red, plain] = await Promise.all(
      [".philab-changed", ".philab-card"].map((one) =>
        at(1, one)
          .first()
          .evaluate((node) => getComputedStyle(node).color),
      ),
    );
    assert.notEqual(red, plain);
  });

  it("shows hostile text as text and runs none of it", async () => {
    await what.page().evaluate((selector) => {
      for (const node of document.querySelectorAll(`${selector} a, ${selector} button`))
        if (!(node instanceof HTMLAnchorElement)) (node as HTMLElement).click();
    }, what.outputs);
    for (const k of [6, 7, 8]) assert.equal(await at(k, ":is(img, script)").count(), 0);
    assert.equal(await what.page().evaluate(() => "trapped" in window), false);
  });
}

describe("the views in an exported page", function () {
  this.timeout(180_000);
  let lab: LabSession;
  const file = join(tmpdir(), `philab-views-${process.pid}.html`);

  before(async function () {
    this.timeout(600_000);
    try {
      lab = await startSession();
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: the views in Chromium, because ${error.message}\n`);
      this.skip();
    }
    mkdirSync(pictures, { recursive: true });
    writeFileSync(file, await exportPage(outputsNotebook(bundles()) as unknown as Notebook, "views.ipynb"));
  });
  after(async () => await lab?.close());

  for (const [scheme, width] of [
    ["light", 1280],
    ["dark", 700],
    ["light", 700],
    ["dark", 1280],
  ] as const) {
    describe(`from disk, ${scheme}, ${width} px wide`, () => {
      before(async () => {
        await lab.page.emulateMedia({ colorScheme: scheme });
        await lab.page.setViewportSize({ width, height: 1000 });
        await lab.page.goto(pathToFileURL(file).href);
      });

      reads({ page: () => lab.page, view: (k) => `.cell:nth-of-type(${k + 1}) .output`, outputs: "main" });

      it("has no serious finding of axe's", async () => {
        await lab.page.screenshot({
          path: join(pictures, `views-page-${scheme}-${width}.png`),
          fullPage: true,
        });
        assert.deepEqual(await serious(lab.page, "main"), []);
      });
    });
  }

  for (const [theme, width] of [
    ["Light", 1280],
    ["Dark", 700],
  ] as const) {
    describe(`in JupyterLab, ${theme.toLowerCase()}, ${width} px wide`, () => {
      before(async () => {
        await lab.page.emulateMedia({ colorScheme: "light" });
        await lab.page.setViewportSize({ width: 1280, height: 1000 });
        await lab.open("views.ipynb", outputsNotebook(bundles()));
        await choose("Settings", "Theme", `JupyterLab ${theme}`);
        await lab.page.setViewportSize({ width, height: 1000 });
        if (width < 1000) await lab.page.keyboard.press("Control+b"); // no folders beside it
        await lab.page.locator(".philab-derivation mjx-container").nth(4).waitFor();
        await lab.page.waitForTimeout(1500);
      });

      reads({
        page: () => lab.page,
        view: (k) => `.jp-Cell[data-windowed-list-index="${k}"] .jp-OutputArea-output`,
        outputs: ".jp-Notebook",
      });

      it("keeps ← and → from the notebook, whose cells they would walk through", async () => {
        const derivation = lab.page.locator(".philab-derivation").first();
        await derivation.getByRole("button", { name: "One step on" }).click();
        await stepByKeys(derivation);
      });

      it("has no serious finding of axe's", async () => {
        await lab.page.screenshot({ path: join(pictures, `views-lab-${theme.toLowerCase()}-${width}.png`) });
        assert.deepEqual(await serious(lab.page, ".philab-output"), []);
      });
    });
  }

  // In blocks of their own: mocha runs a block's own tests before the blocks in it.
  describe("in all of them", () => {
    it("nothing was asked of the network, and no error written", () => {
      assert.deepEqual([lab.foreign, lab.complaints], [[], []]);
    });
  });

  describe("in Notebook 7, by the same plugin", () => {
    it("are drawn, and answer the pointer", async () => {
      await lab.page.setViewportSize({ width: 1280, height: 1000 });
      lab.write("views7.ipynb", outputsNotebook(bundles()));
      const url = new URL(lab.address);
      url.pathname = "/notebooks/views7.ipynb";
      await lab.page.goto(url.href, { timeout: 60_000 });
      await lab.page.locator(".philab-derivation mjx-container").nth(4).waitFor({ timeout: 60_000 });
      assert.equal(await lab.page.evaluate("document.body.dataset.notebook"), "notebooks");
      const derivation = lab.page.locator(".philab-derivation").first();
      await derivation.getByRole("button", { name: "One step on" }).click();
      await derivation.locator(".philab-at", { hasText: "line 2 of" }).waitFor();
      await stepByKeys(derivation);
      assert.equal(await lab.page.locator(".philab-problem").count(), 0);
      await lab.page.screenshot({ path: join(pictures, "views-notebook7.png") });
      assert.equal(await lab.page.evaluate("'trapped' in window"), false);
      assert.deepEqual(lab.foreign, []);
    });
  });

  /** By a button and by the slider, in a notebook that waits for commands, as after a click beside its cells. */
  async function stepByKeys(derivation: Locator): Promise<void> {
    const line = (): Promise<number> =>
      derivation.locator(".philab-at").evaluate((node) => Number(/line (\d+)/.exec(node.textContent)?.[1]));
    assert.equal(await lab.page.locator(".jp-Notebook.jp-mod-commandMode").count(), 1);
    for (const control of ["button[aria-label='One step on']", "input[type=range]"]) {
      await derivation.locator(control).focus();
      const start = await line();
      await lab.page.keyboard.press(start === 2 ? "ArrowRight" : "ArrowLeft");
      assert.equal(await line(), start === 2 ? 3 : start - 1, control);
      assert.equal(
        await derivation.locator(control).evaluate((node) => node === document.activeElement),
        true,
      );
    }
  }

  async function choose(bar: string, ...items: string[]): Promise<void> {
    await lab.page.locator(".lm-MenuBar-item", { hasText: bar }).first().click();
    for (const item of items) await lab.page.locator(".lm-Menu-item", { hasText: item }).first().click();
  }
});
