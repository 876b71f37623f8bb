import assert from "node:assert/strict";
import type { Progress } from "../../src/optimise/clock.js";
import { newton } from "../../src/optimise/newton.js";
import { objective } from "../../src/optimise/objective.js";
import { sgd } from "../../src/optimise/sgd.js";
import { fixtureDigits, networkA, thetaA } from "../network/given.js";

const problem = objective(networkA, fixtureDigits(64));

describe("onIteration is told how the time goes", () => {
  it("on what a Newton iteration spent it, and what is left", async () => {
    const told: Progress[] = [];
    const from = performance.now();
    await newton(problem, thetaA, { GNsize: 16, iterMax: 4, onIteration: (_, now) => told.push(now) });
    const passed = (performance.now() - from) / 1000;
    assert.equal(told.length, 5);
    const last = told.at(-1)!;
    assert.deepEqual(Object.keys(told[0]!.parts), ["gradient"]);
    assert.deepEqual(Object.keys(last.parts).sort(), ["CG", "function", "gradient"]);
    const sum = Object.values(last.parts).reduce((total, x) => total + x, 0);
    assert.ok(sum > 0.5 * last.seconds && sum <= last.seconds && last.seconds <= passed);
    assert.equal(told[0]!.remaining, undefined);
    assert.ok(Math.abs(told[1]!.remaining! / (3 * told[1]!.seconds) - 1) < 1e-12);
    assert.equal(last.remaining, 0);
    assert.equal(last.history.length, 5);
    assert.deepEqual(told[1]!.history, last.history.slice(0, 2));
    assert.ok(last.history.every((time, k) => time > (last.history[k - 1] ?? 0) && time <= last.seconds));
  }).retries(2);

  it("until time is over, where that comes first, and of validation", async () => {
    const told: Progress[] = [];
    const options = { epochs: 1000, bsize: 32, lr: 1e-3, validation: fixtureDigits(8) };
    await sgd(problem, thetaA, {
      ...options,
      stop: { seconds: 0.3 },
      onIteration: (_, now) => told.push(now),
    });
    assert.ok(told.slice(1).every(({ remaining }) => remaining! <= 0.3));
    assert.ok(told.at(-1)!.parts.validation! > 0);
  });

  it("waits for what it returns", async () => {
    const order: string[] = [];
    const slow = async ({ at }: { at: number }): Promise<void> => {
      order.push(`${at} shown`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(`${at} seen`);
    };
    await sgd(problem, thetaA, { epochs: 1, lr: 1e-3, onIteration: slow });
    assert.deepEqual(order, ["0 shown", "0 seen", "1 shown", "1 seen"]);
  });
});
