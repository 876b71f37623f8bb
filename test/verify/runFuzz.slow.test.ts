import assert from "node:assert/strict";
import fc from "fast-check";
import { matrix } from "../../src/numeric/matrix.js";
import type { Matrix } from "../../src/numeric/storage.js";
import { declare } from "../../src/symbolic/declare/declare.js";
import { parse } from "../../src/symbolic/language/parse.js";
import { evaluate } from "../../src/symbolic/language/polynomial.js";
import { print } from "../../src/symbolic/language/print.js";
import { completed } from "../../src/symbolic/sizes/sizes.js";
import { shapeOf } from "../../src/symbolic/world/shapes.js";
import { runFormula } from "../../src/verify/run.js";
import { cases } from "../cases.js";
import { exact, filled, type Given, type Plain, plain, Undecided } from "./plain.js";
import { anyFormula, type Choose, eachMatrices, formulaWorld, matrices } from "./randomFormulas.js";

const world = declare(formulaWorld);

const { numRuns: formulas } = cases(3000);

function chosenSizes(choose: Choose): Record<string, number> {
  const [h, q] = [1 + choose(2), 1 + choose(2)];
  const side = () => Math.max(h, q) + choose(3);
  return completed(world, {
    ...{ m: 1 + choose(3), n: 1 + choose(3), k: 1 + choose(3), l: 1 + choose(3), d: 1 + choose(2) },
    ...{ h, q, s: 1 + choose(2), p: choose(2), a: side(), b: side() },
  });
}

/** Whole numbers from −3 to 3, of which sums and products are exact. */
function chosenGiven(sizes: Record<string, number>, choose: Choose): Given {
  const side = (names: readonly string[]) => names.reduce((product, size) => product * sizes[size], 1);
  const drawn = ([rows, cols]: (typeof matrices)[string]) =>
    filled(side(rows), side(cols), () => exact(choose(7) - 3));
  const all = <T>(sides: typeof matrices, make: (of: (typeof matrices)[string]) => T) =>
    Object.fromEntries(Object.entries(sides).map(([name, of]) => [name, make(of)]));
  const each = all(eachMatrices, (of) => Array.from({ length: sizes.l }, () => drawn(of)));
  return { sizes, one: all(matrices, drawn), each };
}

function asMatrix(A: Plain): Matrix {
  const columns = A[0].flatMap((_, j) => A.map((row) => row[j].x));
  return matrix(A.length, A[0].length, columns);
}

function valuesOf({ sizes, one, each }: Given) {
  const alone = Object.entries(one).map(([name, A]) => [name, asMatrix(A)]);
  const lists = Object.entries(each).map(([name, list]) => [name, list.map(asMatrix)]);
  return { ...sizes, ...Object.fromEntries([...alone, ...lists]) };
}

/** What the definitions give; undefined where rounding decides, or the numbers leave what a double holds. */
function wantedOf(e: ReturnType<typeof parse>, given: Given): Plain | undefined {
  try {
    const wanted = plain(e, given);
    return wanted.flat().every(({ size }) => size < 1e200) ? wanted : undefined;
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

function assertClose(text: string, found: Matrix, wanted: Plain): void {
  assert.deepEqual([found.rows, found.cols], [wanted.length, wanted[0].length], text);
  for (const [i, row] of wanted.entries())
    for (const [j, { x, size }] of row.entries()) {
      const entry = found.data[i + found.rows * j];
      assert.ok(Math.abs(entry - x) <= 1e-12 * size, `${text}: entry (${i}, ${j}) is ${entry}, not ${x}`);
    }
}

function ran(text: string, given: Given): Matrix {
  try {
    return runFormula(world, parse(text), valuesOf(given));
  } catch (error) {
    throw new Error(`${text} does not run: ${(error as Error).message}`);
  }
}

describe("random formulas on typed arrays", () => {
  it(`have the size of their shape and the values of the definitions: ${formulas} of them`, () => {
    let compared = 0;
    const property = fc.property(fc.gen(), (g) => {
      const choose: Choose = (count) => g(fc.nat, { max: count - 1 });
      const sizes = chosenSizes(choose);
      const text = print(anyFormula({ sizes, choose }));
      const e = parse(text);
      const given = chosenGiven(sizes, choose);
      const wanted = wantedOf(e, given);
      if (!wanted) return;
      compared++;
      const shape = shapeOf(world, e);
      const found = ran(text, given);
      assert.deepEqual(
        [found.rows, found.cols],
        [shape.rows, shape.cols].map((size) => evaluate(size, sizes)),
      );
      assertClose(text, found, wanted);
    });
    fc.assert(property, cases(3000));
    assert.ok(compared > 0.7 * formulas, `${compared}`);
  }).timeout(formulas * 100);
});
