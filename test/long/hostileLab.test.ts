import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { type LabSession, LabUnavailable, startSession } from "../browser/labSession.js";
import { type HostileNotebook, hostile, pathOf } from "../hostile/notebooks.js";
import { longestFreeze, type Trap, trapIn } from "../hostile/trap.js";
import { code, notebook } from "../notebook/build.js";

/** What our plugin draws. */
const isOurs = ({ group }: HostileNotebook): boolean =>
  /^(?:derivation-mime|phi-mime|plotly-mime|other-views|verify|dom-clobber)$/.test(group);

/** Those whose names match it alone, where one is looked into. */
const asked = new RegExp(process.env.PHILAB_HOSTILE ?? "");

/** JupyterLab opens them; how long its own markdown takes is not asked. */
const opened = hostile.filter(
  ({ file, group }) => group !== "format" && group !== "time-bomb" && asked.test(file),
);

const contentOf = (one: HostileNotebook): { cells: readonly unknown[]; metadata: object } =>
  JSON.parse(readFileSync(pathOf(one), "utf8").replace(/^\ufeff/, ""));

const isFreeze = (fault: string): boolean => fault.startsWith("froze");

const front = ".jp-NotebookPanel:not(.lm-mod-hidden)";
const clickAll = `for (const one of document.querySelectorAll("${front} .jp-OutputArea :is(summary, button, .updatemenu-button, .slider-grip-rect)")) one.dispatchEvent(new MouseEvent("click", { bubbles: true }));`;
const clickLinks = `for (const one of document.querySelectorAll("${front} .jp-OutputArea a[href]")) if (!/^(?:https?|file|mailto):$/.test(one.protocol)) one.click();`;

const figure = { data: [{ type: "scatter", y: [1, 2] }], layout: {} };
const plain = notebook(
  code("", {}, [
    { output_type: "display_data", data: { "application/vnd.plotly.v1+json": figure }, metadata: {} },
  ]),
);

describe("a hostile notebook in JupyterLab", function () {
  this.timeout(3_600_000);
  let lab: LabSession;
  let page: Page;
  let trap: Trap;

  before(async function () {
    this.timeout(600_000);
    try {
      const settings = { "@jupyterlab/notebook-extension:tracker": { windowingMode: "none" } };
      lab = await startSession({ isExposed: true, settings });
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: hostile notebooks in JupyterLab, because ${error.message}\n`);
      this.skip();
    }
    for (const one of opened)
      for (const start of ["own", "other"]) {
        const hostile = contentOf(one);
        // Jupyter signs what a notebook says, not its name: two of equal content are trusted or not together
        lab.write(`${start}-${one.file}`, { ...hostile, metadata: { ...hostile.metadata, copy: start } });
      }
    lab.trust(opened.filter(isOurs).map(({ file }) => `own-${file}`));
    await begin();
  });
  after(async () => await lab?.close());

  /** A page of its own, for one that has crashed opens nothing any more. */
  async function newPage(): Promise<void> {
    const browser = lab.page.context().browser() as Browser;
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(180_000); // a busy machine takes minutes to load JupyterLab
    const { origin, host } = new URL(lab.address);
    const isOwn = (url: string): boolean =>
      url.startsWith(origin) || url.startsWith(`ws://${host}`) || /^(?:data|blob|about):/.test(url);
    trap = await trapIn(page, isOwn);
    // no kernel is wanted: who asks for one waits for ever
    await page.route(/\/api\/(?:sessions|kernels)\b/, (route) =>
      route.request().method() === "POST" ? undefined : route.continue(),
    );
  }

  async function begin(): Promise<void> {
    if (page !== undefined) await page.close();
    await newPage();
    await page.goto(lab.address);
    await page.waitForFunction("window.jupyterapp?.restored.then(() => true)");
    lab.write("plain.ipynb", plain);
    await show("plain.ipynb"); // plotly is loaded with the first figure, which is nobody's freeze
    await page.locator(`${front} .js-plotly-plot`).waitFor();
    await page.evaluate("window.opened.dispose()");
  }

  /** Opens a notebook; false where JupyterLab itself does not get it read, and says so in its console. */
  async function show(name: string): Promise<boolean> {
    return (await page.evaluate(
      `window.jupyterapp.commands.execute("docmanager:open", { path: ${JSON.stringify(name)}, factory: "Notebook" }).then(async (panel) => {
        window.opened = panel;
        const late = new Promise((resolve) => setTimeout(() => resolve(false), 20_000));
        return Promise.race([panel.context.ready.then(() => true), late]);
      })`,
    )) as boolean;
  }

  /** Opens a notebook, does what a reader may do, and closes it; returns what was wrong. */
  async function faultsOf(name: string, one: HostileNotebook): Promise<string[]> {
    const faults: string[] = [];
    let isRead = false;
    const freeze = await longestFreeze(page, async () => {
      isRead = await show(name);
      if (!isRead) return;
      await page.locator(`${front} .jp-Cell`).first().waitFor({ timeout: 15_000 });
      await page.waitForTimeout(250);
      await page.evaluate(clickAll);
      await page.evaluate(clickLinks);
      await page.waitForTimeout(100);
    });
    if (!isRead) {
      const caught = await trap.caught();
      await begin(); // its panel waits for ever
      return [...caught, "JupyterLab does not open it"];
    }
    const cells = (await page.evaluate(
      "[...window.opened.content.model.cells].map((cell) => [cell.type, cell.trusted])",
    )) as [string, boolean][];
    const wanted = contentOf(one).cells.length;
    if (cells.length !== wanted) faults.push(`${cells.length} of ${wanted} cells`);
    if (cells.some(([type, trusted]) => type === "code" && trusted !== name.startsWith("own-")))
      faults.push("is not trusted as it should be");
    if (isOurs(one) && freeze > 2_000) faults.push(`froze for ${Math.round(freeze)} ms`);
    const views = page.locator(
      `${front} :is(.philab-output, .philab-problem, .philab-derivation, .philab-phi)`,
    );
    if (isOurs(one) && (await views.count()) === 0) faults.push("our plugin draws nothing");
    if (!new URL(page.url()).pathname.startsWith("/lab")) faults.push(`went to ${page.url()}`);
    await page.evaluate("window.opened.dispose()");
    return [...faults, ...(await trap.caught())];
  }

  /** A freeze that the notebook causes is there each time; one that a busy machine causes is not there three times. */
  async function faultsThatStay(name: string, one: HostileNotebook): Promise<string[]> {
    let faults = await faultsOf(name, one);
    for (let tries = 1; tries < 3 && faults.some(isFreeze); tries++)
      faults = [...faults.filter((fault) => !isFreeze(fault)), ...(await faultsOf(name, one))];
    return faults;
  }

  async function judge(names: readonly HostileNotebook[], start: string): Promise<string[]> {
    const faults: string[] = [];
    for (const one of names) {
      const late = setTimeout(() => console.warn(`${start}-${one.file}: longer than 20 s`), 20_000);
      const found = await faultsThatStay(`${start}-${one.file}`, one).catch(async (error: Error) => {
        console.warn(`${start}-${one.file}: ${error.message.slice(0, 100)}`);
        await begin(); // what has crashed or hangs must not be the next one's fault
        return [error.message.slice(0, 300)];
      });
      clearTimeout(late);
      faults.push(...found.map((fault) => `${start}-${one.file}: ${fault}`));
    }
    return faults;
  }

  /**
   * JupyterLab fetches pictures that markdown and HTML name. Its own model of a document does not take one of these notebooks,
   * and its own typesetter ends the page at the formulas of another.
   */
  const isOfLab = (fault: string): boolean =>
    /: request: |^other-(?:out-every-mime\.ipynb: JupyterLab does not open it|tex-sizes\.ipynb: .*crashed)/.test(
      fault,
    );

  it("that nobody trusts: no script, no navigation, every cell; of what our plugin draws no request and no freeze of two seconds", async () => {
    const ours = await judge(opened.filter(isOurs), "other");
    const others = await judge(
      opened.filter((one) => !isOurs(one)),
      "other",
    );
    assert.deepEqual([...ours, ...others.filter((fault) => !isOfLab(fault))], []);
  });

  it("that is trusted: what our plugin draws runs, fetches, opens and freezes no more than that", async () => {
    assert.deepEqual(await judge(opened.filter(isOurs), "own"), []);
  });
});
