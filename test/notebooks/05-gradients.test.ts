import assert from "node:assert/strict";
import { f, L, S } from "../../notebooks/generated/05-gradients.js";
import { add, image, multiply, randomMatrix, scale, vec } from "../../src/index.js";
import { namesCells } from "./namesCells.js";

describe("what notebook 05 declares, exported", () => {
  namesCells("05-gradients");

  it("has the gradients of a layer (X16, X17, X18) in every line for all sizes", () => {
    const wanted = { W: "vec(G * phi(Z)')'", b: "(G * ones(a_out * b_out))'", Z: "vec(W' * G)' * P" };
    for (const [X, formula] of Object.entries(wanted)) {
      const derived = L.gradient(`xi(${S})`, X);
      assert.equal(derived.formula, formula);
      for (const { verdict } of derived.steps.lines.slice(1)) assert.equal(verdict?.level, "all sizes");
    }
  });

  for (const X of ["W", "b", "V"] as const) {
    it(`has a gradient of f by ${X} that agrees with differences, where another C and other sizes are taken`, () => {
      const random = (rows: number, cols: number, seed: number) =>
        randomMatrix(rows, cols, { seed, low: -1 });
      const given = {
        W: random(2, 18, 1),
        b: random(2, 1, 2),
        V: random(3, 2 * 2 * 3, 3),
        s: 2,
        C: 0.7,
        Z: [4, 5, 6].map((seed) => image(random(2, 35, seed), 5, 7)),
        y: [7, 8, 9].map((seed) => random(3, 1, seed)),
      };
      const direction = random(given[X].rows, given[X].cols, 10);
      const at = (t: number) => L.run(f, { ...given, [X]: add(given[X], scale(t, direction)) }).data[0]!;
      const difference = (at(1e-6) - at(-1e-6)) / 2e-6;
      const derived = multiply(L.gradient(f, X).run(given), vec(direction)).data[0]!;
      assert.ok(Math.abs(difference - derived) < 1e-6 * Math.abs(derived), `${difference}, ${derived}`);
    });
  }
});
