import assert from "node:assert/strict";
import { gradient } from "../../../src/symbolic/derive/gradient.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { printStatement } from "../../../src/symbolic/language/print.js";
import { differingParts } from "../../../src/symbolic/prove/congruence.js";
import { generalised } from "../../../src/symbolic/prove/generalise.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { network, output } from "../networkWorld.js";
import { provedWorld as world } from "../provedStatements.js";

const partsOf = (text: string) => differingParts(world, parseStatement(text)).map(printStatement);

const general = (text: string) => {
  const found = generalised(world, parseStatement(text));
  return found && printStatement(found.statement);
};

const status = (text: string) => proveForAllSizes(world, parseStatement(text)).status;

describe("where two sides differ", () => {
  const expected: [string, string[]][] = [
    ["A*X = A*X", []],
    ["A + M = M + A", []],
    ["A*X*B = A*X*(B + 0*B)", ["B = B + 0 * B"]],
    ["vec(phi(Z))'*P = (P*vec(Z))'*P", ["vec(phi(Z)) = P * vec(Z)"]],
    ["sigma(A + M) - M = sigma(M + A) - M", []],
    ["2*A*X*B + A*X*B = A*X*B + A*X*2*B", ["2 * A * X = A * X * 2"]],
    ["kron(A, vec(A')) = kron(A, K(m, n)*vec(A))", ["vec(A') = K(m, n) * vec(A)"]],
    ["d(norm2(A), A) = d(vec(A)'*vec(A), A)", ["norm2(A) = vec(A)' * vec(A)"]],
  ];
  for (const [text, parts] of expected)
    it(`${text} says ${parts.join(", ") || "nothing new"}`, () => assert.deepEqual(partsOf(text), parts));

  it("is not asked where a loss stands at two arguments: one gradient is declared", () => {
    assert.deepEqual(partsOf("xi(G) + d(xi(Q), Q) = xi(G) + vec(G)'*vec(dQ)"), [
      "xi(G) + d(xi(Q), Q) = xi(G) + vec(G)' * vec(dQ)",
    ]);
    assert.equal(status("xi(G) + d(xi(Q), Q) = xi(G) + vec(G)'*vec(dQ)"), "outside");
  });

  it("is not looked for within sizes", () => {
    assert.deepEqual(partsOf("mat(vec(A), m, n) = mat(vec(M), m, n)"), ["A = M"]);
    assert.deepEqual(partsOf("I(m*n) = I(n*m)"), ["I(m * n) = I(n * m)"]);
  });
});

describe("a letter for what both sides have in common", () => {
  const expected: [string, string | undefined][] = [
    ["vec(sigma(A)*X) = kron(X', I(m))*vec(sigma(A))", "vec(#0 * X) = kron(X', I(m)) * vec(#0)"],
    ["d(sigma(A*X), A) = dsigma(A*X) .* d(A*X, A)", "d(sigma(#0), A) = dsigma(#0) .* d(#0, A)"],
    ["vec(A) = K(n, m)*vec(A')", undefined],
  ];
  for (const [text, letters] of expected)
    it(`${text} becomes ${letters ?? "nothing else"}`, () => assert.equal(general(text), letters));

  it("changes with what stood there, and differs between instances as it did", () => {
    assert.equal(status("d(sigma(A*X), A) = dsigma(A*X) .* d(A*X, A)"), "proved");
    assert.equal(status("d(norm2(X)*A, X) = d(norm2(X), X)*A"), "proved");
    assert.equal(status("d(norm2(A)*A, A) = d(norm2(A), A)*A"), "open");
    assert.equal(status("Sum(norm2(y)*A) = Sum(norm2(y))*A"), "proved");
    assert.equal(status("Sum(sigma(A)) = l*sigma(A)"), "proved");
    assert.equal(status("Sum(sigma(y)) = l*sigma(y)"), "open");
  });

  it("keeps the work of a long derivation small: no line writes out what the next one leaves alone", () => {
    const { steps } = gradient(network, `Sum(norm2(${output} - y))/l`, "W1");
    const lengths = steps.lines.slice(1).map(({ expression }, k) => {
      const [part] = differingParts(network, { left: steps.lines[k].expression, right: expression });
      return printStatement(generalised(network, part)?.statement ?? part).length;
    });
    assert.ok(steps.lines.length > 30);
    assert.ok(Math.max(...lengths) < 320, `${Math.max(...lengths)}`);
  });
});
