import assert from "node:assert/strict";
import { type ConvOptions, convProblem } from "../../src/operations/convProblem.js";
import { type ConvShape, convShape } from "../../src/shape.js";
import { numbersOf } from "./layers.js";

const shape = convShape({ a: 5, b: 4, d: 4, h: 2 });
const { W, Z } = numbersOf({ shape, groups: 2, batch: 3, dOut: 6 });
const asked = (options: ConvOptions, given: ConvShape = shape) => convProblem("test", W, Z, given, options);

describe("what a layer is given", () => {
  it("is one object as long as sizes and options are the same, and another for each other option", () => {
    const one = asked({ groups: 2, batch: 3 });
    assert.equal(asked({ groups: 2, batch: 3 }), one);
    assert.equal(asked({ groups: 2, batch: 3, relu: false }, { ...shape }), one);
    const others: ConvOptions[] = [
      { relu: true },
      { accuracy: "exact" },
      { accuracy: "fast" },
      { threads: 1 },
    ];
    const problems = others.map((other) => asked({ groups: 2, batch: 3, ...other }));
    assert.equal(new Set([one, ...problems]).size, 5);
    assert.deepEqual(
      problems.map(({ relu, accuracy, threads }) => ({ relu, accuracy, threads })),
      [
        { relu: true, accuracy: "default", threads: undefined },
        { relu: false, accuracy: "exact", threads: undefined },
        { relu: false, accuracy: "fast", threads: undefined },
        { relu: false, accuracy: "default", threads: 1 },
      ],
    );
    assert.equal(asked({ groups: 2, batch: 3 }), one);
  });

  it("is right for more problems than are remembered, and in any order", () => {
    for (let k = 0; k < 200; k++) {
      const threads = 1 + ((7 * k) % 90);
      assert.equal(asked({ groups: 2, batch: 3, threads }).threads, threads);
    }
  });

  it("is checked for what is remembered, too", () => {
    asked({ groups: 2, batch: 3 });
    const wrong = { groups: 2, batch: 3, accuracy: "default" } as unknown as ConvOptions;
    assert.throws(() => asked(wrong), /accuracy = default; needed "exact" or "fast"/);
    assert.throws(() => convProblem("test", W, W, shape, { groups: 2, batch: 3 }), /Z is 6 × 8/);
    assert.throws(() => asked({ groups: 2, batch: 3 }, { ...shape, h: 3 }), /W is 6 × 8; the shape needs/);
    assert.throws(() => asked({ groups: 2, batch: 3, threads: 0 }), /threads = 0/);
  });
});
