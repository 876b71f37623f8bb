import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { shapeOf } from "../../../src/symbolic/world/shapes.js";
import { texOf, texShape, texSize, texStatement } from "../../../src/symbolic/world/tex.js";

const world = declare(`
  dims h s q p d_in a_in b_in d_out d_1 l n_L
  a_out = floor((a_in - h)/s) + 1;  b_out = floor((b_in - h)/s) + 1
  a_pad = a_in + 2*p;  b_pad = b_in + 2*p
  a_half = floor(a_out/q);  b_half = floor(b_out/q)
  scalar C
  Z_in : d_in x a_in*b_in each
  W : d_out x h*h*d_in;  b : d_out x 1
  W_1 : d_1 x d_in;  Theta : d_1 x d_in;  v : d_1 x 1
  S_out : d_out x a_out*b_out each;  y : n_L x 1 each;  V : n_L x d_out*a_out*b_out
  G : d_out x a_out*b_out each;  g : n_L x 1;  H : n_L x n_L
  phi, P = conv(h, s, d_in, a_in, b_in)
  pad, P_pad = padding(p, d_in, a_in, b_in)
  pool_1, P_pool = maxpool(q, d_out, a_out, b_out)
  xi(S) with gradient G
  zeta(z) with gradient g, hessian H
`);
const shown = (text: string) => texOf(world, parse(text));

describe("LaTeX of the lecture's equations", () => {
  const equations: [string, string, string][] = [
    [
      "S1",
      "S_out = W*phi(Z_in) + b*ones(a_out*b_out)'",
      String.raw`S^{\text{out},i} = W \phi(Z^{\text{in},i}) + b \mathbb{1}_{a_{\text{out}} b_{\text{out}}}^{T}`,
    ],
    [
      "S4",
      "phi(Z_in) = mat(P*vec(Z_in), h*h*d_in, a_out*b_out)",
      String.raw`\phi(Z^{\text{in},i}) = \operatorname{mat}\bigl(P_{\phi} \operatorname{vec}(Z^{\text{in},i})\bigr)_{h h d_{\text{in}} \times a_{\text{out}} b_{\text{out}}}`,
    ],
    [
      "X4",
      "vec(S_out) = kron(phi(Z_in)', I(d_out))*vec(W) + kron(ones(a_out*b_out), I(d_out))*b",
      String.raw`\operatorname{vec}(S^{\text{out},i}) = \bigl(\phi(Z^{\text{in},i})^{T} \otimes \mathcal{I}_{d_{\text{out}}}\bigr) \operatorname{vec}(W) + (\mathbb{1}_{a_{\text{out}} b_{\text{out}}} \otimes \mathcal{I}_{d_{\text{out}}}) b`,
    ],
    [
      "X5",
      "vec(pad(Z_in)) = P_pad*vec(Z_in)",
      String.raw`\operatorname{vec}\bigl(\operatorname{pad}(Z^{\text{in},i})\bigr) = P_{\text{pad}} \operatorname{vec}(Z^{\text{in},i})`,
    ],
    [
      "X7",
      "vec(pool_1(sigma(S_out))) = P_pool*vec(sigma(S_out))",
      String.raw`\operatorname{vec}\Bigl(\operatorname{pool}^{1,i}\bigl(\sigma(S^{\text{out},i})\bigr)\Bigr) = P_{\text{pool}}^{1,i} \operatorname{vec}\bigl(\sigma(S^{\text{out},i})\bigr)`,
    ],
    [
      "X16",
      "d(xi(S_out), W) = vec(G*phi(Z_in)')'*vec(dW)",
      String.raw`\mathrm{d}_{W}\bigl(\xi_{i}(S^{\text{out},i})\bigr) = \operatorname{vec}\biggl(\frac{\partial \xi_{i}}{\partial S^{i}} \phi(Z^{\text{in},i})^{T}\biggr)^{T} \operatorname{vec}(\mathrm{d}W)`,
    ],
    [
      "f",
      "vec(W)'*vec(W)/(2*C) = Sum(norm2(V*vec(sigma(S_out)) - y))/l",
      String.raw`\frac{\operatorname{vec}(W)^{T} \operatorname{vec}(W)}{2 C} = \frac{1}{l} \sum_{i=1}^{l} \Bigl\|V \operatorname{vec}\bigl(\sigma(S^{\text{out},i})\bigr) - y^{i}\Bigr\|^{2}`,
    ],
  ];
  for (const [tag, statement, expected] of equations) {
    it(`${tag} is as on the slides`, () =>
      assert.equal(texStatement(world, parseStatement(statement)), expected));
  }

  const parts: [string, string, string][] = [
    ["a layer's number is a superscript", "W_1", "W^{1}"],
    ["a Greek name is a Greek letter", "Theta", "\\Theta"],
    ["a transpose does not run into a superscript", "W_1'", "(W^{1})^{T}"],
    ["a differential is an upright d", "W_1*dW", "W^{1} \\, \\mathrm{d}W"],
    ["a differential keeps its distance from what follows", "dW*W*b", "\\mathrm{d}W \\, W b"],
    ["a differential in parentheses is transposed as a whole", "dW'", "(\\mathrm{d}W)^{T}"],
    ["a product keeps no needless parentheses", "V*(W*b)", "V W b"],
    ["a number made of matrices keeps them behind a matrix", "W_1*(v'*v)", "W^{1} (v^{T} v)"],
    ["a number made of matrices needs none in front", "(v'*v)*W_1", "v^{T} v W^{1}"],
    ["a number made of matrices needs none behind a column", "v*(v'*v)", "v v^{T} v"],
    ["a number made of numbers needs none", "W_1*(2*C)", "W^{1} \\cdot 2 C"],
    [
      "a number behind a fraction has a point, as behind any factor",
      `2*(W*vec(W${" + W".repeat(30)}))/C`,
      `\\frac{1}{C} \\cdot 2 W \\operatorname{vec}(W${" + W".repeat(30)})`,
    ],
    ["a sum in a product keeps its own", "V*(W + W)", "V (W + W)"],
    ["a difference keeps the order", "V - (W - b)", "V - (W - b)"],
    [
      "parentheses grow with what they hold",
      "V*(W*(b + (b - (b + b))))",
      "V W \\bigl(b + b - (b + b)\\bigr)",
    ],
    ["a product beside a circled dot is in parentheses", "V .* (W*b)", "V \\odot (W b)"],
    ["a circled dot in a product too", "V .* W * b", "(V \\odot W) b"],
    ["a commutation matrix has both sizes", "K(h*h, d_in)", "K_{h h,d_{\\text{in}}}"],
    ["ones of two sizes", "ones(d_in, h)", "\\mathbb{1}_{d_{\\text{in}} \\times h}"],
    ["σ′ has a prime", "dsigma(V)", "\\sigma'(V)"],
    ["diag", "diag(v)", "\\operatorname{diag}(v)"],
    ["the gradient of a loss", "g", "\\frac{\\partial \\zeta}{\\partial z}"],
    [
      "the Hessian of a loss",
      "H",
      "\\frac{\\partial^{2} \\zeta}{\\partial \\operatorname{vec}(z) \\, \\partial \\operatorname{vec}(z)^{T}}",
    ],
    ["two numbers are kept apart", "2*3*C", "2 \\cdot 3 C"],
    ["a minus after a sign", "V + (-W)", "V + (-W)"],
  ];
  for (const [what, text, expected] of parts) it(what, () => assert.equal(shown(text), expected));
});

describe("LaTeX of sizes", () => {
  it("is in the order channels, heights, widths", () => {
    assert.equal(
      texShape(world, shapeOf(world, parse("P"))),
      String.raw`h h d_{\text{in}} a_{\text{out}} b_{\text{out}} \times d_{\text{in}} a_{\text{in}} b_{\text{in}}`,
    );
  });

  it("knows sums and numbers", () => {
    const sum = shapeOf(world, parse("ones(a_in + 2*p - 1)")).rows;
    assert.equal(texSize(world, sum), String.raw`a_{\text{in}} + 2 p - 1`);
  });
});
