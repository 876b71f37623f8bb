import assert from "node:assert/strict";
import { gradient } from "../../../src/symbolic/derive/gradient.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { polynomialText } from "../../../src/symbolic/language/polynomial.js";
import { print, printStatement } from "../../../src/symbolic/language/print.js";
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
    // sums
    ["A - M = A + M", ["-M = M"]],
    ["A - M = A - 2*M", ["M = 2 * M"]],
    ["A - (M - A) = -M + A", ["A - (M - A) = -M + A"]],
    ["C + n = C", ["n = 0"]],
    ["C - (n - C) = -n + C", ["C = 0"]],
    ["-(A + M) = -A - 2*M", ["M = 2 * M"]],
    ["A + M + M = M + 2*A", ["A + M = 2 * A"]],
    ["A = A + M", ["A = A + M"]],
    ["-A = -M", ["A = M"]],
    ["C = C + n", ["0 = n"]],
    ["A + M = 2*A + 2*M", ["A = 2 * A", "M = 2 * M"]],
    ["A*M' + (M*A')' = A*M' - M*A'", ["(M * A')' = -(M * A')"]],
    // products
    ["A = A*X*X'", ["A = A * X * X'"]],
    ["C*n*C = C*m*n*C", ["n = m * n"]],
    ["C*m*n*C = C*n*C", ["m * n = n"]],
    ["A*X = M*sigma(X)", ["A * X = M * sigma(X)"]],
    ["A*X*B = A*X*M*B", ["A * X * B = A * X * M * B"]],
    ["A*X*X'*B = A*B", ["A * X * X' * B = A * B"]],
    ["A*X*X' = M*X*X'", ["A = M"]],
    ["M'*(A*X) = M'*(M*X)", ["A = M"]],
    // functions, operators, transposes
    ["sigma(A) = dsigma(A)", ["sigma(A) = dsigma(A)"]],
    ["sigma(A) = sigma(M)", ["A = M"]],
    ["norm2(relu(A)) = norm2(relu(M))", ["A = M"]],
    ["pool(G) = mean(G)", ["pool(G) = mean(G)"]],
    ["A' = M'", ["A = M"]],
    ["-A = A'", ["-A = A'"]],
    ["A .* M = M .* A", ["A = M", "M = A"]],
    ["A .* M = A + M", ["A .* M = A + M"]],
    ["A/n = M/n", ["A = M"]],
    ["A/n = A/m", ["n = m"]],
    ["phi(Z) = phi(2*Z)", ["Z = 2 * Z"]],
    ["xi(G) = xi(2*G)", ["xi(G) = xi(2 * G)"]],
    ["phi(Z) = phi_pad(pad(Z))", ["phi(Z) = phi_pad(pad(Z))"]],
    ["vec(phi(Z)) = vec(sigma(phi(Z)))", ["phi(Z) = sigma(phi(Z))"]],
    ["ones(m, n) = ones(m, n + 0)", ["ones(m, n) = ones(m, n + 0)"]],
    ["d(A, A) = d(A, M)", ["d(A, A) = d(A, M)"]],
    ["d(norm2(A), A) = d(norm2(M), A)", ["A = M"]],
    ["d(norm2(relu(A)), A) = d(norm2(M), A)", ["d(norm2(relu(A)), A) = d(norm2(M), A)"]],
    ["d(norm2(M), A) = d(norm2(drelu(A)), A)", ["d(norm2(M), A) = d(norm2(drelu(A)), A)"]],
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
    ["-A + M = M + -A", "#0 + M = M + #0"],
    ["(A*X)' + X'*A' = 2*(A*X)'", "#0' + X' * A' = 2 * #0'"],
    ["norm2(A)*A = A*norm2(A)", "#0 * A = A * #0"],
    ["trace(A*M')*Sum(A) = Sum(A)*trace(A*M')", "#1 * #0 = #0 * #1"],
    ["2*(A*X) .* (A*X) = (A*X) .* (2*(A*X))", "#1 .* #0 = #0 .* #1"],
    ["sigma(A*X) + A*X = A*X + sigma(A*X)", "#1 + #0 = #0 + #1"],
    [
      "kron(relu(A), I(m)) = kron(relu(A), I(m)) + 0*kron(A, I(m))",
      "kron(#0, I(m)) = kron(#0, I(m)) + 0 * kron(A, I(m))",
    ],
    [
      "diag(vec(drelu(A)))*vec(phi(Z)) = diag(vec(phi(Z)))*vec(drelu(A))",
      "diag(vec(#1)) * vec(#0) = diag(vec(#0)) * vec(#1)",
    ],
    ["A*X + 0*A*X = A*X", undefined],
    ["2*A = A*2", undefined],
    ["(m*n)*vec(I(m*n)) = vec(I(m*n))*(m*n)", "#0 * vec(I(m * n)) = vec(I(m * n)) * #0"],
    ["I(m*n)*vec(A) = mat(vec(A), m*n, 1)", undefined],
    ["K(m, n)*vec(A) + ones(m*n) = ones(m*n) + K(m, n)*vec(A)", "#0 + ones(m * n) = ones(m * n) + #0"],
  ];
  for (const [text, letters] of expected)
    it(`${text} becomes ${letters ?? "nothing else"}`, () => assert.equal(general(text), letters));

  it("has the size of what stood there, and is one of each instance where that was", () => {
    const found = generalised(world, parseStatement("sigma(y)*trace(A*M') = trace(A*M')*sigma(y)"));
    const [x, y] = ["#0", "#1"].map((letter) => found?.world.matrices.get(letter));
    assert.deepEqual(
      [x?.each, y?.each, x && print(x.standsFor!), y && print(y.standsFor!)],
      [...[false, true, "trace(A * M')", "sigma(y)"]],
    );
    assert.deepEqual([y!.rows, y!.cols, ...y!.rowDigits, ...y!.colDigits].map(polynomialText), [
      "n_L",
      "1",
      "n_L",
      "1",
    ]);
    assert.deepEqual(
      found?.letters.map(([letter, e]) => `${letter} ${print(e)}`),
      ["#0 trace(A * M')", "#1 sigma(y)"],
    );
  });

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
