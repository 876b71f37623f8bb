import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { variable } from "../../../src/symbolic/language/polynomial.js";
import { entryOfName, inverse } from "../../../src/symbolic/prove/nameForm.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { type Term, timesPower, unit } from "../../../src/symbolic/prove/terms.js";

const world = declare(`
  dims m n l; A : m x n; Y : m x n each; c : 1 x 1; e : 1 x 1 each
  g : 1 x 1 each; k : 1 x 1 each; G : n x 1 each; H : n x n each; z : n x 1
  xi(c) with gradient g, hessian k;  rho(z) with gradient G, hessian H
`);
const [r, s, instance] = ["r", "s", "instance"].map(variable) as [never, never, never];
const only = (name: string, rows: never[], cols: never[]) =>
  entryOfName(world, name, { rows, cols, instance });

describe("the entry of a name", () => {
  it("is a power of a size or a scalar, that of an instance where there is one for each", () => {
    for (const name of ["m", "c"]) assert.deepEqual(only(name, [], []), [timesPower(unit, name, 1)]);
    assert.deepEqual(only("e", [], [])[0]?.factors, [{ kind: "entry", name: "e", index: [instance] }]);
    assert.deepEqual(only("A", [r], [s])[0]?.factors, [{ kind: "entry", name: "A", index: [r, s] }]);
    assert.deepEqual(only("Y", [r], [s])[0]?.factors, [
      { kind: "entry", name: "Y", index: [instance, r, s] },
    ]);
  });

  it("knows of a gradient the instance, of a Hessian that it is symmetric, also where it is a number", () => {
    const index = [instance];
    assert.deepEqual(only("g", [], [])[0]?.factors, [{ kind: "entry", name: "g", index, instance }]);
    assert.deepEqual(only("k", [], [])[0]?.factors, [{ kind: "entry", name: "k", index, isSymmetric: true }]);
    assert.deepEqual(only("H", [r], [s])[0]?.factors, [
      { kind: "entry", name: "H", index: [instance, r, s], isSymmetric: true },
    ]);
    assert.deepEqual(only("G", [r], [])[0]?.factors, [
      { kind: "entry", name: "G", index: [instance, r], instance },
    ]);
  });
});

describe("the inverse of a number", () => {
  const term = (over: bigint, under: bigint): Term => ({
    ...timesPower(timesPower(unit, "c", 2), "m", -1),
    coefficient: { over, under },
  });

  it("is that of each power and of the number before it", () => {
    for (const [over, under, wanted] of [
      [2n, 3n, { over: 3n, under: 2n }],
      [-2n, 3n, { over: -3n, under: 2n }],
    ] as const) {
      const found = inverse([term(over, under)]);
      assert.deepEqual([found.coefficient, found.factors], [wanted, []]);
      assert.deepEqual(
        [...found.powers],
        [
          ["c", -2],
          ["m", 1],
        ],
      );
    }
  });

  it("is unknown of a sum, of what is summed or has entries, and of what an equation makes 0", () => {
    const n = variable("n");
    for (const terms of [
      [],
      [unit, unit],
      [{ ...unit, factors: only("A", [r], [s])[0]?.factors ?? [] }],
      [{ ...unit, sums: new Map([["i", n]]) }],
      [{ ...unit, equations: [{ left: r, right: s, size: n }] }],
    ])
      assert.deepEqual(inverse(terms), {
        ...unit,
        factors: [{ kind: "applied", name: "1/", order: 0, at: terms }],
      });
  });

  it("is not said of 0", () => {
    assert.throws(() => inverse([term(0n, 1n)]), /a division by zero/);
    const { status } = proveForAllSizes(world, parseStatement("A/0 = A/0 + A/0"));
    assert.equal(status, "outside");
  });
});
