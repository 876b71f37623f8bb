import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { type LabSession, LabUnavailable, startSession } from "../browser/labSession.js";

const cells = [
  'const h = slider({ min: 1, max: 9, value: 3, label: "h" }, (v) => { console.log("h is", v, "squared", v * v); });',
  "interact(({ n }) => 'n is ' + n, { n: { min: 0, max: 10, value: 2 } })",
  'const x = slider({ min: 0, max: 1, step: 0.25, label: "x" }, (v) => { console.log("x is", v); });',
  "h.value = 8; undefined",
  "[h.value, x.value].join()",
];

describe("JupyterLab's stock widgets in a browser", function () {
  this.timeout(60_000);
  let lab: LabSession;

  before(async function () {
    this.timeout(600_000); // the first time, a Python environment is made
    try {
      lab = await startSession();
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: sliders in JupyterLab, because ${error.message}\n`);
      this.skip();
    }
    await lab.open("widgets.ipynb", notebook(cells));
    await lab.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").waitFor({ timeout: 20_000 });
    for (const at of [0, 1, 2]) await run(at);
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") await picture("failed-widgets.png");
  });

  after(async () => {
    await lab?.close();
  });

  it("show a slider with its label and value, where the cell's output is", async () => {
    await says(output(0).locator(".widget-label"), "h");
    await says(readout(0), "3");
    assert.equal(await handle(0).count(), 1);
  });

  it("call onChange in the kernel with every value the arrow keys pass", async () => {
    await handle(0).focus();
    await lab.page.keyboard.press("ArrowRight");
    await says(output(0), "h is 4 squared 16");
    await says(readout(0), "4");
    await lab.page.keyboard.press("ArrowRight");
    await says(output(0), "h is 5 squared 25");
    assert.doesNotMatch(await output(0).innerText(), /h is 4/, "what was shown before is replaced");
  });

  it("call onChange when the handle is dragged to the end", async () => {
    await drag(0, 400);
    await says(output(0), "h is 9 squared 81");
    await says(readout(0), "9");
  });

  it("show interact's value and show it anew, in place, when its slider moves", async () => {
    await says(output(1), "n is 2");
    await handle(1).focus();
    await lab.page.keyboard.press("ArrowRight");
    await says(output(1), "n is 3");
    await drag(1, 400);
    await says(output(1), "n is 10");
    assert.doesNotMatch(await output(1).innerText(), /n is [23]/);
  });

  it("step by fractions", async () => {
    await says(readout(2), "0");
    await handle(2).focus();
    await lab.page.keyboard.press("ArrowRight");
    await says(output(2), "x is 0.25");
    await says(readout(2), "0.25");
  });

  it("follow the cell that assigns value, and the cell reads what the page sent", async () => {
    await run(3);
    await says(readout(0), "8");
    await run(4);
    await says(output(4), "8,0.25");
  });

  it("write no error to the page's console, and ask no other machine", async () => {
    await picture("widgets.png");
    assert.deepEqual([lab.complaints, lab.foreign], [[], []]);
  });

  const cell = (at: number): Locator => lab.page.locator(".jp-Notebook .jp-Cell").nth(at);
  const prompt = (at: number): Locator => cell(at).locator(".jp-InputPrompt");
  const output = (at: number): Locator => cell(at).locator(".jp-OutputArea").first();
  const handle = (at: number): Locator => output(at).locator(".noUi-handle");
  const readout = (at: number): Locator => output(at).locator(".widget-readout");

  /** Pulls a handle to the right, in several moves as a hand does. */
  async function drag(at: number, pixels: number): Promise<void> {
    const box = await handle(at).boundingBox();
    assert.ok(box, "the handle is in the page");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await lab.page.mouse.move(x, y);
    await lab.page.mouse.down();
    await lab.page.mouse.move(x + pixels, y, { steps: 12 });
    await lab.page.mouse.up();
  }

  /** A page that still lays itself out may lose the keys: then they are pressed again. */
  async function run(at: number): Promise<void> {
    for (let attempt = 0; attempt < 3 && !/\[[*\d]/.test(await prompt(at).innerText()); attempt++) {
      await cell(at).locator(".jp-InputArea-editor").click();
      await lab.page.keyboard.press("Shift+Enter");
      await prompt(at)
        .filter({ hasText: /\[[*\d]/ })
        .waitFor({ timeout: 2_000 })
        .catch(() => undefined);
    }
    await prompt(at).filter({ hasText: /\d/ }).waitFor({ timeout: 10_000 });
  }

  async function says(place: Locator, text: string): Promise<void> {
    await place.filter({ hasText: text }).first().waitFor({ timeout: 10_000 });
  }

  async function picture(name: string): Promise<void> {
    if (lab === undefined) return;
    mkdirSync(join(packageRoot(), "test-results"), { recursive: true });
    await lab.page.screenshot({ path: join(packageRoot(), "test-results", name) });
  }
});

function notebook(sources: readonly string[]): unknown {
  const cells = sources.map((source, at) => ({
    cell_type: "code",
    id: `cell-${at}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const kernelspec = { name: "philab", display_name: "TypeScript (philab)", language: "typescript" };
  return { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
}
