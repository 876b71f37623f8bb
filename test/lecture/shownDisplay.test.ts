import assert from "node:assert/strict";
import { compareDisplay } from "../../src/lecture/shownDisplay.js";
import { lectureText } from "../symbolic/lectureWorld.js";

/** What the display is to the statement, by the lecture's declarations. */
const compared = (tex: string, statement: string): string =>
  compareDisplay(tex, { declarations: lectureText, statement }).result;

const equation4 = "phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)";
const layer =
  "vec(W*phi(Z) + b*ones(a_out*b_out)') = kron(I(a_out*b_out), W)*P*vec(Z) + kron(ones(a_out*b_out), I(d_out))*b";
const gradient = "d(xi(W*phi(Z)), W) = vec(G*phi(Z)')'*vec(dW)";
const product = "(I(d_out)/C + W*W')*b = b/C + W*(W'*b)";

const mat = (inside: string): string =>
  `\\mathrm{mat}(${inside})_{h h d_{\\text{in}} \\times a_{\\text{out}}b_{\\text{out}}}`;
const inZ = "(\\mathcal{I} \\otimes W) P_\\phi \\mathrm{vec}(Z) + (\\mathbb{1} \\otimes \\mathcal{I}) b";
const byW = "\\frac{\\partial \\xi}{\\partial \\mathrm{vec}(W)^T}";
const space = (rows: string): string =>
  `P_\\phi \\in R^{${rows} \\times d_{\\text{in}}a_{\\text{in}}b_{\\text{in}}}`;

const same: readonly (readonly [tex: string, statement: string])[] = [
  [`\\phi(Z^{\\text{in}}) = ${mat("P_\\phi\\,\\mathrm{vec}(Z^{\\text{in}})")}.`, equation4],
  [`${mat("P_\\phi\\,\\mathrm{vec}(Z)")} = \\phi(Z)`, equation4],
  ["\\phi(Z) = \\mathrm{mat}(P_\\phi\\mathrm{vec}(Z))", equation4],
  ["S^{\\text{out}} = b\\mathbb{1}^T + W\\,\\phi(Z)", layer],
  ["S^{\\text{out}} := W\\,\\phi(Z) + b\\mathbb{1}^T", layer],
  [`\\mathrm{vec}(S) = ${inZ}`, layer],
  [`${byW} = \\mathrm{vec}(G\\,\\phi(Z)^T)^T`, gradient],
  ["B b = \\frac{b}{C} + W (W^T b)", product],
  [space("hhd_{\\text{in}}a_{\\text{out}}b_{\\text{out}}"), equation4],
  ["\\mathrm{vec}(W)^T = \\mathrm{vec}((W^T)^T)^T", "vec(W)' = vec(W)'"],
];

const other: readonly (readonly [tex: string, statement: string])[] = [
  ["\\phi(Z) = W", "W = W"],
  ["\\phi(Z) = \\mathrm{mat}(P_\\phi\\,\\mathrm{vec}(Z))", "W = W"],
  [`\\phi(Z^{\\text{out}}) = ${mat("P_\\phi\\,\\mathrm{vec}(Z^{\\text{in}})")}`, equation4],
  [`\\phi(Z) = ${mat("P_\\psi\\,\\mathrm{vec}(Z)")}`, equation4],
  [`\\phi(Z) = 2 ${mat("P_\\phi\\,\\mathrm{vec}(Z)")}`, equation4],
  ["S = W\\,\\phi(Z) - b\\,\\mathbb{1}^T", layer],
  ["S + {} b = W\\,\\phi(Z) + b\\,\\mathbb{1}^T", layer],
  ["f(S) = W\\,\\phi(Z) + b\\,\\mathbb{1}^T", layer],
  [`2\\mathrm{vec}(S) = ${inZ}`, layer],
  [`\\mathrm{vec}(S + T) = ${inZ}`, layer],
  [`\\mathrm{vec}(S) = ${inZ} + Q`, layer],
  [`${byW} = \\mathrm{vec}(\\phi(Z)^T)^T`, gradient],
  ["\\frac{\\partial \\xi}{\\partial \\mathrm{vec}(Z)^T} = \\mathrm{vec}(G\\,\\phi(Z)^T)^T", gradient],
  [`${byW.replace("\\xi", "\\xi(Q) Q")} = \\mathrm{vec}(G\\,\\phi(Z)^T)^T`, gradient],
  ["B b = \\frac{b}{C} - W (W^T b)", product],
  ["B B = \\frac{b}{C} + W (W^T b)", product],
  ["{W + W} b = W b", "(W + W)*Z = (W + W)*Z"],
  [space("hd_{\\text{in}}a_{\\text{out}}b_{\\text{out}}"), equation4],
];

const unread: readonly (readonly [tex: string, why: RegExp])[] = [
  ["\\phi(Z) = \\max(Z, 0)", /^\\max$/],
  ["\\phi(Z) = W = Z", /2 signs of equality/],
  ["\\phi(Z)", /no sign of equality/],
  ["\\phi(Z) \\le W", /\\le/],
  [`W = ${"\\mathbb{1}".repeat(12)}`, /too many sizes/],
  [`W = ${"(".repeat(200_000)}W${")".repeat(200_000)}`, /400005 characters/],
  [`W = ${"(".repeat(2_000)}W${")".repeat(2_000)}`, /too deep/],
];

describe("a display under the name of a certified statement", () => {
  for (const [tex, statement] of same)
    it(`says it: ${tex}`, () => assert.equal(compared(tex, statement), "same"));

  for (const [tex, statement] of other)
    it(`says something else: ${tex}`, () => assert.equal(compared(tex, statement), "differs"));

  for (const [tex, why] of unread)
    it(`is not compared where it cannot be read: ${tex.slice(0, 60)}`, () => {
      const comparison = compareDisplay(tex, { declarations: lectureText, statement: equation4 });
      assert.equal(comparison.result, "not compared");
      assert.match(comparison.why, why);
    });
});
