import assert from "node:assert/strict";
import { mock } from "node:test";
import { whenQuiet } from "../../dist/kernel/language/quiet.js";

describe("work for the time in which nothing is asked", () => {
  beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
  afterEach(() => mock.timers.reset());

  it("waits until it has been quiet for so long, and no longer begins by itself", () => {
    const steps: number[] = [];
    const hear = whenQuiet(60, () => steps.push(1) < 3);
    mock.timers.tick(1000);
    assert.equal(steps.length, 0, "nothing was asked yet");
    hear();
    mock.timers.tick(50);
    hear();
    mock.timers.tick(59);
    assert.equal(steps.length, 0, "a question came at 50");
    mock.timers.tick(1);
    assert.equal(steps.length, 1);
  });

  it("takes one step after the other, with a pause at a question, until no other is wanted, and tries again after the next", () => {
    const steps: number[] = [];
    const hear = whenQuiet(60, () => steps.push(1) < 3);
    hear();
    mock.timers.tick(60);
    hear();
    mock.timers.tick(59);
    assert.equal(steps.length, 1);
    for (let ms = 0; ms < 10; ms++) mock.timers.tick(1);
    assert.equal(steps.length, 3);
    mock.timers.tick(1000);
    assert.equal(steps.length, 3);
    hear();
    mock.timers.tick(1000);
    assert.equal(steps.length, 4);
  });
});
