import assert from "node:assert/strict";
import fc from "fast-check";
import { thinnedLine } from "../../src/mime/thinnedLine.js";
import { cases } from "../cases.js";

describe("a long line as a screen shows it", () => {
  it("keeps of each pixel's points the first, the lowest, the highest and the last", () => {
    const x = Array.from({ length: 40 }, (_, k) => k);
    const y = x.map((k) => (k === 3 ? -5 : k === 7 ? 9 : k / 100));
    const thin = thinnedLine({ x, y }, 4);
    assert.deepEqual(Array.from(thin.x).slice(0, 4), [0, 3, 7, 9]);
    assert.deepEqual(Array.from(thin.y).slice(0, 4), [0, -5, 9, 0.09]);
  });

  it("leaves a line alone that has no more points than there is room for", () => {
    const line = { x: [0, 1, 2, 3], y: [4, 5, 6, 7] };
    assert.equal(thinnedLine(line, 1), line);
  });

  it("keeps a gap, and the points at its sides' pixels", () => {
    const x = Array.from({ length: 100 }, (_, k) => k);
    const y = x.map((k) => (k >= 30 && k < 60 ? Number.NaN : k));
    const thin = thinnedLine({ x, y }, 10);
    assert.ok(Array.from(thin.y).some(Number.isNaN));
    assert.ok(Array.from(thin.x).includes(30) && Array.from(thin.x).includes(60));
  });

  it("covers in each pixel the same heights, with at most five points for a pixel", () => {
    const steps = fc.array(
      fc.record({ dx: fc.double({ min: 0, max: 1, noNaN: true }), y: fc.integer({ min: -9, max: 9 }) }),
      {
        minLength: 60,
        maxLength: 400,
      },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 12 }), (list, pixels) => {
        let at = 0;
        const x = list.map(({ dx }) => (at += dx));
        const y = list.map(({ y: value }) => value);
        if (x[0] === x[x.length - 1]) return;
        const thin = thinnedLine({ x, y }, pixels);
        const heights = (points: { x: ArrayLike<number>; y: ArrayLike<number> }): Map<number, string> => {
          const found = new Map<number, number[]>();
          for (let k = 0; k < points.x.length; k++) {
            const pixel = Math.floor(((points.x[k]! - x[0]!) / (x[x.length - 1]! - x[0]!)) * pixels);
            found.set(pixel, [...(found.get(pixel) ?? []), points.y[k]!]);
          }
          return new Map([...found].map(([pixel, ys]) => [pixel, `${Math.min(...ys)}…${Math.max(...ys)}`]));
        };
        assert.deepEqual(heights(thin), heights({ x, y }));
        assert.ok(thin.x.length <= Math.max(4 * pixels, 5 * (pixels + 1)));
      }),
      cases(60),
    );
  });
});
