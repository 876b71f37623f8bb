import assert from "node:assert/strict";
import view from "../../kernel/lab/views/training.js";
import { plot } from "../../src/index.js";
import { TRAINING_MIME, type TrainingPayload } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { all, mount, one, press, usePage } from "./page.js";

const newton = [
  { f: 60, accuracy: 0.1, lambda: 1, cgIters: 0 },
  { f: 6, accuracy: 0.5, lambda: 0.75, cgIters: 4 },
  { f: 0.25, accuracy: 0.96, lambda: 0.5, cgIters: 30 },
];
const sg = [
  { f: 3, epoch: 1 },
  { f: 1, epoch: 2 },
];

const payloadOf = (...given: Parameters<typeof plot.training>): TrainingPayload =>
  JSON.parse(JSON.stringify(plot.training(...given)[displayKey]()[TRAINING_MIME]));

const titles = (node: HTMLElement): (string | null)[] =>
  all(node, "figure h4").map(({ textContent }) => textContent);

describe("the view of trainings", () => {
  usePage();

  it("has a small plot of each quantity, and says the numbers of the last state", () => {
    const { node } = mount(view, payloadOf(newton, { title: "Newton-CG" }));
    assert.deepEqual(titles(node), ["f(θ)", "accuracy", "λ", "CG steps"]);
    assert.equal(one(node, ".philab-training-title").textContent, "Newton-CG: iteration 2");
    const said = "iteration 2, f(θ) 0.25, accuracy 0.96, λ 0.5, CG steps 30";
    assert.equal(one(node, "[role=status]").textContent, said);
    assert.equal(all(node, ".philab-panel-line").length, 4);
    const [f] = all(node, ".philab-panel");
    assert.equal(f!.getAttribute("aria-label"), "f(θ): from 60 to 0.25");
  });

  it("shows trainings of many thousands of epochs", () => {
    const long = Array.from({ length: 5_000 }, (_, epoch) => ({ f: 1 + 1 / (1 + epoch), epoch }));
    const { node } = mount(view, payloadOf(long));
    assert.match(one(node, "[role=status]").textContent ?? "", /^epoch 4999, /);
    assert.equal(all(node, ".philab-problem").length, 0);
  });

  it("draws f in powers of ten where it spans decades, and linear where the reader wants it", () => {
    const { node } = mount(view, payloadOf(newton));
    const ticks = (): (string | null)[] =>
      all(all(node, ".philab-panel")[0]!, "text").map(({ textContent }) => textContent);
    assert.ok(ticks().includes("10") && ticks().includes("1"), ticks().join(" "));
    const box = all(node, "input[type=checkbox]")[1] as HTMLInputElement;
    assert.equal(box.checked, true);
    box.checked = false;
    box.dispatchEvent(new Event("change"));
    assert.ok(ticks().includes("20") && ticks().includes("60"), ticks().join(" "));
  });

  it("has a point of each line where its numbers are: 1 of 3 on a linear axis lies in the middle", () => {
    const flat = payloadOf([{ f: 1 }, { f: 2 }, { f: 3 }]);
    const { node } = mount(view, flat);
    assert.equal(one(node, ".philab-panel-line").getAttribute("d"), "M46.0 156.0L167.0 83.0L288.0 10.0");
  });

  it("takes the next states into the same panels, and follows the last one until the reader looks at another", () => {
    const { node, model } = mount(view, payloadOf(newton.slice(0, 2)));
    const panel = all(node, ".philab-panel")[0];
    model.take("payload", payloadOf(newton));
    assert.equal(all(node, ".philab-panel")[0], panel);
    assert.match(one(node, "[role=status]").textContent ?? "", /^iteration 2,/);
    const slider = one(node, "input[type=range]") as HTMLInputElement;
    slider.value = "0";
    slider.dispatchEvent(new Event("input"));
    assert.match(one(node, "[role=status]").textContent ?? "", /^iteration 0, f\(θ\) 60,/);
    model.take("payload", payloadOf([...newton, { f: 0.2, accuracy: 0.97, lambda: 0.4, cgIters: 31 }]));
    assert.match(one(node, "[role=status]").textContent ?? "", /^iteration 0,/);
  });

  it("compares trainings: a button hides one, the axis is time where all have it", () => {
    const runs = {
      "Newton-CG": { trace: newton, history: [0.5, 1, 4] },
      SG: { trace: sg, history: [0.1, 1, 2] },
    };
    const { node } = mount(view, payloadOf(runs, { title: "Two methods" }));
    assert.equal(one(node, ".philab-training-title").textContent, "Two methods: 2 trainings");
    const said = (): (string | null)[] => all(node, ".philab-said-run").map(({ textContent }) => textContent);
    assert.equal(said()[1], "SG: epoch 2, after 2 s, f(θ) 1");
    const [overTime] = all(node, "input[type=checkbox]") as HTMLInputElement[];
    overTime!.checked = true;
    overTime!.dispatchEvent(new Event("change"));
    assert.ok(all(node, ".philab-panel text").some(({ textContent }) => textContent === "seconds"));
    all(node, ".philab-run")[0]!.click();
    assert.deepEqual(said(), ["SG: epoch 2, after 2 s, f(θ) 1"]);
    assert.equal(all(node, ".philab-panel-line").length, 1);
    assert.equal(all(node, ".philab-run")[0]!.getAttribute("aria-pressed"), "false");
  });

  it("offers no time where one training does not know it", () => {
    const { node } = mount(view, payloadOf({ a: { trace: newton, history: [1, 2, 3] }, b: sg }));
    assert.equal(all(node, ".philab-tick")[0]!.hidden, true);
  });

  const good = payloadOf(newton);
  const bad: [title: string, payload: unknown, reason: RegExp][] = [
    ["another version", { ...good, version: 2 }, /version is 2/],
    ["no training", { ...good, runs: [] }, /runs: 0 trainings; needed 1 to 24/],
    [
      "a list that is too short",
      { ...good, runs: [{ ...good.runs[0], f: [1] }] },
      /runs\[0\]\.f has 1 numbers; x has 3/,
    ],
    [
      "text for a number",
      { ...good, runs: [{ ...good.runs[0], f: [1, "<b>", 3] }] },
      /f is "<b>"; needed a number or null/,
    ],
    ["another unit", { ...good, runs: [{ ...good.runs[0], unit: "<i>" }] }, /unit is "<i>"; needed/],
  ];
  for (const [title, payload, reason] of bad) {
    it(`shows ${title} as a box with the reason`, () => {
      assert.match(one(mount(view, payload).node, ".philab-problem-reason").textContent ?? "", reason);
    });
  }

  it("lets go of everything when it goes", async () => {
    const { node, model, cleanup } = mount(view, good);
    (await cleanup)?.();
    assert.equal(node.childNodes.length, 0);
    model.take("payload", payloadOf(sg));
    assert.equal(node.childNodes.length, 0);
    assert.equal(press(node, "ArrowLeft"), false);
  });
});
