import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { type LabSession, LabUnavailable, startSession } from "../browser/labSession.js";

/** Cells that never end, each in another place. */
const endless = [
  "while (true) {}",
  "await new Promise(() => {})",
  "await new Promise((done) => setTimeout(done, 1)); while (true) {}",
];

/** What the cell after each of them is. */
const next = endless.map((_, at) => `kept + ${at + 1}`);

const timer = "setTimeout(() => { while (true) {} }, 100); undefined";

describe("Jupyter's front ends in a browser", function () {
  this.timeout(60_000);
  let lab: LabSession;

  before(async function () {
    this.timeout(600_000); // the first time, a Python environment is made
    try {
      lab = await startSession();
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: Stop in JupyterLab, and Notebook 7, because ${error.message}\n`);
      this.skip();
    }
  });

  afterEach(async function () {
    if (this.currentTest?.state !== "failed" || lab === undefined) return;
    mkdirSync(join(packageRoot(), "test-results"), { recursive: true });
    await lab.page.screenshot({ path: join(packageRoot(), "test-results", "failed-frontend.png") });
  });

  after(async () => await lab?.close());

  describe("JupyterLab's Stop button", () => {
    before(async () => {
      await lab.open("stop.ipynb", notebook(["var kept = 40;", ...endless, ...next, timer, "kept + 9"]));
      await kernelIsIdle();
      await run(0);
      await says(prompt(0), "[1]:");
    });

    for (const [at, code] of endless.entries()) {
      it(`interrupts ${code} in less than a second; variables stay and the next cell runs`, async () => {
        await run(1 + at);
        await says(prompt(1 + at), "[*]:");
        await lab.page.waitForTimeout(300);
        const from = performance.now();
        await stop();
        await says(output(1 + at), "Interrupted");
        assert.ok(performance.now() - from < 1000, `${performance.now() - from} ms`);
        const following = 1 + endless.length + at;
        await run(following);
        await says(output(following), String(41 + at));
      }).retries(2);
    }

    it("interrupts a timer's callback whose cell is done; variables stay and the next cell runs", async () => {
      const at = 1 + endless.length + next.length;
      await run(at);
      await lab.page.waitForTimeout(500);
      await stop();
      await run(at + 1);
      await says(output(at + 1), "49");
    });
  });

  it("Notebook 7 opens a notebook, runs its cells and shows what came of them", async () => {
    await lab.write(
      "seven.ipynb",
      notebook(["const seven = 7;", "seven * 6", "throw new RangeError('wanted')"]),
    );
    const address = new URL(lab.address);
    address.pathname = "/notebooks/seven.ipynb";
    await lab.page.goto(address.href);
    await kernelIsIdle();
    for (const at of [0, 1, 2]) await run(at);
    await says(output(1), "42");
    await says(output(2), "RangeError: wanted");
    assert.match(await prompt(2).innerText(), /\[3\]:/);
  });

  const cell = (at: number): Locator => lab.page.locator(".jp-Notebook .jp-Cell").nth(at);
  const prompt = (at: number): Locator => cell(at).locator(".jp-InputPrompt");
  const output = (at: number): Locator => cell(at).locator(".jp-OutputArea-output");

  async function stop(): Promise<void> {
    await lab.page.locator("[data-jp-item-name='interrupt'] :is(button, jp-button)").first().click();
  }

  /** Only a notebook with a kernel that answers runs its cells. */
  async function kernelIsIdle(): Promise<void> {
    await lab.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").waitFor({ timeout: 20_000 });
  }

  /** A page that still lays itself out may lose the keys: then they are pressed again. */
  async function run(at: number): Promise<void> {
    for (let attempt = 0; attempt < 10 && (await prompt(at).innerText()).trim() === "[ ]:"; attempt++) {
      await cell(at).locator(".jp-InputArea-editor").click();
      await lab.page.keyboard.press("Shift+Enter");
      await prompt(at)
        .filter({ hasNotText: "[ ]:" })
        .waitFor({ timeout: 2_000 })
        .catch(() => undefined);
    }
  }

  async function says(place: Locator, text: string): Promise<void> {
    await place.filter({ hasText: text }).first().waitFor({ timeout: 10_000 });
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
