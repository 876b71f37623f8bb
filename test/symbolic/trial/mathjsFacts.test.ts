/** What mathjs 15.2 makes of matrices. These facts are why philab has an algebra of its own; a change is worth a look. */

import assert from "node:assert/strict";
import type { MathNode, Matrix } from "mathjs";
import math from "mathjs/lib/browser/math.js";

describe("mathjs 15.2 and matrices", () => {
  const [A, B] = [
    math.matrix([
      [1, 2],
      [3, 4],
    ]),
    math.matrix([
      [0, 1],
      [5, 0],
    ]),
  ];
  const value = (text: string) => math.evaluate(text, new Map(Object.entries({ A, B }))) as Matrix;

  it("is the version that these facts were measured with", () => assert.match(math.version, /^15\.2\./));

  it("simplifies A'*A - A*A' to 0, though it is not", () => {
    assert.equal(math.simplify("A'*A - A*A'").toString(), "0");
    assert.notDeepEqual(value("A'*A - A*A'").toArray(), [
      [0, 0],
      [0, 0],
    ]);
  });

  it("takes A*B and B*A for the same", () => {
    assert.equal(
      (math as unknown as { symbolicEqual(x: string, y: string): boolean }).symbolicEqual("A*B", "B*A"),
      true,
    );
    assert.notDeepEqual(value("A*B").toArray(), value("B*A").toArray());
  });

  it("differentiates A*X*B to B*A", () => {
    assert.equal(math.derivative("A*X*B", "X").toString(), "B * A");
  });

  it("simplifies A*v to 0 when A and v are given", () => {
    assert.equal(math.simplify("A*v", { A, v: math.matrix([[1], [2]]) } as never).toString(), "0");
  });

  it("prints and renders A .* (B*C) as A .* B * C, another matrix", () => {
    const node = new math.OperatorNode("*" as never, "multiply" as never, [math.parse("B"), math.parse("C")]);
    const built = new math.OperatorNode(".*" as never, "dotMultiply" as never, [math.parse("A"), node]);
    assert.equal(built.toString(), "A .* B * C");
    assert.equal(built.toTex(), "\\mathrm{A}.\\cdot\\mathrm{B}\\cdot\\mathrm{C}");
    assert.equal(math.parse(built.toString()).toString({ parenthesis: "all" }), "(A .* B) * C");
  });

  it("renders a transpose as ^H", () => assert.equal(math.parse("Q'").toTex(), " Q^H"));

  it("has the lecture's letters for units and constants", () => {
    const kinds = (names: string[]) => new Set(names.map((name) => math.typeOf(math.evaluate(name))));
    assert.deepEqual(kinds(["W", "A", "B", "S", "V", "b", "C", "h", "s", "l", "m"]), new Set(["Unit"]));
    assert.deepEqual(kinds(["phi", "tau", "e"]), new Set(["number"]));
    assert.equal(math.typeOf(math.evaluate("i")), "Complex");
  });

  it("leaves x*y - y*x as it is", () => {
    assert.equal(math.rationalize("x*y - y*x").toString(), "x * y - y * x");
  });

  it("skips the children of a node that it replaced", () => {
    const inner = math
      .parse("((a))")
      .transform((node) => ("content" in node ? (node.content as MathNode) : node));
    assert.equal(inner.toString(), "(a)");
  });

  it("multiplies no matrices of nodes", () => {
    const node = math.matrix([[math.parse("a")]] as never);
    assert.throws(() => math.multiply(node, node));
  });

  it("makes a sparse Kronecker product dense", () => {
    const sparse = math.sparse([
      [1, 0],
      [0, 1],
    ]);
    assert.equal(math.typeOf(math.kron(sparse, sparse)), "DenseMatrix");
  });

  it("multiplies matrices of bigint and of fractions exactly", () => {
    const big = math.multiply(
      math.matrix([[2n ** 60n, 1n]] as never),
      math.matrix([[2n ** 60n], [1n]] as never),
    );
    assert.deepEqual(big.toArray(), [[2n ** 120n + 1n]]);
    const third = math.fraction(1, 3);
    const sum = math.multiply(math.matrix([[third, third]] as never), math.matrix([[1], [2]]));
    assert.ok(math.equal((sum.toArray() as never[][])[0][0], 1));
  });

  it("evaluates what it compiled with names from a Map, which it asks before its units", () => {
    assert.equal(
      math.compile("2*W + s").evaluate(
        new Map([
          ["W", 4],
          ["s", 1],
        ]),
      ),
      9,
    );
  });

  it("uses a toTex of its reader's", () => {
    const handler = (node: MathNode) =>
      (node as unknown as { name?: string }).name === "phi" ? "\\phi" : undefined;
    assert.equal(math.parse("phi").toTex({ handler }), "\\phi");
  });

  it("evaluates the arguments of a function of a Map, also of one that asks for them unevaluated", () => {
    const raw = Object.assign((x: unknown) => x, { rawArgs: true });
    assert.equal(math.compile("f(1 + 1)").evaluate(new Map([["f", raw]])), 2);
  });

  it("takes, for simplifyCore, a time that grows faster with a sum than the sum", () => {
    const steps = (count: number) => {
      const sum = Array.from({ length: count }, (_, k) => `x${k}*y${k}`).join("+");
      const start = performance.now();
      math.simplifyCore(math.parse(sum));
      return performance.now() - start;
    };
    const short = Math.max(
      0.1,
      ...[1, 2, 3]
        .map(() => steps(12))
        .sort((x, y) => x - y)
        .slice(0, 1),
    );
    const long = steps(17);
    assert.ok(long > 3 * short, `${short} ms for 12 products, ${long} ms for 17`);
  }).retries(2);
});
