import assert from "node:assert/strict";
import { plot } from "../../src/index.js";
import { type FigurePayload, PLOTLY_MIME } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";

const trace = [
  { f: 2, lambda: 1, cgIters: 0, accuracy: 0.125 },
  { f: 0.5, lambda: 0.75, cgIters: 7, accuracy: 0.875 },
];

describe("plot.training", () => {
  it("draws f, accuracy, λ and CG steps, each over the iterations, interactive and static", () => {
    const bundle = plot.training(trace)[displayKey]();
    const { data, layout } = bundle[PLOTLY_MIME] as FigurePayload;
    assert.deepEqual(
      data.map(({ name, x, y, xaxis, yaxis }) => ({ name, x, y, xaxis, yaxis })),
      [
        { name: "f(θ)", x: [0, 1], y: [2, 0.5], xaxis: "x", yaxis: "y" },
        { name: "accuracy", x: [0, 1], y: [0.125, 0.875], xaxis: "x2", yaxis: "y2" },
        { name: "λ", x: [0, 1], y: [1, 0.75], xaxis: "x3", yaxis: "y3" },
        { name: "CG steps", x: [0, 1], y: [0, 7], xaxis: "x4", yaxis: "y4" },
      ],
    );
    assert.deepEqual((layout.yaxis3 as { title: { text: string } }).title.text, "λ");
    const svg = bundle["image/svg+xml"] as string;
    assert.equal(svg.match(/<svg /g)?.length, 5);
    assert.equal(svg.match(/>iteration</g)?.length, 4);
    assert.equal(
      bundle["text/plain"],
      "Figure: Training: iteration 1, f(θ) 0.5, accuracy 0.875, λ 0.75, CG steps 7.",
    );
  });

  it("has only what the trace has, and counts epochs as the trace does", () => {
    const bundle = plot
      .training([
        { f: 3, epoch: 1 },
        { f: 1, epoch: 2 },
      ])
      [displayKey]();
    const { data } = bundle[PLOTLY_MIME] as FigurePayload;
    assert.deepEqual(
      data.map(({ name, x }) => [name, x]),
      [["f(θ)", [1, 2]]],
    );
    assert.equal(bundle["text/plain"], "Figure: Training: epoch 2, f(θ) 1.");
  });

  it("says how long it took, takes still, and on what, the most first", () => {
    const parts = { function: 1, gradient: 2, CG: 7, validation: 0.01 };
    const bundle = plot
      .training(trace, { title: "Newton", seconds: 10.02, remaining: 90.2, parts })
      [displayKey]();
    assert.match(
      bundle["text/plain"],
      /CG steps 7, 10 s, 90\.2 s left, CG 70 %, gradient 20 %, function 10 %\.$/,
    );
    assert.match(bundle["image/svg+xml"] as string, /aria-label="Newton: iteration 1; 10 s, 90\.2 s left/);
  });

  it("refuses what is no trace", () => {
    assert.throws(() => plot.training([]), /plot\.training: needed a trace/);
    assert.throws(() => plot.training([{ loss: 1 } as never]), /plot\.training: needed a trace/);
  });
});
