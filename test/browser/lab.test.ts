import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { convShape, image, layerWalk, randomMatrix } from "../../src/index.js";
import type { Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { contrast } from "./contrast.js";
import { exampleNotebook, liveNotebook, outputsNotebook } from "./exampleNotebook.js";
import { type LabSession, LabUnavailable, startSession } from "./labSession.js";

/** The notebook in front; JupyterLab keeps others open behind it. */
const shown = ".jp-NotebookPanel:not(.lm-mod-hidden)";

const pictures = join(packageRoot(), "test-results");

describe("philab in JupyterLab", function () {
  this.timeout(60_000);
  let lab: LabSession;
  const outputs = (): Locator => lab.page.locator(".philab-output");
  const explorer = (k: number): Locator => lab.page.locator(`${shown} .philab-phi`).nth(k);
  const marked = (k: number): Promise<string[]> =>
    explorer(k).locator(".philab-pixel.philab-on").allTextContents();
  const status = async (k: number): Promise<string> =>
    (await explorer(k).locator("[role=status]").textContent()) ?? "";

  before(async function () {
    // The first time, a Python environment is made.
    this.timeout(600_000);
    try {
      lab = await startSession();
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: every test in JupyterLab, because ${error.message}\n`);
      this.skip();
    }
    mkdirSync(pictures, { recursive: true });
    await lab.open("example.ipynb", exampleNotebook());
    await lab.page.locator(".philab-problem").waitFor();
    await lab.page.locator(".js-plotly-plot .main-svg").nth(2).waitFor({ state: "attached" });
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed")
      await lab?.page.screenshot({ path: join(pictures, "failed.png") });
  });

  after(async () => await lab?.close());

  it("shows stored figures and explorers of a notebook that is opened at page load", async () => {
    assert.equal(await lab.page.locator(".philab-output .js-plotly-plot").count(), 3);
    assert.equal(await lab.page.locator(".philab-output .philab-phi").count(), 4);
    const first = lab.page.locator(".js-plotly-plot").first();
    assert.deepEqual(await first.locator(".gtitle, .xtitle, .ytitle").allTextContents(), [
      "Objective f(θ) by iteration",
      "iteration",
      "f(θ)",
    ]);
    assert.equal(await first.locator(".scatterlayer .trace").count(), 2);
    assert.match((await outputs().first().textContent()) ?? "", /1 value is missing or not finite/);
  });

  it("marks the sub-image of the column under the pointer, and the column of the pixel under it", async () => {
    await explorer(0).locator("td[data-row='0'][data-col='2']").hover();
    const rows = [13, 14, 15, 23, 24, 25, 33, 34, 35];
    assert.deepEqual(
      (await marked(0)).map(Number).sort((x, y) => x - y),
      [...rows, ...rows.map((z) => 100 + z)],
    );
    assert.match(await status(0), /^column 3 = output place \(1, 2\): rows 1–3, columns 3–5 of Z/);
    await explorer(0).locator(".philab-pixel", { hasText: /^44$/ }).hover();
    assert.match(await status(0), /^column 4 = output place \(2, 2\): rows 3–5, columns 3–5 of Z/);
    assert.equal(await explorer(0).locator("td.philab-on").count(), 18);
  });

  it("marks in pictures too: a place in the photograph, and a column of its φ(Z) far to the right", async () => {
    const photograph = explorer(3).locator(".philab-image .philab-stage").first();
    const { width, height } = (await photograph.boundingBox())!;
    await photograph.hover({ position: { x: width - 2, y: height - 2 } });
    assert.match(
      await status(3),
      /^column 1271 = output place \(31, 41\): rows 121–128, columns 161–168 of Z/,
    );
    assert.match((await explorer(3).textContent()) ?? "", /columns 772–1271 shown/);
    await explorer(3)
      .locator(".philab-stage-matrix")
      .hover({ position: { x: 2, y: 2 } });
    assert.match(await status(3), /^column 77[2-5] .*; row \(i, j, c\) = \([12], 1, 1\)/);
  });

  it("walks φ(Z) by arrow keys while the notebook stays at its cell", async () => {
    await explorer(0).locator("td[data-row='0'][data-col='0']").click();
    const cell = (): Promise<string | null> =>
      lab.page.locator(".jp-Cell.jp-mod-active").getAttribute("data-windowed-list-index");
    const before = await cell();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) await lab.page.keyboard.press(key);
    assert.match(await status(0), /^column 2 .*; row \(i, j, c\) = \(3, 1, 1\)/);
    assert.equal(await cell(), before);
    await lab.page.keyboard.press("ArrowUp");
    assert.match(await status(0), /row \(i, j, c\) = \(2, 1, 1\)/);
  });

  it("shows hostile text as text, runs none of it and fetches nothing for it", async () => {
    const titles = await lab.page
      .locator(".js-plotly-plot")
      .nth(2)
      .locator(".gtitle, .xtitle")
      .allTextContents();
    assert.ok(
      titles.every((title) => title.includes("<")),
      titles.join("\n"),
    );
    assert.equal(await lab.page.locator(".js-plotly-plot a").count(), 0);
    assert.equal(await lab.page.evaluate(() => "trapped" in window), false);
    assert.deepEqual(lab.foreign, []);
  });

  it("says in a box why an output cannot be shown, beside the others", async () => {
    assert.match(
      (await lab.page.locator(".philab-problem").textContent()) ?? "",
      /This output cannot be shown\. .*z is not/,
    );
  });

  it("is readable in the light theme", async () => await checkLegible("light"));

  it("is drawn in the dark theme's colours as soon as that is chosen", async () => {
    await chooseTheme("JupyterLab Dark");
    await lab.page.waitForFunction(() => document.body.dataset.jpThemeLight === "false");
    await checkLegible("dark");
    await chooseTheme("JupyterLab Light");
    await lab.page.waitForFunction(() => document.body.dataset.jpThemeLight === "true");
  });

  it("shows what the kernel computes: Run All, a figure and an explorer", async () => {
    await lab.open("live.ipynb", liveNotebook);
    // Only a notebook with a kernel that answers runs its cells.
    await lab.page.getByText("TypeScript (philab) | Idle").waitFor();
    await menu("Run", "Run All Cells");
    await lab.page.locator(`${shown} .philab-phi`).waitFor();
    await lab.page.locator(`${shown} .js-plotly-plot .heatmaplayer image`).waitFor({ state: "attached" });
    assert.deepEqual(
      await lab.page
        .locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']")
        .allInnerTexts(),
      [],
    );
    await explorer(0).locator("td[data-row='0'][data-col='1']").hover();
    assert.match(await status(0), /^column 2 = output place \(2, 1\): rows 2–4, columns 1–3 of Z/);
    await lab.page.screenshot({ path: join(pictures, "live.png") });
  });

  it("has written no error to the console", () => assert.deepEqual(lab.complaints, []));

  async function chooseTheme(name: string): Promise<void> {
    await menu("Settings", "Theme", name);
  }

  async function menu(bar: string, ...items: string[]): Promise<void> {
    await lab.page.locator(".lm-MenuBar-item", { hasText: bar }).first().click();
    for (const item of items) {
      await lab.page.locator(".lm-Menu-item", { hasText: item }).first().click();
    }
  }

  /** Texts of figures and explorers stand out from the page's ground; each output goes into a picture. */
  it("keeps what a layer walk says in sight, however far its rows are scrolled", async () => {
    const shape = convShape({ a: 28, b: 28, d: 1, h: 3, pad: 1 });
    const Z = image(randomMatrix(1, 784, { seed: 1 }), 28, 28);
    const walk = layerWalk(randomMatrix(4, 9, { seed: 2 }), [0, 0, 0, 0], Z, shape, { q: 2 });
    const bundle = (walk as Shown)[displayKey]() as Record<string, unknown>;
    await lab.open("walk.ipynb", outputsNotebook({ walk: bundle, "1": { "text/plain": "1\n".repeat(60) } }));
    const scroller = lab.page.locator(`${shown} .jp-WindowedPanel-outer`);
    await lab.page.locator(`${shown} .philab-walk canvas`).last().waitFor();
    await scroller.evaluate((node: HTMLElement) => {
      const walk = node.querySelector(".philab-walk") as HTMLElement;
      node.scrollBy(0, walk.getBoundingClientRect().bottom - node.getBoundingClientRect().top - 120);
    });
    await lab.page
      .locator(`${shown} .philab-walk canvas`)
      .last()
      .hover({ position: { x: 9, y: 9 } });
    const place = lab.page.locator(`${shown} .philab-walk [role=status]`, { hasText: /^map \d, place/ });
    await place.waitFor();
    const [said, panel] = [(await place.boundingBox())!, (await scroller.boundingBox())!];
    assert.ok(said.y >= panel.y - 1 && said.y < panel.y + 60, JSON.stringify({ said, panel }));
  });

  async function checkLegible(theme: string): Promise<void> {
    await lab.page.mouse.move(0, 0);
    const ground = lab.page.locator(".jp-Notebook").first();
    const texts = [
      ".js-plotly-plot .gtitle",
      ".js-plotly-plot .xtick text",
      ".philab-phi h4",
      ".philab-phi .philab-note",
      ".philab-phi th[scope=row]",
      ".philab-problem-reason",
    ];
    for (const text of texts) {
      await assertContrast(text, ground, theme);
    }
    for (let k = 0; k < (await outputs().count()); k++) {
      await outputs()
        .nth(k)
        .screenshot({ path: join(pictures, `${theme}-${k + 1}.png`) });
    }
  }

  /** WCAG's 4.5 for text. A new theme's colours arrive with the next drawing, so there are a few tries. */
  async function assertContrast(text: string, ground: Locator, theme: string): Promise<void> {
    let ratio = 0;
    for (let attempt = 0; attempt < 20 && ratio < 4.5; attempt++) {
      if (attempt > 0) await lab.page.waitForTimeout(100);
      ratio = contrast(
        await colour(lab.page.locator(text).first(), "fill", "color"),
        await colour(ground, "backgroundColor"),
      );
    }
    assert.ok(ratio >= 4.5, `${text} in the ${theme} theme: contrast ${ratio.toFixed(2)}, needed 4.5`);
  }

  /** SVG text has its colour in fill, other text in color. */
  function colour(node: Locator, svg: string, html: string = svg): Promise<string> {
    return node.evaluate(
      (element, names) => {
        const style = getComputedStyle(element) as unknown as Record<string, string>;
        return style[element instanceof SVGElement ? names.svg : names.html];
      },
      { svg, html },
    );
  }
});
