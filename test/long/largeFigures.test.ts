/** A million points in a figure, from the notebook's JSON to the screen, in a page that has our view and plotly. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import type { Json, Output } from "../../kernel/notebook/format/types.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { plot, randomMatrix } from "../../src/index.js";
import { PLOTLY_MIME, type Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { type DiskSession, startDiskSession, threadClock } from "../browser/livePage.js";
import { code, markdown, notebook } from "../notebook/build.js";

/** Milliseconds from the JSON to what is seen, of the page's own thread: what others compute meanwhile is not counted. */
const most = 2_000;

const million = 1_000_000;

/** What the page runs: a figure is read from its block, drawn, and told when a frame with it was painted. */
const pageSource = `
import { figureModule } from "./views/figure.js";
import { LocalModel } from "./views/localModel.js";
globalThis.paint = async (host) => {
  const from = performance.now();
  const payload = JSON.parse(document.getElementById("payload").textContent);
  await figureModule(async () => globalThis.Plotly).render({ model: new LocalModel({ payload }), el: host });
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 0)));
  return performance.now() - from;
};`;

describe("a figure of a million points is painted within two seconds", function () {
  this.timeout(240_000);
  let session: DiskSession;
  let script: string;

  const figures: readonly [name: string, figure: () => Shown, selector: string][] = [
    ["a line", () => plot.lines([wave()], { title: "A wave" }), ".scatterlayer path.js-line"],
    ["a heat map", () => plot.heatmap(randomMatrix(1000, 1000, { seed: 1, low: -1 })), ".heatmaplayer image"],
  ];

  before(async () => {
    session = await startDiskSession();
    const resolveDir = join(packageRoot(), "kernel", "lab");
    const built = await build({
      stdin: { contents: pageSource, resolveDir, loader: "ts" },
      ...{ bundle: true, write: false, format: "iife", external: ["plotly.js-dist-min"], logLevel: "silent" },
    });
    script = built.outputFiles[0]!.text;
  });
  after(async () => await session?.close());

  for (const [name, figure, selector] of figures) {
    it(`${name}, by plotly`, async () => {
      const payload = JSON.stringify(figure()[displayKey]()[PLOTLY_MIME]);
      const plotly = readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist-min"), "utf8");
      const parts = [plotly, script].map(
        (text) => `<script>${text.replaceAll("</script", "<\\/script")}</script>`,
      );
      const data = `<script type="application/json" id="payload">${payload.replaceAll("<", "\\u003c")}</script>`;
      const html = `<!doctype html><meta charset="utf-8"><body>${data}<div id="host"></div>${parts.join("")}`;
      const { page } = await session.open("large", html);
      const clock = await threadClock(page);
      const from = await clock();
      const passed = await page.evaluate<number>("paint(document.getElementById('host'))");
      const time = (await clock()) - from;
      await page.locator(selector).first().waitFor({ state: "attached" });
      console.log(
        `      ${name}: ${Math.round(time)} ms (${Math.round(passed)} ms passed) of ${(payload.length / 1e6).toFixed(1)} MB of JSON`,
      );
      assert.ok(time < most, `${time} ms`);
      await page.close();
    });

    it(`${name}, in an exported page`, async () => {
      const data = figure()[displayKey]() as Record<string, Json>;
      const output = { output_type: "display_data", data, metadata: {} } as Output;
      const html = await exportPage(
        notebook(markdown("# Large"), code("large", {}, [output])),
        "large.ipynb",
      );
      const { page } = await session.open("largePage", html);
      const clock = await threadClock(page);
      const from = await clock();
      await page.reload();
      await page.locator(".output img").waitFor();
      await page.evaluate("document.querySelector('.output img').decode()");
      const time = (await clock()) - from;
      console.log(`      ${name}: ${Math.round(time)} ms, a page of ${(html.length / 1e6).toFixed(1)} MB`);
      assert.ok(time < most, `${time} ms`);
      assert.ok(html.length < 3e6, `a page of ${html.length} bytes`);
      await page.close();
    });
  }
});

/** A slow wave with noise on it. */
function wave(): { readonly x: Float64Array; readonly y: Float64Array; readonly name: string } {
  const noise = randomMatrix(1, million, { seed: 2, low: -0.2, high: 0.2 }).data;
  const x = Float64Array.from({ length: million }, (_, k) => k);
  return { x, y: x.map((k) => Math.sin(k / 1e5) + noise[k]!), name: "y" };
}
