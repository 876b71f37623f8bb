import assert from "node:assert/strict";
import { plot } from "../../src/index.js";
import {
  type FigurePayload,
  PLOTLY_MIME,
  TRAINING_MIME,
  type TrainingPayload,
} from "../../src/mime/types.js";
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

  it("has for its own view what is known of each state, and when the last ones came", () => {
    const entries = [...trace, { f: Number.NaN, cgIters: 9 }];
    const given = { title: "Newton", seconds: 4, history: [1.5, 4] };
    const own = plot.training(entries, given)[displayKey]()[TRAINING_MIME] as TrainingPayload;
    assert.deepEqual(JSON.parse(JSON.stringify(own)), {
      version: 1,
      title: "Newton: iteration 2",
      caption: "4 s",
      runs: [
        {
          name: "",
          unit: "iteration",
          x: [0, 1, 2],
          seconds: [null, 1.5, 4],
          f: [2, 0.5, null],
          accuracy: [0.125, 0.875, null],
          lambda: [1, 0.75, null],
          cgIters: [0, 7, 9],
        },
      ],
    });
  });

  it("shows several trainings beside each other, each with its colour, its name and its numbers", () => {
    const epochs = [
      { f: 3, epoch: 1, accuracy: 0.5 },
      { f: 1, epoch: 2, accuracy: 0.75 },
    ];
    const shown = plot.training({ Newton: trace, SG: { trace: epochs, history: [1, 2] } }, { title: "Two" });
    const bundle = shown[displayKey]();
    const { data, layout } = bundle[PLOTLY_MIME] as FigurePayload;
    assert.deepEqual(
      data.map(({ name, yaxis, showlegend }) => [name, yaxis, showlegend]),
      [
        ["Newton", "y", true],
        ["SG", "y", true],
        ["Newton", "y2", false],
        ["SG", "y2", false],
        ["Newton", "y3", false],
        ["Newton", "y4", false],
      ],
    );
    const colours = data.map(({ line }) => (line as { color: string }).color);
    assert.equal(new Set(colours).size, 2);
    assert.equal(colours[0], colours[2]);
    assert.equal(layout.showlegend, true);
    assert.equal(
      bundle["text/plain"],
      "Figure: Two: Newton at iteration 1, f(θ) 0.5, accuracy 0.875, λ 0.75, CG steps 7; SG at epoch 2, f(θ) 1, accuracy 0.75.",
    );
    const svg = bundle["image/svg+xml"] as string;
    assert.equal(svg.match(/>SG</g)?.length, 1);
    assert.equal(svg.match(/>iteration or epoch</g)?.length, 4);
  });

  it("refuses what is no trace", () => {
    assert.throws(() => plot.training([]), /plot\.training: needed a trace/);
    assert.throws(() => plot.training({}), /plot\.training: needed a trace/);
    assert.throws(() => plot.training({ a: [] }), /plot\.training: needed a trace/);
    assert.throws(() => plot.training({ a: null as never }), /plot\.training: needed a trace/);
    assert.throws(() => plot.training(undefined as never), /plot\.training: needed a trace/);
    assert.throws(() => plot.training([{ loss: 1 } as never]), /plot\.training: needed a trace/);
  });
});
