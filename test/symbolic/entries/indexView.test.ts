import assert from "node:assert/strict";
import { indexView } from "../../../src/symbolic/entries/indexView.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { lecture } from "../lectureWorld.js";

const view = (text: string) => indexView(lecture, parse(text));

describe("an expression entry by entry", () => {
  const known: [string, string, string, string][] = [
    ["phi(Z)", "i,j,c", "p,q", "Z[c; p·s + i, q·s + j]"],
    ["mat(P*vec(Z), h*h*d_in, a_out*b_out)", "i,j,c", "p,q", "Z[c; p·s + i, q·s + j]"],
    ["W*phi(Z)", "k", "p,q", "Σ_i,j,c W[k; i, j, c] Z[c; p·s + i, q·s + j]"],
    ["W*phi(Z) + b*ones(a_out*b_out)'", "k", "p,q", "Σ_i,j,c W[k; i, j, c] Z[c; p·s + i, q·s + j] + b[k]"],
    ["norm2(y)/(2*C)", "", "", "1/(2 C) Σ_m y[m] y[m]"],
    ["sigma(W*phi(Z))", "k", "p,q", "σ(Σ_i,j,c W[k; i, j, c] Z[c; p·s + i, q·s + j])"],
    ["I(d_out)", "k", "n", "[k = n]"],
    ["W - W", "k", "n", "W[k; n] − W[k; n]"],
    ["2*ones(d_out)", "k", "", "2"],
  ];
  for (const [formula, rows, cols, text] of known) {
    it(`shows ${formula} as ${text}`, () => {
      const found = view(formula);
      assert.deepEqual([found.rows.join(","), found.cols.join(","), found.text], [rows, cols, text]);
    });
  }

  it("in TeX too", () => {
    assert.equal(view("phi(Z)").tex, "\\left[Z^{i}\\right]_{c;\\,p\\,s + i,q\\,s + j}");
  });
});
