import assert from "node:assert/strict";
import katex from "katex";
import { type TexTerm, texPieces, texRows, texTerms } from "../../src/mime/texPieces.js";

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

  it("leaves no operator alone at the end of a piece, where it would lose its spaces", () => {
    const squares =
      "\\operatorname{vec}(W)^{T} \\operatorname{vec}(W) + b^{T} b + \\operatorname{vec}(V)^{T}";
    assert.deepEqual(texPieces(squares).slice(1), ["{}+ b^{T} b + \\operatorname{vec}(V)^{T}"]);
    const short = "A B C D E F G H I J K + \\operatorname{vec}(V)";
    assert.deepEqual(texPieces(short), [short]);
  });

  it("keeps the space behind a sign of equality whose other side is another formula", () => {
    assert.deepEqual(texPieces("Z = "), ["Z = {}"]);
  });

  it("in rows has whole pieces, as many as fit", () => {
    assert.deepEqual(texRows(sum, 1_000), [sum]);
    assert.deepEqual(texRows(sum, 20), [
      "\\operatorname{vec}(A B C D E F A B C D E F) ",
      "{}+ \\operatorname{vec}(G H I J K L G H I J K L) - M",
    ]);
    assert.deepEqual(
      texRows("A B C D E F G H I J K L + F(A B C D E F G H I J K L M + N O P Q R S T) - M", 30),
      ["A B C D E F G H I J K L ", "{}+ F(A B C D E F G H I J K L M + N O P Q R S T) - M"],
    );
    for (const most of [1, 10, 20, 40]) assert.equal(seen(texRows(sum, most).join("")), seen(sum));
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

  it("has its summands and factors together, and what stands in their parentheses again", () => {
    const norm = "\\biggl\\|A B C D E F G H I J K L M \\operatorname{vec}(N O P Q R S T) - y\\biggr\\|^{2}";
    assert.deepEqual(texTerms(`A B C D E F G H I J K L + ${norm}`), [
      "A B C D E F G H I J K L ",
      [
        ["{}+ \\biggl\\|A B C D E F G H I J K L M ", "{}\\operatorname{vec}(N O P Q R S T) "],
        "{}- y\\biggr\\|^{2}",
      ],
    ]);
    const product = "F(A B C D E F G H I J + K L M N O P Q R S T U V) \\odot G H I J K L M N O P Q R S";
    assert.deepEqual(texTerms(`${product} = A`), [
      [["F(A B C D E F G H I J ", "{}+ K L M N O P Q R S T U V) "], "{}\\odot G H I J K L M N O P Q R S "],
      "{}= A",
    ]);
  });

  it("in terms has the pieces in their order, and no more boxes in boxes than a page can bear", () => {
    const deep = `${"\\sigma(A B C D E F G H I J K L + ".repeat(400)}X${")".repeat(400)}`;
    const depth = (term: TexTerm): number =>
      typeof term === "string" ? 0 : 1 + Math.max(...term.map((part) => depth(part)));
    for (const tex of [sum, deep, `${sum} = \\textcolor{#c24000}{${sum}}`]) {
      assert.deepEqual([texTerms(tex)].flat(Number.POSITIVE_INFINITY as 1), texPieces(tex));
      assert.ok(depth(texTerms(tex)) < 10);
    }
  });

  it("gives back what is no TeX, whatever it is", () => {
    for (const text of ["", "}}}", "{{{ + ", "\\left( + \\", "a\\textcolor{red}{b} + c"])
      assert.equal(seen(texPieces(text).join("")), seen(text));
  });
});
