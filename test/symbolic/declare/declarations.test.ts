import assert from "node:assert/strict";
import { lecture } from "../../../src/lecture/lecture.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { ParseError, parse } from "../../../src/symbolic/language/parse.js";
import { ShapeError, shapeOf, shapeText } from "../../../src/symbolic/world/shapes.js";

/** What `declare` says against a text; ▸ stands where its mark has to stand. */
function messageOf(marked: string): string {
  const text = marked.replace("▸", "");
  try {
    declare(text);
  } catch (error) {
    assert.ok(error instanceof ParseError || error instanceof ShapeError, String(error));
    const [why, shown, mark] = error.message.split("\n");
    const column = mark.indexOf("^");
    const after = marked.slice(marked.indexOf("▸") + 1);
    assert.match(shown, /^ {2}in the declaration /, error.message);
    assert.ok(after.startsWith(shown.slice(column)), `${error.message}\nneeded the mark before ${after}`);
    assert.ok(marked.slice(0, marked.indexOf("▸")).endsWith(shown.slice(21, column)), error.message);
    return why;
  }
  assert.fail(`${text} was accepted`);
}

const definesSize = "is no size; = defines a size here, as a_out = floor((a - h)/s) + 1.";

describe("a wrong declaration is refused, with a mark below the place:", () => {
  const refused: [marked: string, why: string][] = [
    ["dims▸", "the text ends here; needed the name of a dimension"],
    ["dims▸\n W : 1 x 1", "the line ends here; needed the name of a dimension"],
    ["dims h ▸3", "here stands 3; needed the name of a dimension"],
    ["dims h,▸", "the text ends here; needed the name of a dimension"],
    ["dims a_{out} ▸?", "? has no meaning here; there are"],
    ["scalars▸", "the text ends here; needed the name of a scalar"],
    ["▸3 : a x a", "here stands 3; needed a name that is declared, for example W : d_out x h*h*d_in"],
    ["W▸", "the text ends here: this is no declaration; for example W : d_out x h*h*d_in"],
    ["W ▸is a matrix", "here stands is: this is no declaration; for example W : d_out x h*h*d_in"],
    // a matrix
    ["dims a; W : a▸", "the text ends here; needed x and the columns, as W : d_out x h*h*d_in"],
    ["dims a; W : a ▸y a", "y is no size; the declared dimensions are a"],
    ["dims a; W : a x ▸n", "n is no size; the declared dimensions are a"],
    ["dims a b; W : a x (a + b)*▸n each", "n is no size; the declared dimensions are a, b"],
    ["dims a; W : a x ▸a/2", "a / 2 is no size; the declared dimensions are a"],
    ["dims a; W : a x a ▸x a", "here stands x; needed an operator or the end of the declaration"],
    ["dims a; W : a x ▸(a", "a ( is never closed; needed )"],
    ["dims a; W : a x a ▸eech", "eech is no size; the declared dimensions are a"],
    ["dims a; W : a x ▸1.5", "the number 1.5; needed whole numbers, and fractions as 1/2"],
    // a matrix of a space
    ["dims a; b ∈ ▸S", "here stands S; needed R^{rows × columns} or R^{rows}"],
    ["dims a; b ∈ R▸", "the text ends here; needed ^ and the size of the space"],
    ["dims a; b ∈ R^▸{a × a", "a { is never closed; needed }"],
    ["dims a; b ∈ R^{▸m × a}", "m is no size; the declared dimensions are a"],
    ["dims a; b in R^▸m", "m is no size; the declared dimensions are a"],
    // a size
    ["dims a; c = ▸a .* a", `a .* a ${definesSize}`],
    ["dims a; c = ▸floor(a, a)", `floor(a, a) ${definesSize}`],
    ["dims a; c = a + floor(a/▸c)", `c ${definesSize}`],
    ["dims a; c = floor▸(a", "a ( is never closed; needed )"],
    ["dims a; c = ▸⌊a/2", "a ⌊ is never closed; needed ⌋"],
    ["dims a d; W : d x a; S = ▸W*a", `W ${definesSize}`],
    ["dims a; c =▸", "the text ends here; needed a name, a number or ("],
    // a loss
    ["xi(S) with gradient ▸G", "G is not declared; needed a matrix"],
    [
      "dims a; G : a x 1; xi(▸3) with gradient G",
      "here stands 3; needed the letter of its argument, as xi(S) with gradient G",
    ],
    [
      "dims a; G : a x 1; xi(S ▸with gradient G",
      "here stands with; needed ) behind the argument, as xi(S) with gradient G",
    ],
    [
      "dims a; G : a x 1; xi(S) ▸width gradient G",
      "here stands width; needed with gradient and a matrix, as xi(S) with gradient G",
    ],
    ["dims a; G : a x 1; xi(S) with gradient▸", "the text ends here; needed a declared matrix"],
    ["dims a; G : a x 1; xi(S) with gradient G, hessian ▸H", "H is not declared; needed a matrix"],
    [
      "dims a b; G : a x b; H : a x a; xi(S) with gradient G, hessian ▸H",
      "the Hessian H is a × a; needed a·b × a·b, as G is a × b",
    ],
    [
      "dims a; G : a x 1; xi(S) with gradient G ▸H",
      "here stands H; needed an operator or the end of the declaration",
    ],
    // an index map by its kind
    ["phi = ▸conv", `conv ${definesSize}`],
    ["phi, P ▸: conv", "here stands :; needed = and a kind of index map, as phi, P = conv(h, s, d, a, b)"],
    ["phi, ▸= conv(h)", "here stands =; needed the name of its matrix, as phi, P = conv(h, s, d, a, b)"],
    ["dims d; f, P = ▸shear(d)", "shear is no kind of index map; there are conv, padding, maxpool, avgpool"],
    ["f, P = conv ▸h", "here stands h; needed ( and the sizes of conv"],
    ["dims h; f, P = conv▸(h", "a ( is never closed; needed )"],
    ["dims h s d a; f, P = ▸conv(h, s, d, a)", "conv(h, s, d, a, b): 4 arguments; needed 5"],
    ["dims q d a b; f, P = maxpool(q, d, a, ▸c)", "maxpool(q, d, a, b): c is no declared dimension"],
    ["dims q d a b; f, P = maxpool(q, d, a, ▸2*b)", "maxpool(q, d, a, b): 2 * b is no declared dimension"],
    [
      "dims q d a b; a_2 = floor(a/q); f, P = avgpool(q, d, a, ▸b)",
      "no dimension is floor(b / q); declare one before, for example n_out = floor(b / q)",
    ],
    // an index map by its formula
    ["map▸", "the text ends here; needed the name of the map, as map dil(i:h, j:h, c:d;"],
    ["map f▸", "the text ends here; needed ( and the counters"],
    [
      "dims a; map f(c:a, x:a▸) = (c; x) from a x a",
      "here stands ); needed ; and the counters of the columns",
    ],
    ["dims a; map f(c▸; x:a) = (c; x) from a x a", "c is no counter: here stands ;; needed its size, as i:h"],
    ["dims a; map f(c:a; x:▸n) = (c; x) from a x a", "n is no size; the declared dimensions are a"],
    [
      "dims a; map f(c:a; ▸c:a) = (c; c) from a x a",
      "c is a counter already; each needs a letter of its own",
    ],
    ["dims a; map f(c:a; x:a ▸from a x a", "here stands from; needed ) or an operator"],
    [
      "dims a; map f(c:a; x:a) ▸(c; x) from a x a",
      "here stands (; needed = and the places that the map reads",
    ],
    ["dims a; map f(c:a; x:a) = (c; ▸z) from a x a", "z is no size; the declared dimensions are a, c, x"],
    [
      "dims a; map f(c:a; x:a) = (c; x, c) from a x ▸a",
      "2 places for 1 indices of the source; needed as many",
    ],
    ["dims a; map f(c:a; x:a) = (c; x)▸", "the text ends here; needed from and the size of the source"],
    [
      "dims a; map f(c:a; x:a) = (c; x) from a▸",
      "the text ends here; needed x and the columns of the source",
    ],
    ["dims a; map ▸f(c:a; x:a) = (c; x + 1) from a x a", "f has indices from 1 to"],
  ];
  for (const [marked, why] of refused)
    it(marked.replaceAll("\n", "⏎"), () => {
      const message = messageOf(marked);
      assert.ok(message.startsWith(why), `${message}\nneeded ${why}`);
    });

  it("names line and column where there are several lines, and shows no comment", () => {
    assert.throws(
      () => declare("\n  dims a\n  W : a x a; V : a x n // rows; columns\n"),
      (error: Error) =>
        error.message ===
        [
          "n is no size; the declared dimensions are a",
          "  in the declaration V : a x n",
          "                             ^",
          "  at line 3, column 22",
        ].join("\n"),
    );
  });
});

describe("declarations", () => {
  const size = (text: string, e: string) => shapeText(shapeOf(declare(text), parse(e)));

  it("are read by the parser of statements: powers, products without a sign, Greek, ⌊ ⌋", () => {
    assert.equal(size("dims h d; W : d x h² d", "W"), "d × h·h·d");
    assert.equal(size("dims h d; W : d x h^{2}*d", "W"), "d × h·h·d");
    assert.equal(size("dims α; β = ⌊(α − 1)/2⌋ + 1; v ∈ R^{β}", "v"), "beta × 1");
    assert.equal(size("dims n^{1}; v : n_1 x 1", "v"), "n_1 × 1");
  });

  it("know the forms of a space", () => {
    const text = "dims a; b ∈ R^a; c ∈ R²; e in R^{a}; f ∈ ℝ^(a × a) each; T : a x a; R : a x 1";
    for (const [name, shape] of Object.entries({
      b: "a × 1",
      c: "2 × 1",
      e: "a × 1",
      f: "a × a",
      R: "a × 1",
    }))
      assert.equal(size(text, name), shape);
    assert.equal(declare(text).matrices.get("f")?.each, true);
  });

  for (const name of ["Z^{i}", "Z^{in,i}", "Z_{in}^{i}", "Zⁱ", "Zᵢ"])
    it(`let ${name} be one for each instance`, () => {
      for (const rest of ["∈ R^{a × a}", ": a x a"]) {
        const [Z] = declare(`dims a l; ${name} ${rest}`).matrices.values();
        assert.equal(Z.each, true);
      }
    });

  it("may hold values of the notebook", () => {
    const [side, letter] = [3, "W"];
    const L = lecture`dims d; ${letter} : d x ${side}*${side}*d`;
    assert.equal(L.shape("W"), "d × 9·d");
    assert.match(L.world.declarations, /^dims d; W : d x 3\*3\*d$/);
    assert.throws(() => lecture`dims d; W : d x ${"n"}`, /in the declaration W : d x n\n {29}\^$/);
  });
});
