import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { builtInNames, otherWords } from "../../../src/symbolic/language/builtIns.js";
import { ParseError } from "../../../src/symbolic/language/parse.js";

const sizes =
  "dims h s d a b; a_o = floor((a - h)/s) + 1; b_o = floor((b - h)/s) + 1; G : d x a_o*b_o; H : d x d";

/** Each declares the name that is written for $. */
const ways = {
  dimension: "dims $",
  "defined dimension": "$ = h + 1",
  matrix: "$ : d x d",
  space: "$ ∈ R^{d × a}",
  scalar: "scalar $",
  "index map": "$, P_other = conv(h, s, d, a, b)",
  "its matrix": "other, $ = conv(h, s, d, a, b)",
  "a map of one's own": "map $, P_own(c:d; y:a, x:b) = (c; y, x) from d x a*b",
  loss: "$(S) with gradient G",
} as const;

/** What has to be declared with other letters where it stands twice. */
function declared(way: keyof typeof ways, name: string, mark: string): string {
  const text = ways[way].replace("$", name);
  return text.replace("P_other", `P_${mark}`).replace("other", mark).replace("P_own", `P_${mark}`);
}

function refusal(text: string): string {
  try {
    declare(text);
  } catch (error) {
    assert.ok(error instanceof ParseError, String(error));
    return error.message;
  }
  assert.fail(`${text} was accepted`);
}

describe("a name means one thing:", () => {
  for (const first of Object.keys(ways) as (keyof typeof ways)[])
    for (const second of Object.keys(ways) as (keyof typeof ways)[])
      it(`a ${first} is not declared again as a ${second}`, () => {
        const [one, two] = [
          declared(first, "N", "f"),
          declared(second, "N", "g").replace("gradient G", "gradient H"),
        ];
        declare(`${sizes}; ${one}`);
        const message = refusal(`${sizes}; ${one}; ${two}`);
        assert.match(message, /^N is (a dimension already|declared already, as (a|an|the) )/);
        const [, shown, mark, shownFirst, markFirst] = message.split("\n");
        assert.equal(shown, `  in the declaration ${two}`);
        assert.equal(shown[mark.indexOf("^")], "N");
        assert.equal(shownFirst, `  first in ${one}`);
        assert.equal(shownFirst[markFirst.indexOf("^")], "N");
      });

  it("Greek and its name, an index and a mark are one", () => {
    assert.match(refusal("dims a; phi : a x a; φ : a x 1"), /^phi is declared already/);
    assert.match(refusal("dims a; W_1 : a x a; W^{1} : a x 1"), /^W_1 is declared already/);
  });

  it("the matrix that a map has without being given one is taken too", () => {
    assert.match(
      refusal("dims d a b; P_f : d x d; map f(c:d; y:a, x:b) = (c; y, x) from d x a*b"),
      /^P_f is declared already, as a matrix/,
    );
  });
});

describe("each gradient and Hessian belongs to one loss:", () => {
  for (const [text, letter] of [
    ["xi(S) with gradient G; rho(S) with gradient G", "G"],
    ["xi(S) with gradient G, hessian H; rho(S) with gradient F, hessian H", "H"],
    ["xi(S) with gradient G, hessian H; rho(S) with gradient H", "H"],
    ["xi(S) with gradient G, hessian G", "G"],
  ])
    it(text, () => {
      const message = refusal(`dims n; G : n x 1; F : n x 1; H : n x n; ${text}`);
      const why = `${letter} belongs to the loss xi already; each gradient and Hessian needs a letter of its own`;
      assert.ok(message.startsWith(why), message);
      assert.match(message, /\n {2}first in xi\(S\) with gradient/);
    });
});

describe("a differential is declared with its matrix:", () => {
  for (const text of [
    "X : a x a; dX : a x a",
    "X : a x a; dims dX",
    "X : a x a; G : a x 1; dX(S) with gradient G",
  ])
    it(text, () =>
      assert.match(
        refusal(`dims a; ${text}`),
        /^the differential of the matrix X is dX, which needs no declaration\n.*\n.*\n {2}first in X : a x a/,
      ),
    );

  it("whichever comes first", () =>
    assert.match(
      refusal("dims a; dX : a x a; X : a x a"),
      /^the differential of the matrix X is dX, but dX is declared already, as a matrix\n.*\n.*\n {2}first in dX : a x a/,
    ));

  it("but a size and the letter d before it are two names", () => {
    declare("dims a da; W : a x da; dout : a x 1; out = a + 1");
  });
});

describe("functions and words of the grammar are no names:", () => {
  for (const name of [...builtInNames, ...otherWords.keys()])
    for (const way of Object.values(ways)) {
      const isLetter = name.length === 1 && (way === ways.dimension || way === ways["defined dimension"]);
      if (isLetter) continue;
      it(way.replace("$", name), () => {
        assert.match(
          refusal(`${sizes}; ${way.replace("$", name)}`),
          new RegExp(`^${name} is a function already: `),
        );
      });
    }

  for (const name of [
    "dims",
    "scalar",
    "scalars",
    "map",
    "from",
    "with",
    "gradient",
    "hessian",
    "each",
    "in",
    "floor",
  ])
    it(`${name} : 1 x 1`, () =>
      assert.match(
        refusal(`${name} : 1 x 1`),
        new RegExp(`^${name} is a word of declarations; needed another name\\n`),
      ));

  it("a kind of index map is the name of such a map alone", () => {
    const windows = "dims q d a b; a_o = floor(a/q); b_o = floor(b/q)";
    declare(`${windows}; maxpool, P = maxpool(q, d, a, b)`);
    assert.match(refusal(`${windows}; conv, P = maxpool(q, d, a, b)`), /^conv is a word of declarations/);
    assert.match(refusal("padding : 1 x 1"), /^padding is a word of declarations/);
  });

  it("sizes may be d, K and I, which are functions only with arguments; x is a matrix, but no size", () => {
    declare("dims d K I; W : d x K*I; x : K x 1");
    assert.match(refusal("dims x"), /^x stands between rows and columns; needed another letter for a size/);
  });
});

describe("l is the number of instances:", () => {
  const refused: [string, RegExp][] = [
    ["scalar l", /^l is the number of instances, a size: dims l; needed another letter\n/],
    ["dims a; l : a x a", /^l is the number of instances, a size/],
    ["dims a b; a_l, l = padding(a, a, b, b)", /^no dimension is/],
    ["dims a; l = a + 1", /^l is the number of instances, which follows from no size: dims l\n/],
    [
      "dims l d a b; a_o = floor(a/l); b_o = floor(b/l); f, P = maxpool(l, d, a, b)",
      /^maxpool\(q, d, a, b\): l is the number of instances, and a map is of one of them\n/,
    ],
    ["dims a; map l(c:a; x:a) = (c; x) from a x a", /needed another letter\n/],
  ];
  for (const [text, why] of refused) it(text, () => assert.match(refusal(text), why));

  it("as a size it stands where there are many instances in one matrix", () => {
    declare(
      "dims d a b l; Z : d x a*b*l; y : d x l; map all(c:d; p:a, q:b, n:l) = (c; p, q, n) from d x a*b*l",
    );
  });
});
