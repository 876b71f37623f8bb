import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { isFigureName } from "../../kernel/lab/views/figureNames.js";
import { traceTypes } from "../../kernel/lab/views/figureTypes.js";
import { chromiumFlags, chromiumPath } from "../browser/labSession.js";

type Part = { readonly [name: string]: unknown };

interface Schema {
  readonly traces: Readonly<Record<string, { attributes: Part; layoutAttributes?: Part }>>;
  readonly layout: { readonly layoutAttributes: Part };
}

/** Subplots that fetch, or that only traces have which are not drawn. */
const leftOut = /^(?:geo|map|mapbox|smith|ternary)$/;

/** The names of a part of plotly's schema. What begins with "_" is about it, and "items" is a list's. */
function namesIn(part: Part): string[] {
  return Object.entries(part).flatMap(([name, inside]) => {
    if (typeof inside !== "object" || inside === null || Array.isArray(inside)) return [];
    if (name.startsWith("_") || name === "impliedEdits" || leftOut.test(name)) return [];
    const below = "valType" in inside ? [] : namesIn(inside as Part);
    return name === "items"
      ? Object.values(inside).flatMap((item) => namesIn(item as Part))
      : [name, ...below];
  });
}

describe("the names that a figure may have", function () {
  this.timeout(60_000);

  it("are those of the installed plotly's schema, for the traces that are drawn", async function () {
    if (!existsSync(chromiumPath)) this.skip();
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve("plotly.js-dist-min") });
      const { traces, layout } = (await page.evaluate("Plotly.PlotSchema.get()")) as Schema;
      const parts = [...traceTypes].flatMap((type) => [
        traces[type]?.attributes,
        traces[type]?.layoutAttributes ?? {},
      ]);
      const inTemplates = [...traceTypes]; // template.data has a list of traces for each type
      const all = [...parts, layout.layoutAttributes].flatMap((part) => namesIn(part as Part));
      const known = new Set([...all, ...inTemplates]);
      const missing = [...known].filter((name) => !isFigureName(name));
      assert.deepEqual(missing, []);
      const others = Object.entries(traces).filter(([type]) => !traceTypes.has(type));
      const foreign = new Set(others.flatMap(([, { attributes }]) => namesIn(attributes)));
      const strangers = [...foreign].filter((name) => !known.has(name) && isFigureName(name));
      assert.deepEqual(strangers, []);
    } finally {
      await browser.close();
    }
  });
});
