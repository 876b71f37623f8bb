import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";

// P P' has the equation p s + i = p' s + i', which no index can be taken out of: it stays in the sum, and tells it from others.
const world = declare(`
  dims h s d u a l
  X : d x a;  Y : d x a;  A : h*d*u x h*d*u
  G : u x 1 each;  H : u x u each;  y : u x 1 each;  xi(y) with gradient G, hessian H
  map f, P(i:h, c:d; p:u) = (c; p*s + i) from d x a
  map f2, P2(i:h, c:d; p:u) = (c; 2*p + 3*i) from d x a
  map g2, R2(i:h, c:d; p:u) = (c; 2*p + 5*i) from d x a
  map g, R(i:h, c:d; p:u) = (c; p + s*i) from d x a
`);

const status = (text: string): string => proveForAllSizes(world, parseStatement(text)).status;

describe("a sum whose equations cannot be solved", () => {
  for (const text of [
    "P*P' = (P*P')'",
    "P*R' = (R*P')'",
    "P*R'*P*R' = (R*P'*R*P')'",
    "trace(P*R') = trace(R*P')",
    "trace(P*P'*R*R') = trace(R*R'*P*P')",
    "trace(P*R'*A) = trace(A*P*R')",
    "f(X)*g(Y)' = (g(Y)*f(X)')'",
    "P*R'*vec(f(X)) = P*R'*P*vec(X)",
    "P*P'*A*P*P' = (P*P'*A'*P*P')'",
    "P*R' - P*P' = -(P*P' - P*R')",
    "P2*R2' = (R2*P2')'",
    "H' = H",
    "Sum(H)' = Sum(H)",
    "y'*H*G = G'*H*y",
  ])
    it(`is proved: ${text}`, () => assert.equal(status(text), "proved"));

  for (const text of [
    "P*P' = R*R'",
    "P*R' = R*P'",
    "P*P' = I(h*d*u)",
    "P2*P2' = R2*R2'",
    "P2*R2' = R2*P2'",
    "P*P' = P*R'",
    "P*P'*P = R*P'*P",
    "P*P' + P*R' = P*P' + R*P'",
    "P*R'*P*R' = R*P'*R*P'",
    "P*R'*P*R' = P*P'*R*R'",
    "P*R'*vec(f(X)) = R*P'*vec(f(X))",
    "P*P'*A = A*P*P'",
    "trace(P*R') = trace(P*P')",
    "trace(P*R'*A) = trace(R*P'*A)",
    "y'*H*G = y'*H'*y",
    "Sum(y*G') = Sum(G*y')",
  ])
    it(`is not: ${text}`, () => assert.notEqual(status(text), "proved"));
});
