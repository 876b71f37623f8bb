import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { polynomialText } from "../../../src/symbolic/language/polynomial.js";
import { printStatement } from "../../../src/symbolic/language/print.js";
import { freed } from "../../../src/symbolic/prove/freedSizes.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";

const world = declare(`
  dims m n p a b;  N = 2*n;  L = m + n;  F = floor(p/n);  a_N = floor(a/N);  b_N = floor(b/N)
  A : N x L;  B : N*m x 1;  w : m x 1;  z : F x 1
  map even, P_even(i:n, j:N; ) = (2*i, j; ) from N*N x 1
  map back, P_back(i:n; ) = (N - 1 - i; ) from N x 1
  a_L = floor(a/L);  b_L = floor(b/L);  broad, P_broad = avgpool(L, m, a, b)
  Z : m x a*b;  mean, P_mean = avgpool(N, m, a, b)
`);
const all = (text: string) => [...freed(world, parseStatement(text))];
const textsOf = (text: string) => all(text).map(({ statement }) => printStatement(statement));

describe("a statement in sizes that nothing defines", () => {
  it("has products written out, then sums too", () => {
    assert.deepEqual(textsOf("I(N)*A = A*I(L)"), ["I(2 * n) * A = A * I(L)", "I(2 * n) * A = A * I(m + n)"]);
    assert.deepEqual(textsOf("trace(I(N)) = N"), ["trace(I(2 * n)) = 2 * n"]);
    assert.deepEqual(textsOf("trace(I(L)) = L"), ["trace(I(m + n)) = m + n"]);
  });

  it("is proved in either, and the one as written stays where none is", () => {
    const proofOf = (text: string) => proveForAllSizes(world, parseStatement(text));
    for (const text of ["trace(I(N)) = 2*n", "N*trace(I(L)) = 2*n*(m + n)"])
      assert.equal(proofOf(text).status, "proved", text);
    // The mean over (m + n)² entries has no weight that is one product.
    assert.equal(proofOf("L*broad(ones(m, a*b)) = L*ones(m, a_L*b_L)").status, "proved");
    assert.equal(proofOf("m*m*broad(ones(m, a*b)) = L*L*ones(m, a_L*b_L)").status, "open");
    const open = proofOf("N*trace(I(L)) = 2*n*m");
    assert.deepEqual(open, { status: "open", left: "1/1 L^1 N^1 ", right: "2/1 m^1 n^1 ", vacuous: false });
  });

  it("is none where no size is a polynomial in others", () => {
    for (const text of ["w = w + w", "z = z", "trace(I(m)) = m"]) assert.deepEqual(all(text), []);
  });

  it("stands in a world in which all has such sizes", () => {
    const [first, second] = all("A*I(L) = A");
    const sizes = [first, second].map((one) => one?.world.matrices.get("A"));
    for (const [k, cols] of [
      [0, "L"],
      [1, "m + n"],
    ] as const) {
      const A = sizes[k]!;
      assert.deepEqual([A.rows, A.cols].map(polynomialText), ["2·n", cols]);
      assert.deepEqual([...A.rowDigits, ...A.colDigits].map(polynomialText).join(" "), `2·n ${cols}`);
    }
  });

  it("has maps whose counters no size can be called by", () => {
    const map = all("even(vec(I(N))) = even(vec(I(N)))")[0]?.world.maps.get("even");
    const counters = [...map!.rows, ...map!.cols];
    assert.deepEqual(
      counters.map(({ name, size }) => `${name}: ${polynomialText(size)}`),
      ["%i0: n", "%j1: 2·n"],
    );
    assert.deepEqual(
      [...map!.placeRows, ...map!.placeCols].map(({ at, size }) =>
        [at, size].map(polynomialText).join(" of "),
      ),
      ["2·%i0 of 2·n", "%j1 of 2·n"],
    );
    const [place] = all("P_back = P_back")[0]!.world.maps.get("back")!.placeRows;
    assert.equal(polynomialText(place!.at), "−%i0 + 2·n − 1");
    const mean = all("mean(Z) = mean(Z)")[0]?.world.maps.get("mean");
    assert.equal(polynomialText(mean!.weight), "4·n·n");
    assert.deepEqual(
      mean!.sums.map(({ size }) => polynomialText(size)),
      ["2·n", "2·n"],
    );
  });
});
