/** Each view as one file, in a page that is a front end of anywidget's form: a module from a Blob, a model, a shadow root. */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { viewFiles } from "../../kernel/notebook/page/bundleViews.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import {
  convShape,
  explorePhi,
  filterDesk,
  gradientDesk,
  layerWalk,
  lecture,
  matrix,
  Pphi,
  photograph,
  plot,
  randomMatrix,
} from "../../src/index.js";
import { type Shown, type ViewName, viewTypes } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { type DiskSession, startDiskSession } from "../browser/livePage.js";

/** What a front end does with `_esm`, by anywidget's own documentation of the form. */
const frontEnd = `
globalThis.showView = async (esm, payload) => {
  const state = { payload, live: false };
  const handlers = new Map();
  const model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; for (const f of handlers.get("change:" + name) ?? []) f(); },
    save_changes() {},
    on: (name, f) => handlers.set(name, [...(handlers.get(name) ?? []), f]),
    off: (name, f) => handlers.set(name, (handlers.get(name) ?? []).filter((g) => g !== f)),
    send() {},
  };
  const { default: view } = await import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" })));
  const host = document.body.appendChild(document.createElement("div"));
  const el = host.attachShadow({ mode: "open" }).appendChild(document.createElement("div"));
  await view.initialize?.({ model });
  const cleanup = await view.render({ model, el });
  const shown = { text: el.innerText.length, drawn: el.querySelectorAll("canvas, svg, table, math, button, meter, [role=img], .philab-pixel").length,
    problems: el.querySelectorAll(".philab-problem").length, styled: getComputedStyle(el.querySelector("[class^=philab]")).fontFamily };
  await cleanup?.();
  return { ...shown, left: el.childNodes.length };
};`;

interface ShownView {
  readonly text: number;
  readonly drawn: number;
  readonly problems: number;
  readonly styled: string;
  readonly left: number;
}

describe("a view as one file of anywidget's form", function () {
  this.timeout(120_000);
  let session: DiskSession;
  let page: Page;
  let complaints: readonly string[];
  let files: ReadonlyMap<ViewName, string>;

  const L = lecture`dims m n; A : m x n`;
  const shape = convShape({ a: 6, b: 5, d: 1, h: 3 });
  const [W, b, Z] = [randomMatrix(2, 9, { seed: 1 }), matrix(2, 1), randomMatrix(1, 30, { seed: 2 })];
  const values: Readonly<Record<ViewName, () => Shown | Promise<Shown>>> = {
    phi: () => explorePhi(Z, shape),
    sparsity: () => plot.sparsity(Pphi(shape)),
    filter: async () => filterDesk(await photograph()),
    walk: () => layerWalk(W, b, Z, shape, { q: 2 }),
    gradient: () => gradientDesk(W, b, Z, shape),
    training: () =>
      plot.training([
        { f: 2, accuracy: 0.5 },
        { f: 1, accuracy: 0.75 },
      ]),
    derivation: () => L.derive("vec(A')").by("vec-of-transpose") as unknown as Shown,
    verdict: () => L.check("(T)", "A'' = A") as unknown as Shown,
    card: () => L,
  };

  before(async () => {
    session = await startDiskSession();
    files = await viewFiles(packageRoot());
    ({ page, complaints } = await session.open(
      "frontEnd",
      `<!doctype html><body><script>${frontEnd}</script>`,
    ));
  });
  after(async () => await session?.close());

  for (const [name, made] of Object.entries(values) as [ViewName, (typeof values)[ViewName]][]) {
    it(`${name}: is drawn in its own style, and leaves nothing`, async () => {
      const bundle = (await made())[displayKey]();
      const payload: unknown = JSON.parse(JSON.stringify(bundle[viewTypes[name]]));
      const shown = await page.evaluate<ShownView, [string, unknown]>(
        ([esm, given]) =>
          (globalThis as unknown as { showView(esm: string, payload: unknown): Promise<ShownView> }).showView(
            esm,
            given,
          ),
        [files.get(name) as string, payload],
      );
      assert.equal(shown.problems, 0);
      assert.ok(shown.drawn > 0 && shown.text > 0, JSON.stringify(shown));
      assert.match(shown.styled, /system-ui/);
      assert.equal(shown.left, 0);
    });
  }

  it("writes no error", () => assert.deepEqual(complaints, []));
});
