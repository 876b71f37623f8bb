import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { lecture } from "../../src/index.js";
import { DERIVATION_MIME, type Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { derivationPayload } from "../lab/derivationPayload.js";
import { contrast } from "./contrast.js";
import { outputsNotebook } from "./exampleNotebook.js";
import { type LabSession, LabUnavailable, startSession } from "./labSession.js";

const pictures = join(packageRoot(), "test-results");

/** What a lecture shows: a derivation, and an exercise answered wrong. */
function bundles(): Record<string, Record<string, unknown>> {
  const L = lecture`
    dims h s d_in a_in b_in d_out
    a_out = floor((a_in - h)/s) + 1;  b_out = floor((b_in - h)/s) + 1
    Z : d_in x a_in*b_in;  W : d_out x h*h*d_in
    phi, P = conv(h, s, d_in, a_in, b_in)
  `;
  const look = (value: unknown) => (value as Shown)[displayKey]();
  const ex = L.exercise("vec(W*phi(Z))", { suggestions: true })
    .blank("vec-of-product", "phi(Z)")
    .blank("eq (4)");
  const hostile = "<img src=x onerror='window.trapped = true'>$\\href{javascript:window.trapped=true}{x}$";
  const line = { text: hostile, tex: hostile, reason: hostile, badge: "✓ all sizes" };
  return {
    derivation: look(L.derive("vec(W*phi(Z))").by("vec-of-product", "phi(Z)").by("eq (4)")),
    answer: look(ex.answer("kron(I(d_out), phi(Z)')*vec(W)")),
    kinds: { [DERIVATION_MIME]: derivationPayload, "text/plain": "kinds" },
    hostile: { [DERIVATION_MIME]: { version: 1, lines: [line, line] }, "text/plain": "hostile" },
    broken: { [DERIVATION_MIME]: { version: 3 }, "text/latex": "$$x$$", "text/plain": "broken" },
  };
}

describe("a derivation in JupyterLab", function () {
  this.timeout(60_000);
  let lab: LabSession;
  const output = (k: number): Locator => lab.page.locator(".philab-output").nth(k);
  const line = (of: number, k: number): Locator => output(of).locator("summary").nth(k);

  before(async function () {
    this.timeout(600_000);
    try {
      lab = await startSession();
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: derivations in JupyterLab, because ${error.message}\n`);
      this.skip();
    }
    mkdirSync(pictures, { recursive: true });
    await lab.open("derivations.ipynb", outputsNotebook(bundles()));
    await output(0).locator("mjx-container").nth(2).waitFor();
  });

  after(async () => await lab?.close());

  it("has its formulas set by JupyterLab's typesetter, each beside its badge", async () => {
    assert.equal(await output(0).locator(".philab-formula .philab-tex").count(), 3);
    const pieces = await output(0).locator(".philab-formula .philab-piece").count();
    assert.equal(await output(0).locator(".philab-formula .philab-piece mjx-container").count(), pieces);
    assert.equal(await output(0).locator("mjx-merror").count(), 0);
    assert.deepEqual(await output(0).locator(".philab-badge").allTextContents(), [
      "✓ all sizes",
      "✓ all sizes",
    ]);
    const lefts = await output(0)
      .locator(".philab-badge")
      .evaluateAll((badges) => badges.map((badge) => Math.round(badge.getBoundingClientRect().left)));
    assert.equal(new Set(lefts).size, 1, `badges at ${lefts}`);
  });

  it("opens a line by a click to its rule, and closes it again", async () => {
    await line(0, 0).click();
    const facts = output(0).locator(".philab-lines .philab-facts");
    assert.match(
      (await facts.textContent()) ?? "",
      /vec-of-product.*mathlib.*Proved for all sizes.*What the badge claims/s,
    );
    await facts.locator("mjx-container").first().waitFor();
    const [inner, outer] = await Promise.all([facts.boundingBox(), output(0).boundingBox()]);
    assert.ok(inner!.x + inner!.width <= outer!.x + outer!.width, "what opened is cut at the right");
    await output(0).screenshot({ path: join(pictures, "derivation-open.png") });
    await line(0, 0).click();
    assert.equal(await facts.isVisible(), false);
  });

  it("opens by Enter and Space while the notebook stays at its cell", async () => {
    const cell = (): Promise<string | null> =>
      lab.page.locator(".jp-Cell.jp-mod-active").getAttribute("data-windowed-list-index");
    await line(2, 0).click();
    await line(2, 0).click();
    const before = await cell();
    const facts = output(2).locator(".philab-facts");
    await lab.page.keyboard.press("Enter");
    assert.equal(await facts.first().isVisible(), true);
    await lab.page.keyboard.press("Tab"); // what the badge claims
    await lab.page.keyboard.press("Tab");
    await lab.page.keyboard.press("Space");
    assert.match((await facts.nth(1).textContent()) ?? "", /m=3 n=2; modulo 67108859.*at most 8\.9e-22/);
    assert.equal(await cell(), before);
    assert.equal(await lab.page.locator(".jp-Notebook.jp-mod-editMode").count(), 0);
  });

  it("shows what was said of a wrong answer, and □ for what is open", async () => {
    const remark = output(1).locator(".philab-remark");
    assert.match(
      (await remark.textContent()) ?? "",
      /✗ wrongline 2: it does not follow.*✗ does not hold.*left side .*right side .*Did you mean/,
    );
    assert.equal(await output(1).locator(".philab-open").count(), 2);
  });

  it("shows hostile text as text, and why another version cannot be shown", async () => {
    assert.match((await output(3).textContent()) ?? "", /<img src=x/);
    assert.equal(await output(3).locator("a, img").count(), 0);
    assert.equal(await lab.page.evaluate(() => "trapped" in window), false);
    assert.match((await output(4).textContent()) ?? "", /version is 3; needed 1/);
  });

  for (const theme of ["Light", "Dark"]) {
    it(`can be read in the ${theme.toLowerCase()} theme`, async () => {
      await choose("Settings", "Theme", `JupyterLab ${theme}`);
      await lab.page.waitForFunction(
        (light) => document.body.dataset.jpThemeLight === light,
        String(theme === "Light"),
      );
      await lab.page.waitForTimeout(500);
      const ground = await colour(lab.page.locator(".jp-Notebook").first(), "backgroundColor");
      for (const text of [
        ".philab-proved",
        ".philab-tried",
        ".philab-weak",
        ".philab-wrong",
        ".philab-reason",
        ".philab-facts dt",
      ]) {
        const ratio = contrast(
          await colour(lab.page.locator(`.philab-derivation ${text}`).first(), "color"),
          ground,
        );
        assert.ok(ratio >= 4.5, `${text}: contrast ${ratio.toFixed(2)}, needed 4.5`);
      }
      for (let k = 0; k < 5; k++)
        await output(k).screenshot({
          path: join(pictures, `derivation-${theme.toLowerCase()}-${k + 1}.png`),
        });
    });
  }

  it("has asked nothing of the network and written no error", () => {
    assert.deepEqual([lab.foreign, lab.complaints], [[], []]);
  });

  async function choose(bar: string, ...items: string[]): Promise<void> {
    await lab.page.locator(".lm-MenuBar-item", { hasText: bar }).first().click();
    for (const item of items) await lab.page.locator(".lm-Menu-item", { hasText: item }).first().click();
  }

  function colour(node: Locator, name: "color" | "backgroundColor"): Promise<string> {
    return node.evaluate((element, property) => getComputedStyle(element)[property], name);
  }
});
