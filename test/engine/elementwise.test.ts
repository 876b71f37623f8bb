import assert from "node:assert/strict";
import { engineDot, engineElementwise } from "../../src/engine/operations/elementwise.js";
import {
  add,
  axpy,
  dot,
  dotMultiply,
  engineInfo,
  relu,
  reluGradient,
  resident,
  scale,
  scope,
} from "../../src/index.js";
import { dot as plainDot } from "../../src/numeric/dot.js";
import * as plain from "../../src/numeric/elementwise.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import { asFloat32 } from "../operations/layers.js";
import { machines } from "./machines.js";

const alpha = 0.3;
const copy = (M: Matrix): Matrix => columnMajor(M.rows, M.cols, M.data.slice());
const operations: Record<plain.Elementwise, (x: Matrix, y: Matrix) => Matrix> = {
  add: (x, y) => plain.add(x, y),
  subtract: (x, y) => plain.subtract(x, y),
  dotMultiply: (x, y) => plain.dotMultiply(x, y),
  scale: (x) => plain.scale(alpha, x),
  axpy: (x, y) => plain.axpy(alpha, x, copy(y)),
  relu: (x) => plain.relu(x),
  reluGradient: (x, y) => plain.reluGradient(x, y),
};
const unary = ["scale", "relu"];
/** With every remainder of the loop, one task, and several with a rest. */
const sizes = [1, 2, 3, 7, 15, 16, 17, 31, 33, 1000, 32_768, 70_003];

describe("operations entry by entry on the engine", () => {
  for (const { name, precision, machine } of machines) {
    const of = precision === "float32" ? asFloat32 : (M: Matrix) => M;
    for (const [operation, reference] of Object.entries(operations) as [
      plain.Elementwise,
      typeof operations.add,
    ][]) {
      it(`${operation} has the reference's bits, ${name}, ${precision}, also in place`, () => {
        for (const n of sizes) {
          const [x, y] = [1, 2].map((seed) => of(randomMatrix(1, n, { seed, low: -1 }))) as [Matrix, Matrix];
          x.data.set([Number.NaN, -0, 0, Infinity].slice(0, n));
          y.data.set([1, Number.NaN, 0, -1].slice(0, n));
          const operands = unary.includes(operation) ? [x] : [x, y];
          const wanted = numbers(reference(x, y));
          for (const threads of [1, 2]) {
            assert.deepEqual(
              numbers(engineElementwise(machine, operation, operands, alpha, undefined, threads)),
              wanted,
            );
          }
          for (const k of operands.keys()) {
            const given = operands.map(copy);
            const into = given[k]!;
            assert.equal(engineElementwise(machine, operation, given, alpha, into), into);
            assert.deepEqual(numbers(into), wanted);
          }
        }
      });
    }

    it(`⟨A, B⟩ has the reference's bits for any number of threads, ${name}, ${precision}`, () => {
      for (const n of [4097, 4104, 8192, 32_771, 40_000, 300_005]) {
        const [A, B] = [1, 2].map((seed) => of(randomMatrix(1, n, { seed, low: -1 }))) as [Matrix, Matrix];
        const wanted = plainDot(A, B);
        for (const threads of [1, 2, 3]) assert.equal(engineDot(machine, A, B, threads), wanted);
      }
    });
  }

  it("are where large matrices go, in memory of the engine's and elsewhere", () => {
    for (const of of [asFloat32, (M: Matrix) => M]) {
      const [X, Y] = [1, 2].map((seed) => of(randomMatrix(50, 1601, { seed, low: -1 }))) as [Matrix, Matrix];
      scope(() => {
        for (const [x, y] of [
          [X, Y],
          [resident(X), resident(Y)],
          [resident(X), Y],
        ] as const) {
          assert.deepEqual(numbers(add(x, y)), numbers(plain.add(X, Y)));
          assert.deepEqual(numbers(dotMultiply(x, y)), numbers(plain.dotMultiply(X, Y)));
          assert.deepEqual(numbers(scale(alpha, x)), numbers(plain.scale(alpha, X)));
          assert.deepEqual(numbers(relu(x)), numbers(plain.relu(X)));
          assert.deepEqual(numbers(reluGradient(x, y)), numbers(plain.reluGradient(X, Y)));
          assert.equal(dot(x, y), plainDot(X, Y));
          const sum = copy(Y);
          assert.equal(axpy(alpha, x, sum), sum);
          assert.deepEqual(numbers(sum), numbers(plain.axpy(alpha, X, copy(Y))));
        }
      });
    }
  });

  it("write into the engine's memory where the target lies there", () => {
    const X = resident(asFloat32(randomMatrix(50, 100, { seed: 1, low: -1 })));
    const wanted = [...plain.relu(X).data];
    relu(X); // the plan
    const { used } = engineInfo().memory;
    const { data } = X;
    for (let k = 0; k < 100; k++) assert.equal(relu(X, { into: X }), X);
    assert.equal(X.data, data);
    assert.deepEqual([...X.data], wanted);
    assert.equal(engineInfo().memory.used, used);
  });
});

/** The numbers, to be compared as Object.is does: −0 is not 0, and NaN is NaN, whatever its sign bit. */
function numbers({ data }: Matrix): number[] {
  return [...data];
}
