import assert from "node:assert/strict";
import fc from "fast-check";
import {
  apply,
  binary,
  call,
  type Expression,
  name,
  negated,
  number,
} from "../../../src/symbolic/language/expression.js";
import { ParseError, parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { print, printStatement } from "../../../src/symbolic/language/print.js";
import { calculate } from "../../../src/symbolic/sizes/sizes.js";
import { cases } from "../../cases.js";

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom("W", "Z", "b", "a_out").map(name),
    fc.nat(9).map(number),
    fc
      .tuple(fc.constantFrom("+", "-", "*", ".*", "/" as const), tie("expression"), tie("expression"))
      .map(([op, left, right]) => binary(op as "+", left, right)),
    tie("expression").map(negated),
    tie("expression").map((of): Expression => ({ kind: "unary", op: "'", of })),
    fc.array(tie("expression"), { minLength: 1, maxLength: 3 }).map((args) => call("kron", ...args)),
  ),
}));

describe("an expression in text", () => {
  it("reads back as the same tree, whatever it is", () => {
    fc.assert(
      fc.property(expression, (e) => assert.deepEqual(parse(print(e)), e)),
      cases(500),
    );
  });

  it("keeps A .* (B * C), which mathjs itself prints as another matrix", () => {
    assert.equal(print(parse("A .* (B * C)")), "A .* (B * C)");
    assert.equal(print(parse("(A - B) - C")), "A - B - C");
    assert.equal(print(parse("A - (B - C)")), "A - (B - C)");
    assert.equal(print(parse("(A * B)' * C'")), "(A * B)' * C'");
  });

  it("knows the lecture's letters as names, not as units or constants", () => {
    assert.deepEqual(parse("phi(W * b)"), apply("phi", binary("*", name("W"), name("b"))));
    assert.deepEqual(parse("e"), name("e"));
  });

  it("reads a statement of two sides", () => {
    assert.equal(
      printStatement(parseStatement("vec(A*B) = kron(I(n), A)*vec(B)")),
      "vec(A * B) = kron(I(n), A) * vec(B)",
    );
    assert.throws(() => parseStatement("A = B = C"), /2 signs of equality; needed left = right/);
  });

  it("raises to a power from the right, as mathematics does", () => {
    const factorsOf = (text: string) => print(parse(text)).split(" * ");
    assert.deepEqual(factorsOf("2^3^2"), new Array(9).fill("2")); // 2⁹ = 512, not 8² = 64
    assert.deepEqual(factorsOf("2³²"), new Array(32).fill("2"));
    assert.deepEqual(factorsOf("n^2^3"), new Array(8).fill("n"));
    assert.deepEqual(factorsOf("n^{2}^{3}"), new Array(8).fill("n"));
    assert.equal(print(parse("(n^2)^3")), "n * n * (n * n) * (n * n)");
    assert.equal(print(parse("A^2'")), "(A * A)'");
    assert.equal(calculate(parse("2^3^2"), {}), 512);
    assert.equal(calculate(parse("2^2^2^2"), {}), 65536);
  });

  for (const [text, why] of [
    ["n^3^2", /a power; needed a whole exponent from 1 to 8/],
    ["2^3^A", /a power; needed a whole exponent/],
    ["2^3^0", /a power; needed a whole exponent/],
    ["3^2^8", /a power; needed a whole exponent/],
    ["A + ", /the text ends here; needed a name, a number or \(/],
    ["A ? B : C", /\? has no meaning here; there are [\s\S]*\n {2}A \? B : C\n {4}\^$/],
    ["[1, 2]", /has no meaning here/],
    ["0.5 * A", /the number 0.5; needed whole numbers/],
    ["A % B", /% has no meaning here/],
    ["A ^ B", /a power; needed a whole exponent/],
    ["f(x) = x", /an equation; needed an expression/],
  ] as const) {
    it(`refuses ${text}`, () => {
      assert.throws(
        () => parse(text),
        (error) => error instanceof ParseError && why.test(error.message),
      );
    });
  }
});
