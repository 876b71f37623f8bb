import assert from "node:assert/strict";
import { misplacedLetter } from "../../../src/symbolic/check/oneArgument.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";

const world = declare(`
  dims m n d q a b l; u = floor(a/q); v = floor(b/q)
  W : m x n;  x : n x 1;  z : m x 1;  y : m x 1;  X : n x 1 each;  A : d x a*b;  B : d x a*b
  g : m x 1;  H : m x m;  f : m x 1;  e : m x 1
  xi(S) with gradient g, hessian H
  rho(S) with gradient f
  chi(S) with gradient e
  pool, P_pool = maxpool(q, d, a, b)
`);

/** Why a letter is misplaced, and which arguments were compared: sums whose terms change places are equal. */
function asked(
  text: string,
  given: Readonly<Record<string, string>> = {},
): { why?: string; compared: string[] } {
  const compared: string[] = [];
  const standing = new Map(Object.entries(given).map(([name, argument]) => [name, parse(argument)] as const));
  const why = misplacedLetter(world, parseStatement(text), standing, (left, right) => {
    compared.push(`${print(left)} and ${print(right)}`);
    return print(left) === print(right).split(" + ").reverse().join(" + ");
  });
  return why === undefined ? { compared } : { why, compared };
}

describe("a letter that belongs to one argument", () => {
  it("has its meaning where the loss or the map stands at one, however it is written", () => {
    assert.deepEqual(asked("d(xi(W*x), x) = g'*W*dx"), { compared: [] });
    assert.deepEqual(asked("d(xi(z) + xi(z), z) = 2*g'*dz"), { compared: [] });
    assert.deepEqual(asked("d(xi(z + y) + xi(y + z), z) = 2*g'*dz"), { compared: ["z + y and y + z"] });
    assert.deepEqual(asked("vec(pool(2*A)) = P_pool*vec(2*A)", { pool: "sigma(A)" }), { compared: [] });
    assert.deepEqual(asked("d(xi(y + z), z) = g'*dz", { xi: "z + y" }), { compared: ["z + y and y + z"] });
  });

  it("has none where they are two", () => {
    assert.deepEqual(asked("d(xi(z) + xi(y), z) = H*y"), {
      why: "xi stands at z and at y: g, H belong to one argument",
      compared: ["z and y"],
    });
    assert.equal(
      asked("P_pool*vec(A) = vec(pool(A)) + 0*vec(pool(B))").why,
      "pool stands at A and at B: P_pool belongs to one argument",
    );
    assert.equal(asked("g = 0*xi(z)*xi(y)*g").why, asked("g*0*xi(z)*xi(y) = z").why);
  });

  it("is not asked for where it does not stand", () => {
    assert.deepEqual(asked("xi(z) + xi(y) = xi(y) + xi(z)"), { compared: [] });
    assert.deepEqual(asked("pool(A) + pool(B) = pool(B) + pool(A)"), { compared: [] });
  });

  it("belongs to the argument in the lines before, if there are any", () => {
    for (const text of ["d(xi(z), z) = g'*dz", "xi(z) = xi(z)"])
      assert.equal(
        asked(text, { xi: "y" }).why,
        "xi stands at y in the lines before and at z here: g, H belong to one argument",
      );
    assert.equal(
      asked("vec(pool(B)) = P_pool*vec(B)", { pool: "sigma(A)" }).why,
      "pool stands at A in the lines before and at B here: P_pool belongs to one argument",
    );
  });

  it("is one for all instances only where nothing is summed over arguments of each", () => {
    assert.equal(
      asked("d(Sum(xi(W*X)), W) = Sum(g'*dW*X)").why,
      "xi is summed over instances whose arguments differ, and g, H would be one for all; needed: declare g, H each",
    );
    assert.equal(asked("d(Sum(xi(z)), z) = l*g'*dz").why, undefined);
  });

  it("is not in its own argument, nor around a circle of losses", () => {
    assert.equal(asked("xi(z + H*g) = g'*z").why, "xi stands at z + H * g, in which its own g, H stand");
    assert.equal(asked("xi(z + g) = g'*z").why, "xi stands at z + g, in which its own g, H stand");
    for (const text of ["xi(f) = rho(H*g)", "xi(f) = rho(g)", "xi(z) + xi(f) = rho(g)"])
      assert.equal(asked(text).why, "each of xi, rho stands at a letter of the next", text);
    assert.equal(asked("xi(e) + chi(f) = rho(e)").why, "each of chi, rho stands at a letter of the next");
    assert.equal(asked("xi(f + e) + rho(z) = chi(g)").why, "each of xi, chi stands at a letter of the next");
    assert.equal(
      asked("xi(f) + rho(e) = chi(H*g)").why,
      "each of xi, rho, chi stands at a letter of the next",
    );
    assert.equal(asked("xi(z)*chi(f) + rho(e) = 0").why, "each of chi, rho stands at a letter of the next");
    assert.equal(asked("xi(f) + rho(e) = chi(z)").why, undefined);
  });
});
