import assert from "node:assert/strict";
import {
  children,
  type Expression,
  factors,
  name,
  withChildren,
} from "../../../src/symbolic/language/expression.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { slipsOf } from "../../../src/symbolic/refute/slips.js";
import { suggestions, suggestionText } from "../../../src/symbolic/refute/suggestions.js";
import { shapeFailure, trial } from "../../../src/symbolic/trial/trial.js";
import { lecture } from "../lectureWorld.js";
import { falseStatements, falseWorld } from "./falseStatements.js";

const slips = (text: string) =>
  slipsOf(lecture, parseStatement(text)).map(({ label, e }) => `${label}: ${print(e)}`);

describe("the slips of a line", () => {
  const expected: [statement: string, slip: string][] = [
    ["W = W", "missing transpose: W'"],
    ["W = W'", "superfluous transpose: W"],
    ["W = P", "missing transpose of the index map's matrix: P'"],
    ["W = W*Z*G", "product in the wrong order: Z * W * G"],
    ["W = W*Z*G", "product in the wrong order: W * G * Z"],
    ["W = W*Z*G", "a factor 2 is missing: 2 * W * Z * G"],
    ["W = 2*W", "superfluous factor 2: W"],
    ["W = W*Z", "the product of matrices instead of entry by entry: W .* Z"],
    ["W = W .* Z", "entry by entry instead of the product of matrices: W * Z"],
    ["W = W + Z", "the sign: W - Z"],
    ["W = W - Z", "the sign: W + Z"],
    ["W = -W", "the sign: W"],
    ["W = W", "the sign: -W"],
    ["W = kron(W, Z)", "Kronecker factors swapped: kron(Z, W)"],
    ["W = kron(W, Z)", "Kronecker factors swapped and transposed: kron(Z', W')"],
    ["W = vec(W)", "rows stacked instead of columns: vec(W')"],
    ["W = mat(b, d_out, h)", "the sizes of mat swapped: mat(b, h, d_out)"],
    ["W = mat(b, d_out, h)", "rows filled instead of columns: mat(b, h, d_out)'"],
    ["W = K(h, s)", "the sizes of K swapped: K(s, h)"],
    ["W = I(d_out)*W", "the size of I: I(h * h * d_in) * W"],
    ["W = kron(b, ones(d_out))", "the size of ones: kron(b, ones(h * h * d_in))"],
    ["W = dsigma(W)", "σ′ instead of σ: sigma(W)"],
    ["W = sigma(W)", "σ instead of σ′: dsigma(W)"],
    ["W = vec(W*Z)", "product in the wrong order: vec(Z * W)"],
    ["W = d(W*Z, W)", "product in the wrong order: d(Z * W, W)"],
  ];
  for (const [statement, slip] of expected) {
    it(`include ${slip}`, () => assert.ok(slips(statement).includes(slip), slips(statement).join("\n")));
  }

  it("are each another expression, and never the written one", () => {
    const all = slipsOf(lecture, parseStatement("W = kron(phi(Z)', I(d_out))*vec(W) + 2*b")).map(({ e }) =>
      print(e),
    );
    assert.equal(new Set(all).size, all.length);
    assert.ok(!all.includes("kron(phi(Z)', I(d_out)) * vec(W) + 2 * b"));
    assert.ok(all.every((text) => !text.includes("''")));
  });
});

describe("suggestions for a wrong line", () => {
  const repaired: [wrong: string, suggestion: string][] = [
    [
      "vec(W*phi(Z)) = kron(I(d_out), phi(Z)')*vec(W)",
      "Kronecker factors swapped: kron(phi(Z)', I(d_out)) * vec(W)",
    ],
    ["vec(W*phi(Z)) = kron(phi(Z), I(d_out))*vec(W)", "missing transpose: kron(phi(Z)', I(d_out)) * vec(W)"],
    [
      "vec(W*phi(Z)) = kron(I(d_out), W)*vec(phi(Z))",
      "the size of I: kron(I(a_out * b_out), W) * vec(phi(Z))",
    ],
    [
      "vec(d(W*phi(Z), W)) = kron(phi(Z)', I(d_out))*vec(dW')",
      "rows stacked instead of columns: kron(phi(Z)', I(d_out)) * vec(dW)",
    ],
    [
      "d(xi(W*phi(Z)), Z) = vec(W'*G)'*P'*vec(dZ)",
      "superfluous transpose of the index map's matrix: vec(W' * G)' * P * vec(dZ)",
    ],
    ["d(xi(W*phi(Z)), Z) = vec(G*W')'*P*vec(dZ)", "product in the wrong order: vec(W' * G)' * P * vec(dZ)"],
    ["d(norm2(y), y) = y'*dy", "a factor 2 is missing: 2 * y' * dy"],
    [
      "phi(Z) = mat(P*vec(Z), a_out*b_out, h*h*d_in)",
      "the sizes of mat swapped: mat(P * vec(Z), h * h * d_in, a_out * b_out)",
    ],
    ["d(xi(sigma(W*phi(Z))), b) = d(xi(W*phi(Z)), b)", ""],
    [
      "2*W*phi(Z) + 2*b*ones(a_out*b_out)' = 2*(W*phi(Z) - b*ones(a_out*b_out)')",
      "the sign: 2 * (W * phi(Z) + b * ones(a_out * b_out)')",
    ],
    ["d(sigma(b), b) = sigma(b) .* db", "σ instead of σ′: dsigma(b) .* db"],
  ];
  for (const [wrong, suggestion] of repaired.filter(([, text]) => text !== "")) {
    it(`for ${wrong}: ${suggestion}`, () => {
      assert.equal(suggestions(lecture, parseStatement(wrong)).map(suggestionText)[0], suggestion);
    });
  }

  it("are verified: each passes the trial, and is one of the slips", () => {
    for (const [wrong] of repaired) {
      const statement = parseStatement(wrong);
      const texts = slipsOf(lecture, statement).map(({ e }) => print(e));
      for (const suggestion of suggestions(lecture, statement)) {
        const right = parse(suggestion.expression);
        assert.equal(shapeFailure(lecture, { ...statement, right }), undefined);
        const result = trial(lecture, { ...statement, right });
        assert.ok(result.passed && !result.vacuous, suggestionText(suggestion));
        assert.ok(texts.includes(print(right)));
      }
    }
  });

  it("are at most three, one of a kind, and none where no one slip explains the line", () => {
    const many = suggestions(lecture, { left: parse("norm2(W)"), right: parse("-vec(W)'*vec(W)") });
    assert.ok(many.length <= 3 && new Set(many.map(({ slip }) => slip)).size === many.length);
    assert.deepEqual(suggestions(lecture, parseStatement("W = W .* W")), []);
    assert.deepEqual(suggestions(lecture, parseStatement("W = Z")), []);
  });

  it("never repeat a side, however it is written", () => {
    const again = [
      "W = -W",
      "W*phi(Z) + b*ones(a_out*b_out)' = W*phi(Z) - b*ones(a_out*b_out)'",
      "b*ones(a_out*b_out)' + W*phi(Z) = W*phi(Z) - b*ones(a_out*b_out)'",
      "sigma(b) = dsigma(b)",
      "b = 2*b",
      "W = W'",
      "kron(b', W)' = kron(b, W)",
    ];
    for (const text of again) assert.deepEqual(suggestions(lecture, parseStatement(text)), [], text);
  });

  for (const text of falseStatements)
    it(`repeat no side of ${text}`, () => {
      const statement = parseStatement(text);
      const sides = [statement.left, statement.right].map(tidied);
      for (const { expression } of suggestions(falseWorld, statement))
        assert.ok(!sides.includes(tidied(parse(expression))), expression);
    });

  it("are none that is about nothing: 0 = 0 repairs no line", () => {
    assert.deepEqual(suggestions(lecture, parseStatement("W - W = b - b")), []);
  });
});

/** The text without what a reader does not look at: spaces, the order of summands and of numbers, parentheses of products. */
function tidied(e: Expression): string {
  if (e.kind === "binary" && e.op === "+") return terms(e).map(tidied).sort().join("+");
  if (e.kind === "binary" && e.op === "*") {
    const texts = factors(e).map(tidied);
    const isNumber = (text: string) => /^[0-9]+$/.test(text);
    return [...texts.filter(isNumber).sort(), ...texts.filter((text) => !isNumber(text))].join("*");
  }
  if (e.kind === "unary" && e.op === "'" && e.of.kind === "unary" && e.of.op === "'") return tidied(e.of.of);
  const parts = children(e).map((part) => name(`(${tidied(part)})`));
  return print(withChildren(e, parts));
}

function terms(e: Expression): Expression[] {
  return e.kind === "binary" && e.op === "+" ? [...terms(e.left), ...terms(e.right)] : [e];
}
