import assert from "node:assert/strict";
import {
  conjugateGradients,
  gaussNewtonMatrix,
} from "../../notebooks/generated/07-jacobian-and-gauss-newton.js";
import {
  add,
  eye,
  fromRows,
  matrix,
  maxAbs,
  multiply,
  network,
  objective,
  randomMatrix,
  subtract,
  toRows,
} from "../../src/index.js";
import { namesCells } from "./namesCells.js";

describe("notebook 07's own definitions, exported", () => {
  namesCells("07-jacobian-and-gauss-newton");

  it("give G (X24) whose columns are the program's products Gv (X28)", async () => {
    const net = network({ input: { a: 5, b: 4, d: 1 }, conv: [{ dOut: 2, h: 2, pool: 2 }], full: [3] });
    const data = { Z: randomMatrix(20, 4, { seed: 1, low: -1 }), y: randomMatrix(3, 4, { seed: 2 }) };
    const problem = objective(net, data, { C: 0.3 });
    const theta = net.initial(3);
    const J = await Promise.all([0, 1, 2, 3].map((i) => problem.jacobian(theta, i)));
    const G = toRows(gaussNewtonMatrix(J, 0.3));
    for (const [k, unit] of toRows(eye(net.n)).entries()) {
      const Gv = matrix(net.n, 1, await problem.Gv(theta, unit));
      assert.ok(maxAbs(subtract(Gv, fromRows(G.map((row) => [row[k]!])))) < 1e-12, `column ${k}`);
    }
  });

  it("solve A d = r by conjugate gradients (X29) in as many steps as A has eigenvalues", () => {
    const v = randomMatrix(6, 2, { seed: 4 });
    const A = add(
      eye(6),
      multiply(v, fromRows(toRows(v)[0]!.map((_, k) => toRows(v).map((row) => row[k]!)))),
    );
    const r = randomMatrix(6, 1, { seed: 5 });
    const { d, norms } = conjugateGradients(A, r, 3);
    assert.equal(norms.length, 3);
    assert.ok(maxAbs(subtract(multiply(A, d), r)) < 1e-12, "I plus rank two: three eigenvalues");
    const { d: early } = conjugateGradients(A, r, 2);
    assert.ok(maxAbs(subtract(multiply(A, early), r)) > 1e-6, "two steps are not enough");
  });
});
