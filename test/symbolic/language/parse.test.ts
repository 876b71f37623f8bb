import assert from "node:assert/strict";
import fc from "fast-check";
import {
  binary,
  call,
  type Expression,
  name,
  negated,
  number,
} from "../../../src/symbolic/language/expression.js";
import { ParseError, parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { print, printStatement } from "../../../src/symbolic/language/print.js";
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
    assert.deepEqual(parse("phi(W * b)"), call("phi", binary("*", name("W"), name("b"))));
    assert.deepEqual(parse("e"), name("e"));
  });

  it("reads a statement of two sides", () => {
    assert.equal(
      printStatement(parseStatement("vec(A*B) = kron(I(n), A)*vec(B)")),
      "vec(A * B) = kron(I(n), A) * vec(B)",
    );
    assert.throws(() => parseStatement("A = B = C"), /2 signs of equality; needed left = right/);
  });

  for (const [text, why] of [
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
