import assert from "node:assert/strict";
import katex from "katex";
import { texPieces } from "../../src/mime/texPieces.js";

/** What a typesetter shows of it, without what joins pieces. */
const seen = (tex: string): string => tex.replace(/\\textcolor\{#[0-9a-f]{6}\}|\{\}|[{}\s]/g, "");

describe("a formula in pieces", () => {
  const sum =
    "\\operatorname{vec}(A B C D E F A B C D E F) + \\operatorname{vec}(G H I J K L G H I J K L) - M";

  it("is cut before its operators, never within a group, a fraction or a growing parenthesis", () => {
    assert.deepEqual(texPieces(sum), [
      "\\operatorname{vec}(A B C D E F A B C D E F) ",
      "{}+ \\operatorname{vec}(G H I J K L G H I J K L) ",
      "{}- M",
    ]);
    for (const whole of [
      "A + B",
      "\\frac{A B C D E F G H I J K L M N + O}{P}",
      "\\left(A B C D E F G H I J K L M N + O\\right)",
      "\\begin{array}{c}A B C D E F G H I J K L + M\\end{array}",
      "A_{i j k l m n o p q r s t + u}",
    ])
      assert.deepEqual(texPieces(whole), [whole]);
  });

  it("keeps a colour in the next piece", () => {
    const coloured = `\\textcolor{#c24000}{${sum}} + \\textcolor{#c24001}{B}`;
    const pieces = texPieces(coloured);
    assert.equal(pieces[1], "\\textcolor{#c24000}{{}+ \\operatorname{vec}(G H I J K L G H I J K L) }");
    assert.equal(pieces[2], "\\textcolor{#c24000}{{}- M} + \\textcolor{#c24001}{B}");
    assert.equal(seen(pieces.join("")), seen(coloured));
    for (const piece of pieces)
      assert.doesNotThrow(() => katex.renderToString(piece, { throwOnError: true }), piece);
  });

  it("gives back what is no TeX, whatever it is", () => {
    for (const text of ["", "}}}", "{{{ + ", "\\left( + \\", "a\\textcolor{red}{b} + c"])
      assert.equal(seen(texPieces(text).join("")), seen(text));
  });
});
