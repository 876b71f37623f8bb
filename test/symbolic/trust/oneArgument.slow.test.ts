/** Gradients, Hessians and selections belong to one argument. */
import assert from "node:assert/strict";
import { lecture } from "../../../src/lecture/lecture.js";
import { badgeText } from "../../../src/symbolic/check/badge.js";
import { verifyCertificate } from "../../../src/symbolic/check/certificate.js";
import { badgeOf } from "../../../src/symbolic/check/verdict.js";
import { StepError } from "../../../src/symbolic/derive/derive.js";

const pooling = lecture`
  dims d q a b l; u = floor(a/q); v = floor(b/q)
  A : d x a*b;  B : d x a*b;  Z : d x a*b  each;  c : 1 x 1
  pool, P_pool = maxpool(q, d, a, b)
`;

describe("a selection of max pooling", () => {
  for (const statement of [
    "pool(A + B) = pool(A) + pool(B)",
    "pool(-A) = -pool(A)",
    "pool(A - B) = pool(A) - pool(B)",
    "pool(A .* B) = pool(A) .* pool(B)",
    "pool(c*A) = c*pool(A)",
    "pool(dsigma(A)) = dsigma(pool(A))",
    "pool(A - A) = pool(A) - pool(A + B) + pool(B)",
    "P_pool*vec(A + B) = vec(pool(A)) + vec(pool(B))",
    "Sum(pool(Z)) = l*pool(Z)",
    "Sum(pool(Z)) = pool(Sum(Z))",
  ])
    it(`is another one at another image: ${statement} is refused`, () =>
      assert.throws(() => pooling.check("", statement), /differ|P_pool belongs to one argument/));

  it("is shown by numbers that can be checked: the largest entries are taken", () => {
    const found = pooling.counterexample("pool(-A) = -pool(A)");
    assert.ok(found && !Number.isNaN(found.left) && found.left !== found.right, JSON.stringify(found));
    assert.doesNotMatch(found.text, /modulo/);
  });

  for (const statement of [
    "vec(pool(A)) = P_pool*vec(A)",
    "pool(A) + pool(B) = pool(B) + pool(A)",
    "pool(sigma(A)) = sigma(pool(A))",
    "pool(2*A) = 2*pool(A)",
    "pool(A/3) = pool(A)/3",
    "Sum(pool(A)) = l*pool(A)",
    "P_pool*P_pool' = I(d*u*v)",
    "d(pool(A), A) = mat(P_pool*vec(dA), d, u*v)",
    "pool(A) .* pool(A) = mat(P_pool*vec(A .* A), d, u*v)",
  ])
    it(`is one at one image: ${statement} is proved`, () =>
      assert.equal(pooling.check("", statement).level, "all sizes"));

  it("is one for an image and σ of it where σ does not decrease, which the badge says", () => {
    const said = (statement: string) => badgeText(badgeOf(pooling.check("", statement)));
    assert.equal(said("pool(sigma(A)) = sigma(pool(A))"), "✓ all sizes where σ does not decrease");
    assert.equal(said("pool(sigma(A)) = mat(P_pool*vec(sigma(A)), d, u*v)"), "✓ all sizes");
  });

  it("is that of what is within all images, which is largest in each where σ does not decrease", () => {
    const said = (statement: string) => badgeText(badgeOf(pooling.check("", statement)));
    const rises = "✓ all sizes where σ does not decrease";
    for (const statement of [
      "P_pool*vec(A) + 0*vec(pool(sigma(A))) = vec(pool(A))",
      "vec(pool(A)) + 0*vec(pool(sigma(A))) = P_pool*vec(A)",
      "0*vec(pool(sigma(sigma(A)))) + vec(pool(sigma(A))) = P_pool*vec(sigma(A))",
      "vec(pool(sigma(2*A))) + vec(pool(3*sigma(A))) = P_pool*(vec(sigma(2*A)) + 3*vec(sigma(A)))",
    ])
      assert.equal(said(statement), rises, statement);
    assert.equal(said("P_pool*vec(A) + 0*vec(pool(2*A)) = vec(pool(A))"), "✓ all sizes");
    assert.equal(said("0*vec(pool(2*sigma(A))) + vec(pool(sigma(A))) = P_pool*vec(sigma(A))"), "✓ all sizes");
  });

  it("asks the same of σ where an image stood in the lines before", () => {
    const start = pooling.derive("vec(pool(sigma(A)))").eq("vec(sigma(pool(A)))");
    const line = start.eq("vec(sigma(pool(A))) + P_pool*vec(A) - vec(pool(A))").lines.at(-1);
    assert.deepEqual(line?.verdict?.caveats, [{ kind: "rising" }]);
  });

  it("stays at its image from line to line", () => {
    const start = pooling.derive("P_pool*vec(A)").eq("vec(pool(A))");
    assert.throws(
      () => start.eq("vec(pool(A)) + P_pool*vec(B) - vec(pool(B))"),
      /P_pool belongs to one argument/,
    );
  });
});

const losses = lecture`
  dims m n l
  S : m x n;  T : m x n;  W : m x n;  Zi : n x 1  each;  y : m x 1;  c : 1 x 1
  G : m x n;  g : m x 1;  xi(S) with gradient G;  eta(y) with gradient g
`;

describe("the gradient of a loss", () => {
  for (const statement of [
    "d(Sum(eta(W*Zi)), W) = vec(g*Sum(Zi)')'*vec(dW)",
    "d(Sum(eta(W*Zi)), W) = Sum(vec(g*Zi')'*vec(dW))",
  ])
    it(`is not one for all instances: ${statement} asks for one of each`, () =>
      assert.throws(() => losses.check("", statement), /declare g each/));

  it("is asked for each instance by a gradient too", () =>
    assert.throws(() => losses.gradient("Sum(eta(W*Zi))", "W"), /declare g each/));

  const summed = lecture`
    dims m k n l; W : m x k; Z : k x n each; A : k x n
    G : m x n;  H : m*n x m*n;  xi(S) with gradient G, hessian H
    E : m x n each;  J : m*n x m*n;  eta(S) with gradient E, hessian J
  `;

  it("does not change within a sum as if it were one for all instances, wherever the loss stands", () => {
    for (const statement of [
      "0*xi(W*Z)*G + Sum(d(G, W)) = mat(H*vec(dW*Sum(Z)), m, n)",
      "0*xi(W*Z)*G + d(Sum(G), W) = Sum(mat(H*vec(dW*Z), m, n))",
      "0*xi(W*Z)*G + Sum(d(G, W)) = l*d(G, W)",
    ])
      assert.throws(() => summed.check("", statement), /needed: declare G, H each/, statement);
    const held = [
      "0*xi(W*Z)*G + d(G, W) = mat(H*vec(dW*Z), m, n)",
      "0*xi(W*A)*G + Sum(d(G, W)) = l*mat(H*vec(dW*A), m, n)",
      "0*eta(W*Z)*E + Sum(d(E, W)) = mat(J*vec(dW*Sum(Z)), m, n)",
    ];
    for (const statement of held) assert.equal(summed.check("", statement).level, "all sizes", statement);
  });

  it("or the Hessian alone says that there is one argument, which has neither in it", () => {
    const two = /xi stands at W \* A and at 2 \* W \* A: G, H belong to one argument/;
    for (const statement of [
      "d(xi(W*A), A) + 0*xi(2*W*A) = trace(G'*W*dA)",
      "0*xi(W*A)*H + 0*xi(2*W*A)*H = 0*H",
    ])
      assert.throws(() => summed.check("", statement), two, statement);
    for (const argument of ["W*A + G", "W*A + mat(H*vec(W*A), m, n)"])
      assert.throws(
        () => summed.check("", `xi(${argument}) = xi(${argument})`),
        /in which its own G, H stand/,
      );
    const inTurn = "0*(xi(W*A) + xi(W*A + E) + eta(W*A + G))*E + d(E, W) = d(E, W)";
    assert.throws(() => summed.check("", inTurn), /each of xi, eta stands at a letter of the next/);
  });

  it("is one for each instance where the Hessian is", () =>
    assert.throws(
      () => lecture`dims m n; T : m x n; U : m*n x m*n each; tau(S) with gradient T, hessian U`,
      /the Hessian U is one for each instance, and the gradient T is one for all.*; needed T each/,
    ));

  it("is nothing to take a differential by", () => {
    for (const statement of ["0*xi(W*A)*G + d(G, G) = 0*G", "d(trace(H), H) = trace(dH)", "d(A, G) = 0"])
      assert.throws(() => summed.check("", statement), /[GH] moves with the argument of xi; d\(E, X\) needs/);
  });

  it("may be one for all where the argument is", () =>
    assert.equal(losses.check("", "d(Sum(eta(c*y)), c) = l*g'*y*dc").level, "all sizes"));

  it("is refused where the loss stands at two arguments", () =>
    assert.throws(
      () => losses.check("", "d(xi(S), S) + d(xi(T), T) = vec(G)'*vec(dS) + d(xi(T), T)"),
      /G belongs to one argument/,
    ));

  it("is no part of the argument it is taken at", () => {
    for (const statement of ["d(xi(G), S) = vec(G)'*vec(d(G, S))", "xi(2*G) = xi(G + G)"])
      assert.throws(() => losses.check("", statement), /xi stands at .*in which its own G stands/);
  });

  it("is no part of an argument in whose own letter it stands in turn", () =>
    assert.throws(
      () => losses.check("", "0*xi(S + g*ones(n)') + 0*eta(y + G*ones(n)) + trace(G'*d(G, S)) = 0"),
      /each of xi, eta stands at a letter of the next/,
    ));

  it("stays at the argument of the first line", () => {
    const start = losses.derive("d(xi(S), S)").eq("vec(G)'*vec(dS)");
    assert.throws(() => start.eq("d(xi(2*S), S)/2"), /xi stands at S in the lines before and at 2 \* S here/);
    assert.throws(() => start.done("d(xi(2*S), S)/2"), /G belongs to one argument/);
  });

  it("stays there where the first lines do not name it", () => {
    const start = losses.derive("vec(G)'*vec(dS)").eq("d(xi(S), S)").eq("vec(G)'*vec(dS)");
    assert.throws(() => start.eq("d(xi(S + T), S)"), /G belongs to one argument/);
  });

  it("may stand at the same argument written in another way", () => {
    const end = losses.derive("d(xi(S + T), S)").eq("d(xi(T + S), S)").eq("vec(G)'*vec(dS)");
    assert.equal(end.lines.at(-1)?.verdict?.level, "all sizes");
  });

  it("makes an answer to an exercise wrong that takes it at another argument", () => {
    const sheet = losses
      .exercise("d(xi(S), S)")
      .eq("vec(G)'*vec(dS)")
      .blankEq("vec(dS)'*vec(G)", "transposed");
    assert.equal(sheet.answer("d(xi(2*S), S)/2").outcome, "wrong");
    assert.equal(sheet.answer("vec(dS)'*vec(G)").outcome, "right");
  });

  it("stands in the certificate of a line with the argument it belongs to", () => {
    const line = losses.derive("d(xi(S), S)").eq("vec(G)'*vec(dS)").eq("vec(dS)'*vec(G)").lines[2];
    const certificate = line.verdict?.certificate() as { standing: Record<string, string> };
    assert.deepEqual(certificate.standing, { xi: "S" });
    assert.ok(verifyCertificate(certificate)[0].ok);
    const forged = { ...certificate, statement: "vec(G)' * vec(dS) = d(xi(2 * S), S) / 2" };
    assert.equal(verifyCertificate(forged)[0].ok, false);
  });
});

describe("a gradient that moves while its loss stands nowhere", () => {
  const L = lecture`dims m j;  G : m x 1;  W : m x 1;  xi(S) with gradient G`;

  it("is refused in words: what it changes by is not known", () => {
    const statement = "d(G*(G'*ones(m)), W) = d(G*(G'*ones(m)), W) + 0*W*ones(1)";
    assert.throws(
      () => L.check("x", statement),
      (error) =>
        error instanceof StepError &&
        /G depends on the argument of xi, which stands nowhere here/.test(error.message),
    );
  });
});
