import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Json, Output } from "../../kernel/notebook/format/types.js";
import { exportPage } from "../../kernel/notebook/page/exportPage.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import {
  channel,
  convShape,
  digits,
  explorePhi,
  filterDesk,
  gradientDesk,
  layerWalk,
  matrix,
  Pphi,
  photograph,
  plot,
  randomMatrix,
} from "../../src/index.js";
import type { Shown } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { type DiskSession, startDiskSession, threadClock } from "../browser/livePage.js";
import { code, markdown, notebook } from "../notebook/build.js";

const shots = join(packageRoot(), "test-results");

/** A frame of a screen that shows sixty in a second. */
const frame = 16;

/** Two trainings as they might go, with times. */
const trainings = {
  "Newton-CG": {
    trace: Array.from({ length: 20 }, (_, k) => ({
      ...{ f: 60 * 0.7 ** k, accuracy: 1 - 0.9 * 0.8 ** k, lambda: (2 / 3) ** k, cgIters: 2 * k },
    })),
    history: Array.from({ length: 20 }, (_, k) => k * k * 0.05),
  },
  "stochastic gradient": {
    trace: Array.from({ length: 20 }, (_, k) => ({
      f: 3 / (k + 1),
      accuracy: 1 - 0.5 / (k + 1),
      epoch: k + 1,
    })),
    history: Array.from({ length: 20 }, (_, k) => k * 0.4),
  },
};

describe("figures and desks in a page from the disk", function () {
  this.timeout(400_000);
  let session: DiskSession;
  let html: string;

  before(async () => {
    mkdirSync(shots, { recursive: true });
    const photo = await photograph();
    const { image: digit } = await digits({ split: "test", places: [0] });
    const W = randomMatrix(8, 25, { seed: 1, low: -0.5, high: 0.5 });
    const shape = convShape({ a: 28, b: 28, d: 1, h: 5, pad: 2 });
    const small = randomMatrix(1, 20, { seed: 3 });
    const values: [string, Shown][] = [
      ["phi", explorePhi(small, convShape({ a: 4, b: 5, d: 1, h: 2 }), { w: [1, 0, 0, -1] })],
      ["digit", explorePhi(digit(0), convShape({ a: 28, b: 28, d: 1, h: 5 }))],
      ["filter", filterDesk(photo)],
      ["walk", layerWalk(W, matrix(8, 1), digit(0), shape, { q: 2 })],
      ["gradient", gradientDesk(W, matrix(8, 1), digit(0), shape)],
      ["training", plot.training(trainings, { title: "Two methods" })],
      [
        "alexnet",
        plot.sparsity(Pphi(convShape({ a: 227, b: 227, d: 3, h: 11, s: 4 })), { title: "P_φ of conv1" }),
      ],
      ["heat", plot.heatmap(randomMatrix(10, 12, { seed: 4, low: -1 }), { title: "Signed", values: "z" })],
      ["picture", plot.image(channel(photo, 0), { title: "Red" })],
      [
        "bars",
        plot.bars({ P_φ: 1.36e12, "φ(Z)": 8.78e6, Z: 1.24e6 }, { title: "Memory", y: "bytes", log: true }),
      ],
    ];
    const cells = values.map(([name, value]) =>
      code(`//| label: ${name}`, {}, [
        {
          output_type: "display_data",
          data: value[displayKey]() as Record<string, Json>,
          metadata: {},
        } as Output,
      ]),
    );
    session = await startDiskSession();
    html = await exportPage(
      notebook(markdown("# Views\n\n## One\n\n$\\mathbb{1}$"), ...cells),
      "views.ipynb",
    );
  });
  after(async () => await session?.close());

  const names = [
    "phi",
    "digit",
    "filter",
    "walk",
    "gradient",
    "training",
    "alexnet",
    "heat",
    "picture",
    "bars",
  ];
  const view = (page: Page, name: string) => page.locator(`#cell-${name} .output`);

  for (const [dark, width] of [
    [false, 1280],
    [true, 1280],
    [false, 700],
    [true, 700],
  ] as const) {
    it(`are ${dark ? "dark" : "light"} and no wider than ${width} px, without a complaint`, async () => {
      const { page, complaints, foreign } = await session.open("views", html, { dark, width });
      await page.locator("#cell-gradient .philab-plot").waitFor();
      await page.locator("#cell-filter canvas").nth(1).waitFor();
      await page.waitForTimeout(500);
      const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
      for (const name of names)
        await view(page, name).screenshot({
          path: join(shots, `${name}-${dark ? "dark" : "light"}-${width}.png`),
        });
      assert.ok(wide <= width, `${wide} px`);
      const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
      assert.equal(ground, dark ? "rgb(21, 24, 28)" : "rgb(255, 255, 255)");
      assert.deepEqual([complaints, foreign], [[], []]);
      await page.close();
    });
  }

  it("show P_φ and the products of an entry below one another where there is no room beside", async () => {
    const { page } = await session.open("views", html, { dark: false, width: 600 });
    const phi = view(page, "phi");
    await phi.locator(".philab-selection canvas").waitFor();
    const box = async (part: string) => (await phi.locator(part).boundingBox())!;
    const [picture, products] = [await box(".philab-selection canvas"), await box(".philab-products")];
    assert.ok(picture.width > 400 && products.height > 60, JSON.stringify([picture, products]));
    assert.ok(products.y >= picture.y + picture.height);
    await page.close();
  });

  it("answer the pointer and the keyboard", async () => {
    const { page, complaints } = await session.open("views", html);
    const phi = view(page, "phi");
    await phi.locator(".philab-pixel").nth(5).hover();
    assert.match(await phi.locator("[role=status]").innerText(), /is used by 4 columns/);
    await phi.locator("td[data-row='0'][data-col='0']").focus();
    await page.keyboard.press("ArrowRight");
    assert.match(await phi.locator("[role=status]").innerText(), /^column 2 /);
    await phi.locator(".philab-slider input").first().focus();
    await page.keyboard.press("ArrowRight");
    assert.match(await phi.locator(".philab-formula-line").innerText(), /⌊\(4 − 3\)\/1⌋ \+ 1 = 2/);
    const walk = view(page, "walk");
    await walk
      .locator(".philab-map")
      .last()
      .hover({ position: { x: 40, y: 40 } });
    assert.match(await walk.locator("[role=status]").innerText(), /the largest of 2 × 2 values of σ\(S\)/);
    await view(page, "gradient")
      .locator(".philab-map")
      .nth(16)
      .click({ position: { x: 100, y: 100 } });
    assert.match(await view(page, "gradient").locator(".philab-status").innerText(), /^z at \(/);
    const number = view(page, "filter").locator(".philab-number").first();
    const before = Number(await number.inputValue());
    await number.scrollIntoViewIfNeeded();
    const box = (await number.boundingBox())!;
    await page.mouse.move(box.x + 30, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 20, { steps: 5 });
    await page.mouse.up();
    assert.ok(Math.abs(Number(await number.inputValue()) - (before + 1)) < 1e-9);
    const picture = view(page, "alexnet").locator(".philab-sparsity-stage");
    await picture.focus();
    for (let k = 0; k < 30; k++) await page.keyboard.press("+");
    await picture.hover({ position: { x: 200, y: 200 } });
    assert.match(
      await view(page, "alexnet").locator("[role=status]").innerText(),
      /^row [\d,]+, column [\d,]+: entry [01]$/,
    );
    assert.deepEqual(complaints, []);
    await page.close();
  });

  it("draw P_φ of conv1 within a frame, the median of many; compute the filter of the photograph within one, the least of many", async () => {
    const { page } = await session.open("views", html);
    const clock = await threadClock(page);
    const number = view(page, "filter").locator(".philab-number").first();
    const times: number[] = [];
    for (let k = 0; k < 15; k++) {
      await number.fill(String(k / 10));
      times.push(
        Number(await view(page, "filter").locator("canvas").nth(1).getAttribute("data-milliseconds")),
      );
    }
    const stage = view(page, "alexnet").locator(".philab-sparsity-stage");
    await stage.scrollIntoViewIfNeeded();
    await stage.focus();
    const drawn: number[] = [];
    for (const key of [...Array(15).fill("+"), ...Array(15).fill("ArrowDown"), ...Array(15).fill("-")]) {
      await stage.evaluate((node) => delete (node as HTMLElement).dataset.milliseconds);
      const from = await clock();
      await page.keyboard.press(key);
      await page.locator("#cell-alexnet .philab-sparsity-stage[data-milliseconds]").waitFor();
      drawn.push((await clock()) - from);
    }
    console.log(
      `      filter: least ${Math.min(...times)} ms of ${times.length}; P_φ of conv1: median ${median(drawn).toFixed(1)} ms, worst ${Math.max(...drawn).toFixed(1)} ms of ${drawn.length}`,
    );
    assert.ok(Math.min(...times) < frame, `filter: ${times.join(", ")} ms`);
    assert.ok(median(drawn) < frame, `P_φ: ${drawn.join(", ")} ms`);
    await page.close();
  });

  it("draw trainings over time, hide one, and say the numbers of a state by the keyboard", async () => {
    const { page, complaints } = await session.open("views", html);
    const training = view(page, "training");
    await training.getByLabel("over time").check();
    assert.match((await training.locator(".philab-panel").first().textContent()) ?? "", /seconds/);
    await training.locator("input[type=range]").focus();
    await page.keyboard.press("ArrowLeft");
    assert.match(
      await training.locator("[role=status]").innerText(),
      /Newton-CG: iteration 18, after 16\.2 s/,
    );
    await training.getByRole("button", { name: "Newton-CG" }).focus();
    await page.keyboard.press("Enter");
    assert.equal(await training.locator(".philab-said-run").count(), 1);
    await training
      .locator(".philab-panel")
      .first()
      .hover({ position: { x: 60, y: 60 } });
    assert.match(
      await training.locator("[role=status]").innerText(),
      /^stochastic gradient: epoch \d+, after/,
    );
    assert.deepEqual(complaints, []);
    await page.close();
  });
});

function median(list: readonly number[]): number {
  return [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)] as number;
}
