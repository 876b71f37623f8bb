import assert from "node:assert/strict";
import katex from "katex";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { derive } from "../../../src/symbolic/derive/derive.js";
import {
  type Derived,
  GradientError,
  gaussNewton,
  gradient,
  jacobian,
  jtu,
  jv,
} from "../../../src/symbolic/derive/gradient.js";
import { withDifferentialsInside } from "../../../src/symbolic/derive/strategy.js";
import type { BuiltIn } from "../../../src/symbolic/language/builtIns.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { texOf } from "../../../src/symbolic/world/tex.js";
import type { World } from "../../../src/symbolic/world/world.js";
import { lecture } from "../lectureWorld.js";
import { network, output, S1, S2 } from "../networkWorld.js";
import { assertSameValue, type Place } from "../residues.js";

const S = "W*phi(Z) + b*ones(a_out*b_out)'";
const z = `V*vec(sigma(${S}))`;
const places = new Map<World, Place>([
  [lecture, { sizes: { h: 2, s: 1, d_in: 2, a_in: 3, b_in: 4, d_out: 3, n_L: 2, l: 2 }, seed: 3 }],
  [
    network,
    {
      sizes: { h: 2, s: 1, p: 1, q: 2, d_in: 1, a_in: 3, b_in: 4, d_1: 2, d_2: 1, n_1: 2, n_2: 3, l: 2 },
      seed: 4,
    },
  ],
]);

/** The formula as text, with abbreviations; every step is compared with the one before it on numbers. */
function verified({ formula, steps }: Derived): string {
  const place = places.get(steps.world);
  assert.ok(place);
  for (const [k, line] of steps.lines.entries()) {
    if (k === 0) continue;
    const [before, after] = [steps.lines[k - 1].expression, line.expression];
    assertSameValue(
      steps.world,
      before,
      after,
      place,
      `${line.reason}: ${print(before)} became ${print(after)}`,
    );
  }
  return short(print(formula));
}

function short(text: string): string {
  const names = { S2, S1, z, S };
  return Object.entries(names).reduce((rest, [name, e]) => rest.replaceAll(print(parse(e)), name), text);
}

describe("the gradient of one layer, any loss", () => {
  const expected: Record<string, string> = {
    W: "vec(G * phi(Z)')'",
    b: "(G * ones(a_out * b_out))'",
    Z: "vec(W' * G)' * P",
  };
  for (const [X, formula] of Object.entries(expected)) {
    it(`by ${X} is ${formula}`, () => assert.equal(verified(gradient(lecture, `xi(${S})`, X)), formula));
  }

  it("is refused without a check too where the loss stands at two arguments, and its gradient at one", () => {
    const xi = (factor: string) => `xi(${factor}*(${S}))`;
    for (const text of [`${xi("2")} + ${xi("3")}`, `${xi("2")} * ${xi("3")}`, `${xi("1")} - ${xi("2")}/2`])
      assert.throws(
        () => gradient(lecture, text, "W"),
        /xi stands at .* and at .*: G belongs to one argument/,
      );
    assert.equal(verified(gradient(lecture, `xi(${S}) + xi(${S})`, "b")), "2 * (G * ones(a_out * b_out))'");
  });

  it("with padding is the lecture's: X16, X17, X18", () => {
    assert.equal(verified(gradient(network, `psi(${S1})`, "W1")), "vec(G1 * phi_1(pad(Z))')'");
    assert.equal(verified(gradient(network, `psi(${S1})`, "b1")), "(G1 * ones(a_1 * b_1))'");
    assert.equal(verified(gradient(network, `psi(${S1})`, "Z")), "vec(W1' * G1)' * P_1 * P_pad");
  });

  it("of a full layer is the lecture's: X19", () => {
    assert.equal(verified(gradient(network, "zeta(V2*z + c2)", "V2")), "vec(g * z')'");
    assert.equal(verified(gradient(network, "zeta(V2*z + c2)", "c2")), "g'");
    assert.equal(verified(gradient(network, "zeta(V2*z + c2)", "z")), "g' * V2");
  });

  it("of the squared loss has no half: X20", () => {
    assert.equal(verified(gradient(network, "norm2(u - y)", "u")), "2 * (u - y)'");
  });

  it("is written in the lecture's letters", () => {
    const { formula } = gradient(lecture, `xi(${S})`, "Z");
    assert.equal(
      texOf(lecture, formula),
      String.raw`\operatorname{vec}\biggl(W^{T} \frac{\partial \xi}{\partial S}\biggr)^{T} P_{\phi}`,
    );
  });

  it("has steps that TeX can show, every one", () => {
    const { steps } = gradient(network, `xi(${S2})`, "W1");
    for (const { expression } of steps.lines)
      katex.renderToString(texOf(network, expression), { throwOnError: true, strict: "error" });
  });

  it("has its steps in the order of a lecture", () => {
    const { steps } = gradient(lecture, `xi(${S})`, "Z");
    assert.deepEqual(
      steps.lines.map(({ expression }) => print(expression)),
      [
        `d(xi(${print(parse(S))}), Z)`,
        `vec(G)' * vec(d(${print(parse(S))}, Z))`,
        "vec(G)' * vec(d(W * phi(Z), Z))",
        "vec(G)' * vec(W * d(phi(Z), Z))",
        "vec(G)' * vec(W * phi(d(Z, Z)))",
        "vec(G)' * vec(W * phi(dZ))",
        "vec(G)' * kron(I(a_out * b_out), W) * vec(phi(dZ))",
        "vec(G)' * kron(I(a_out * b_out), W) * P * vec(dZ)",
        "vec(W' * G * I(a_out * b_out))' * P * vec(dZ)",
        "vec(W' * G)' * P * vec(dZ)",
      ],
    );
  });
});

describe("the gradient of f, one convolutional layer and a full one", () => {
  const f = `(vec(W)'*vec(W) + b'*b + norm2(V))/(2*C) + Sum(norm2(${z} - y))/l`;
  const back = "mat(V' * (z - y), d_out, a_out * b_out) .* dsigma(S)";
  const expected: Record<string, string> = {
    W: `vec(W)' / C + 2 * Sum(vec(${back} * phi(Z)')') / l`,
    b: `b' / C + 2 * Sum((${back} * ones(a_out * b_out))') / l`,
    V: "vec(V)' / C + 2 * Sum(vec((z - y) * vec(sigma(S))')') / l",
  };
  for (const [X, formula] of Object.entries(expected)) {
    it(`by ${X} has the regulariser and the mean over the instances: X14`, () =>
      assert.equal(verified(gradient(lecture, f, X)), formula));
  }
});

describe("the gradient through two convolutional layers", () => {
  const back = "mat(P_pool' * P_2' * vec(W2' * G2), d_1, a_1 * b_1) .* dsigma(S1)";
  const expected: Record<string, string> = {
    W2: "vec(G2 * phi_2(pool(sigma(S1)))')'",
    W1: `vec(${back} * phi_1(pad(Z))')'`,
    b1: `(${back} * ones(a_1 * b_1))'`,
    Z: `vec(W1' * (${back}))' * P_1 * P_pad`,
  };
  for (const [X, formula] of Object.entries(expected)) {
    it(`by ${X} goes back through σ and max pooling`, () =>
      assert.equal(verified(gradient(network, `xi(${S2})`, X)), formula));
  }

  it("goes back through average pooling with its own matrix", () => {
    assert.equal(
      verified(gradient(network, `xi(W2*phi_2(mean(${S1})))`, "b1")),
      "(mat(P_mean' * P_2' * vec(W2' * G2), d_1, a_1 * b_1) * ones(a_1 * b_1))'",
    );
  });

  it("goes back through full layers with σ as well", () => {
    const r = `V2 * sigma(V1 * vec(sigma(S2)) + c1) + c2 - y`;
    assert.equal(
      verified(gradient(network, `Sum(norm2(${output} - y))/l`, "V1")),
      `2 * Sum(vec(V2' * (${r}) .* dsigma(V1 * vec(sigma(S2)) + c1) * vec(sigma(S2))')') / l`,
    );
  });
});

describe("other gradients", () => {
  const expected: [string, string, string][] = [
    ["u'*V2*z", "V2", "vec(u * z')'"],
    ["u'*V2*z + z'*V2'*u", "V2", "2 * vec(u * z')'"],
    ["norm2(V2*V2'*u)", "V2", "2 * vec(V2 * V2' * u * u' * V2)' + 2 * vec(u * u' * V2 * V2' * V2)'"],
    ["C*norm2(z)", "C", "norm2(z)"],
    ["norm2(z)/(2*C)", "C", "-(norm2(z) / (2 * C * C))"],
    ["norm2(u)/norm2(z)", "z", "-(2 * norm2(u) * z' / (norm2(z) * norm2(z)))"],
    ["norm2(u)", "z", "0 * ones(1, n_1)"],
  ];
  for (const [e, X, formula] of expected)
    it(`of ${e} by ${X} is ${formula}`, () => assert.equal(verified(gradient(network, e, X)), formula));

  const refused: [string, string, RegExp][] = [
    [S, "W", /is d_out × a_out·b_out; a gradient is of a number, of a matrix there is jacobian/],
    [`xi(${S})`, "Q", /Q is no declared matrix; declared are C, Z, W/],
    [`Sum(xi(${S}))`, "Z", /there is one Z for each instance; take the gradient of one term of the Sum/],
    [`norm2(d2sigma(${S}))`, "W", /no rule gives d\(d2sigma\(W/],
    ["vec(G)'*vec(G)*norm2(b)", "b", /no rule gives d\(G, b\)/],
  ];
  for (const [e, X, message] of refused)
    it(`of ${short(print(parse(e)))} by ${X} is refused`, () =>
      assert.throws(
        () => gradient(lecture, e, X),
        (error) => error instanceof GradientError && message.test(error.message),
      ));
});

describe("a gradient", () => {
  /** A number made by each built-in function from b; false where d has no rule for it. */
  const made: Record<BuiltIn, string | false> = {
    vec: "norm2(vec(b*b'))",
    mat: "norm2(mat(vec(b*b'), d_out, d_out))",
    kron: "norm2(kron(b, b))",
    I: "norm2(I(d_out)*b)",
    ones: "ones(d_out)'*b",
    K: "norm2(K(d_out, d_out)*vec(b*b'))",
    diag: "norm2(diag(b))",
    sigma: "norm2(sigma(b))",
    dsigma: "norm2(dsigma(b))",
    d2sigma: false,
    relu: "norm2(relu(b))",
    drelu: "norm2(b .* drelu(b))",
    trace: "trace(b*b')",
    norm2: "norm2(b)",
    Sum: "Sum(norm2(b))",
    d: false,
  };
  for (const e of [
    "drelu(b)'*b",
    "norm2(kron(b, drelu(b)) + kron(drelu(b), b))",
    "norm2(W)*norm2(b)/norm2(drelu(b))",
  ])
    it(`leaves ReLU′ as it is: ${e}`, () => assert.match(verified(gradient(lecture, e, "b")), /drelu\(b\)/));
  for (const [name, e] of Object.entries(made))
    if (e) it(`goes through ${name}`, () => assert.match(verified(gradient(lecture, e, "b")), /./));
});

describe("Jacobians and their products", () => {
  it("∂vec(S)/∂vec(X)ᵀ is X3 and X4", () => {
    assert.equal(verified(jacobian(lecture, S, "W")), "kron(phi(Z)', I(d_out))");
    assert.equal(verified(jacobian(lecture, S, "b")), "kron(ones(a_out * b_out), I(d_out))");
    assert.equal(verified(jacobian(lecture, S, "Z")), "kron(I(a_out * b_out), W) * P");
  });

  it("∂z/∂vec(W)ᵀ goes through σ", () => {
    assert.equal(verified(jacobian(lecture, z, "W")), "V * diag(vec(dsigma(S))) * kron(phi(Z)', I(d_out))");
    assert.equal(verified(jacobian(lecture, z, "y")), "0 * ones(n_L, n_L)");
  });

  it("of simple maps are what they are known to be", () => {
    const known: [string, string, string][] = [
      ["2*V2", "V2", "2 * I(n_1 * n_2)"],
      ["V2'", "V2", "K(n_2, n_1)"],
      ["V2 .* V2", "V2", "2 * diag(vec(V2))"],
      ["diag(z)*z", "z", "2 * diag(z)"],
      ["kron(u, z)", "z", "kron(u, I(n_1))"],
      ["kron(z, u)", "z", "kron(I(n_1), u)"],
    ];
    for (const [e, X, formula] of known) assert.equal(verified(jacobian(network, e, X)), formula);
  });

  it("J v is the differential itself, along several matrices at once: X26", () => {
    assert.equal(verified(jv(lecture, z, "W")), "V * vec(dsigma(S) .* (dW * phi(Z)))");
    assert.equal(
      verified(jv(lecture, z, ["W", "b"])),
      "V * (vec(dsigma(S) .* (dW * phi(Z))) + vec(dsigma(S) .* (db * ones(a_out * b_out)')))",
    );
  });

  it("Jᵀ u is the backward pass started with u: X27", () => {
    assert.equal(
      verified(jtu(network, `V1*vec(sigma(${S2}))`, "W2", "z")),
      "vec(mat(V1' * z, d_2, a_2 * b_2) .* dsigma(S2) * phi_2(pool(sigma(S1)))')",
    );
  });

  it("the Gauss–Newton product has B = 2I for the squared loss: X24, X28", () => {
    const f = `norm2(W)/(2*C) + Sum(norm2(${z} - y))/l`;
    assert.equal(
      verified(gaussNewton(lecture, f, "W")),
      "vec(dW) / C + 2 * Sum(vec(mat(V' * (V * vec(dsigma(S) .* (dW * phi(Z)))), d_out, a_out * b_out) .* dsigma(S) * phi(Z)')) / l",
    );
    assert.equal(verified(gaussNewton(lecture, "vec(V)'*vec(V)/(2*C)", "V")), "vec(dV) / C");
  });

  it("the Gauss–Newton product of any loss has its Hessian, and crosses blocks", () => {
    assert.equal(verified(gaussNewton(network, "zeta(V2*z)", "V2")), "vec(H * dV2 * z * z')");
    assert.equal(
      verified(gaussNewton(network, "norm2(V2*z + c2)", "V2", ["V2", "c2"])),
      "2 * vec((dV2 * z + dc2) * z')",
    );
    assert.equal(verified(gaussNewton(network, "norm2(V2'*u)", "V2")), "2 * vec(u * u' * dV2)");
    assert.throws(
      () => gaussNewton(lecture, `xi(${S})`, "W"),
      /xi has no Hessian; declare xi\(S\) with gradient …, hessian …/,
    );
    assert.throws(() => gaussNewton(lecture, "b'*V'*V*b", "b"), /needs|×|V'/);
  });
});

describe("second differentials", () => {
  it("of any loss have a Gauss–Newton part and a second-order part: X23", () => {
    const start = derive(network, "d(d(zeta(V2*sigma(z)), z), z)", (statement) =>
      checkStatement(network, statement),
    );
    const steps = withDifferentialsInside(start);
    assert.equal(
      print(steps.last),
      "(V2 * (dsigma(z) .* dz))' * H * V2 * (dsigma(z) .* dz) + g' * V2 * (d2sigma(z) .* dz .* dz)",
    );
    assert.ok(steps.lines.slice(1).every(({ verdict }) => verdict?.level === "all sizes"));
  });

  it("of a squared norm leave 2 vec(dE)ᵀ vec(dE)", () => {
    const steps = withDifferentialsInside(derive(lecture, "d(d(norm2(W*phi(Z)), W), W)")).by("like-terms");
    assert.equal(print(steps.last), "2 * vec(dW * phi(Z))' * vec(dW * phi(Z))");
  });
});
