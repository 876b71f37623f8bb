import assert from "node:assert/strict";
import { answersOf, workOf } from "../../notebooks/generated/08-newton-cg-on-digits.js";
import { fromRows } from "../../src/index.js";
import { namesCells } from "./namesCells.js";

describe("notebook 08's own definitions, exported", () => {
  namesCells("08-newton-cg-on-digits");

  it("answer with the row of the largest output, the first of two that are equal (X13)", () =>
    assert.deepEqual(
      answersOf(
        fromRows([
          [0, 5, 2],
          [3, 5, 1],
          [1, -1, 7],
        ]),
      ),
      [1, 0, 2],
    ));

  it("count an iteration's work in l F: 3 for ∇f, 1 for each length tried, |S|/l (1 + 4 k)", () => {
    assert.equal(workOf({ cgIters: 10, alpha: 1 }, 0.5), 3 + 1 + 0.5 * 41);
    assert.equal(workOf({ cgIters: 0, alpha: 0.25 }, 0.5), 3 + 3 + 0.5);
  });
});
