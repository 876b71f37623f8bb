import assert from "node:assert/strict";
import { filtered, filterModel } from "../../kernel/lab/views/filterModel.js";
import gradient from "../../kernel/lab/views/gradient.js";
import { differenceErrors, layerGradients, stepped } from "../../kernel/lab/views/gradientModel.js";
import { type LayerNumbers, layerSteps } from "../../kernel/lab/views/layerModel.js";
import walk from "../../kernel/lab/views/walk.js";
import { filterDesk, gradientDesk, layerWalk } from "../../src/index.js";
import {
  FILTER_MIME,
  type FilterPayload,
  GRADIENT_MIME,
  type Shown,
  WALK_MIME,
} from "../../src/mime/types.js";
import { subtract } from "../../src/numeric/elementwise.js";
import { image } from "../../src/numeric/image.js";
import { matrix } from "../../src/numeric/matrix.js";
import { maxAbs } from "../../src/numeric/measure.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { displayKey } from "../../src/numeric/show.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { all, mount, one, press, usePage } from "./page.js";

/** Not square, two channels, a stride, a frame and remainders. */
const shape = convShape({ a: 7, b: 9, d: 2, h: 3, s: 2, pad: 1 });
const layer: LayerNumbers = {
  ...{ shape, dOut: 3, q: 2 },
  Z: randomMatrix(2, 63, { seed: 1, low: -1 }),
  W: randomMatrix(3, 18, { seed: 2, low: -1 }),
  b: randomMatrix(3, 1, { seed: 3, low: -1 }),
};
const Y = randomMatrix(3, shape.aOut * shape.bOut, { seed: 4 });

describe("the filter desk", () => {
  it("computes each channel's S as a layer of one filter does, at the photograph's own size", () => {
    const [a, b, d] = [6, 8, 3];
    const Z = randomMatrix(d, a * b, { seed: 5 });
    const w = randomMatrix(1, 9, { seed: 6, low: -1 });
    const model = filterModel({ a, b, d, z: Z.data as Float64Array }, 3);
    const answers = Array.from({ length: d }, () => new Float32Array(a * b));
    filtered(model, w.data, 0.25, answers);
    for (let c = 0; c < d; c++) {
      const plane = matrix(
        1,
        a * b,
        Z.data.filter((_, k) => k % d === c),
      );
      const S = convLinearReference(w, [0.25], plane, convShape({ a, b, d: 1, h: 3, pad: 1 }));
      // float32 planes: seven digits
      assert.ok(S.data.every((s, k) => Math.abs(s - answers[c]![k]!) < 1e-5));
    }
  });

  it("carries the picture in itself and nine numbers, and refuses what it cannot show", () => {
    const Z = image(randomMatrix(3, 20, { seed: 7 }), 4, 5);
    const bundle = filterDesk(Z)[displayKey]();
    const { picture, w } = bundle[FILTER_MIME] as FilterPayload;
    assert.match(picture, /^data:image\/png;base64,/);
    assert.equal(w.length, 9);
    assert.match(bundle["text/plain"], /^Filter desk: a picture of 4 × 5 pixels in colour/);
    assert.throws(() => filterDesk(Z, [1, 2]), /w has 2 numbers; needed 9/);
    assert.throws(() => filterDesk(image(matrix(2, 20), 4, 5)), /Z has 2 channels; needed 1 .* or 3/);
  });
});

describe("the gradient desk, X16 and X18", () => {
  it("has the gradients of the plain reference for ξ = ‖σ(S) − Y‖²", () => {
    const { dW, dZ } = layerGradients(layer, Y);
    const { S, sigma } = layerSteps(layer);
    const dS = matrix(
      3,
      Y.cols,
      S.data.map((s, k) => (s > 0 ? 2 * (sigma.data[k]! - Y.data[k]!) : 0)),
    );
    const wanted = convGradientsReference(layer.W, layer.Z, dS, shape);
    assert.ok(maxAbs(subtract(dW, wanted.W)) < 1e-13 && maxAbs(subtract(dZ, wanted.Z)) < 1e-13);
  });

  it("sees the error of the forward difference fall with t, and of the central one with its square", () => {
    const { dW, dZ } = layerGradients(layer, Y);
    for (const [of, at, exact] of [
      ["W", 7, dW.data[7]!],
      ["Z", 11, dZ.data[11]!],
    ] as const) {
      const errors = differenceErrors(layer, Y, { of, at }, exact);
      const error = (power: number) => errors.find(({ t }) => Math.abs(Math.log10(t) - power) < 0.01)!;
      assert.ok(Math.abs(error(-4).forward / error(-5).forward - 10) < 1, `${of}: ${error(-4).forward}`);
      assert.ok(error(-5).central < 1e-7 * Math.max(1, error(0).forward), `${of}: ${error(-5).central}`);
      assert.ok(error(-12).forward > error(-7).forward, "small steps lose digits");
    }
  });

  it("makes ξ smaller by a step against the gradient", () => {
    const gradients = layerGradients(layer, Y);
    assert.ok(layerGradients(stepped(layer, gradients, 1e-3), Y).xi < gradients.xi);
  });
});

describe("the desks in a page", () => {
  usePage();
  const payloadOf = (shown: Shown, mime: string): unknown =>
    JSON.parse(JSON.stringify(shown[displayKey]()[mime]));

  it("walks from Z to the pooled maps, with their sizes", () => {
    const { node } = mount(walk, payloadOf(layerWalk(layer.W, layer.b, layer.Z, shape, { q: 2 }), WALK_MIME));
    const titles = all(node, "h4").map(({ textContent }) => textContent);
    assert.deepEqual(
      titles.map((title) => title?.split(" ∈ ")[0]),
      ["Z", "pad(Z)", "φ(pad(Z))", "W", "W φ(pad(Z))", "S", "σ(S)", "pool(σ(S))"],
    );
    assert.match(titles.at(-1) ?? "", /^pool\(σ\(S\)\) ∈ R3 × 4 3 maps of 2 × 2$/);
    assert.match(node.textContent ?? "", /W ·: \(3 × 18\) · \(18 × 20\) → 3 × 20/);
    assert.equal(all(node, ".philab-map").length, 2 + 2 + 1 + 5 * 3);
  });

  it("goes to a place of a map by the arrow keys, from the middle on, until the focus is gone", () => {
    const { node } = mount(walk, payloadOf(layerWalk(layer.W, layer.b, layer.Z, shape, { q: 2 }), WALK_MIME));
    const said = () => one(node, ".philab-status").textContent ?? "";
    const invitation = said();
    const S = all(node, "section").find((part) => part.textContent?.startsWith("S ∈")) as HTMLElement;
    const map = all(S, ".philab-map")[1];
    assert.equal(press(map, "ArrowRight"), true);
    const [first, row, col] = /map 2, place \((\d), (\d)\)/.exec(said()) ?? [];
    assert.ok(first, said());
    for (const key of ["ArrowDown", "ArrowLeft"]) press(map, key);
    assert.match(said(), new RegExp(`map 2, place \\(${Number(row) + 1}, ${Number(col) - 1}\\)`));
    for (let k = 0; k < 9; k++) press(map, "ArrowUp");
    assert.match(said(), new RegExp(`place \\(1, ${Number(col) - 1}\\)`));
    assert.equal(press(map, "a"), false);
    map.dispatchEvent(new Event("blur"));
    assert.equal(said(), invitation);
  });

  it("shows W, Z and both gradients, and says how ξ changes along an entry", () => {
    const { node } = mount(
      gradient,
      payloadOf(gradientDesk(layer.W, layer.b, layer.Z, shape, Y), GRADIENT_MIME),
    );
    assert.equal(all(node, ".philab-map").length, 2 * (3 * 2 + 2));
    assert.match(
      one(node, ".philab-status").textContent ?? "",
      /^w of filter \d at \(i, j, c\) = .*∂ξ\/∂w = /,
    );
    assert.match(one(node, ".philab-formula-line").textContent ?? "", /^ξ = ‖σ\(S\) − Y‖² = [\d.]+$/);
  });

  it("shows a layer that does not fit its sizes as a box with the reason", () => {
    const payload = payloadOf(layerWalk(layer.W, layer.b, layer.Z, shape), WALK_MIME) as object;
    for (const [wrong, reason] of [
      [{ dOut: 4 }, /W holds 432 bytes; 72 numbers need 576/],
      [{ h: 99 }, /h = 99/],
      [{ version: 2 }, /version is 2; this plugin reads version 1/],
      [{ q: "<b>" }, /q is "<b>"; needed a number/],
    ] as const) {
      const { node } = mount(walk, { ...payload, ...wrong });
      assert.match(one(node, ".philab-problem-reason").textContent ?? "", reason);
    }
  });
});
