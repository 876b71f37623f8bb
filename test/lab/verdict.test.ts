import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import cardView from "../../kernel/lab/views/card.js";
import { levelMeanings } from "../../kernel/lab/views/facts.js";
import { readBadge } from "../../kernel/lab/views/readBadge.js";
import { boundedTypeset } from "../../kernel/lab/views/typeset.js";
import view from "../../kernel/lab/views/verdict.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { lecture } from "../../src/index.js";
import { type Shown, VERDICT_MIME, type VerdictPayload } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { all, mount, one, usePage } from "./page.js";

const shown = (payload: unknown): HTMLElement =>
  mount(view, payload, {
    typeset: (place, tex) => {
      place.textContent = `⟦${tex}⟧`;
    },
  }).node;

describe("the view of a checked statement", () => {
  usePage();
  const L = lecture`dims m n; A : m x n`;
  const look = (L.check("(twice)", "A'' = A") as Shown)[displayKey]();
  const payload = JSON.parse(JSON.stringify(look[VERDICT_MIME])) as VerdictPayload;

  it("is one line: the statement, its badge and its name", () => {
    const node = shown(payload);
    assert.equal(one(node, ".philab-formula").textContent, `⟦${payload.statement.tex}⟧`);
    assert.equal(one(node, ".philab-badge.philab-proved").textContent, "✓ all sizes");
    assert.equal(one(node, ".philab-reason").textContent, "(twice)");
    assert.equal(one(node, ".philab-equals").textContent, "");
  });

  it("has no name where none was given, in a list the list's alone", () => {
    assert.equal(one(shown({ ...payload, tag: "" }), ".philab-reason").textContent, "");
    const list = {
      version: 1,
      statements: [
        { name: "a", verdict: { ...payload, tag: "" } },
        { name: "b", verdict: payload },
      ],
    };
    assert.deepEqual(
      all(shown(list), ".philab-reason").map(({ textContent }) => textContent),
      ["a", "b: (twice)"],
    );
  });

  it("is refused in lists that would freeze a page, as are cards of so many pieces", () => {
    const statements = Array.from({ length: 2_001 }, () => ({ verdict: payload }));
    const lines = Array.from({ length: 60 }, () => Array.from({ length: 40 }, () => "x"));
    const card = { version: 1, kind: "formula", title: [], sections: [{ lines }] };
    for (const node of [shown({ version: 1, statements }), mount(cardView, card).node]) {
      assert.match(
        one(node, ".philab-problem-reason").textContent ?? "",
        /: 2[04]0[01] of them; needed at most 2000$/,
      );
      assert.ok(all(node, "*").length < 50);
    }
  });

  it("sets so many letters of mathematics at once as do not freeze a page, leaves the others as TeX, and goes on later", async () => {
    const tex = "x + ".repeat(2_400);
    const lines = Array.from({ length: 40 }, () => [{ tex: `${tex}x`, text: "x" }]);
    let letters = 0;
    const typeset = (_: HTMLElement, piece: string): void => {
      letters += piece.length;
    };
    const { node } = mount(
      cardView,
      { version: 1, kind: "formula", title: [], sections: [{ lines }] },
      { typeset },
    );
    assert.ok(letters > 100_000 && letters <= 200_000, `${letters}`);
    assert.match(all(node, "li").at(-1)?.textContent ?? "", /x \+ x/);
    const before = letters;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const bounded = boundedTypeset(typeset);
    for (let asked = 0; asked < 12; asked++) {
      bounded(document.createElement("span"), "x".repeat(19_000)); // as a preview is set at every key
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    assert.equal(letters, before + 12 * 19_000);
  });

  it("opens to its evidence, its entry instead of the prover's form, and its certificate", () => {
    const node = shown(payload);
    const details = one(node, "details") as HTMLDetailsElement;
    details.open = true;
    if (!details.querySelector("dl")) details.dispatchEvent(new Event("toggle"));
    const terms = all(node, "dt").map(({ textContent }) => textContent);
    assert.deepEqual(terms, ["Evidence", `Entry (${payload.entry?.at})`, "Certificate", "As typed"]);
  });

  it("says in its own place what the badge claims, as docs/trust.md does", () => {
    const node = shown(payload);
    const details = all(node, "details")[0] as HTMLDetailsElement;
    details.open = true;
    if (!details.querySelector("dl")) details.dispatchEvent(new Event("toggle"));
    const said = one(node, ".philab-claim p").textContent ?? "";
    assert.match(said, /^The two sides are equal for every choice of sizes/);
    assert.equal(all(node, "a").length, 0);
    const page = readFileSync(join(packageRoot(), "docs", "trust.md"), "utf8").replaceAll("*", "");
    for (const { claim } of Object.values(levelMeanings)) assert.ok(page.includes(claim), claim);
  });

  it("shows nothing that a statement's record does not have: no rule, no other reason", () => {
    const node = shown({
      ...payload,
      rule: { name: "lie", law: "A B = B A", source: "x" },
      change: { markedBefore: "A", markedAfter: "B", letters: [] },
      reason: "A B = B A",
      open: true,
    });
    assert.equal(node.innerHTML, shown(payload).innerHTML);
  });

  const bad: [title: string, payload: unknown, reason: RegExp][] = [
    ["another version", { ...payload, version: 2 }, /version is 2; needed 1/],
    ["a statement that is none", { ...payload, statement: 3 }, /statement is 3; needed an object/],
    ["a name that is no text", { ...payload, tag: {} }, /tag is \{\}; needed a text/],
    ["a badge without caveats", { ...payload, badge: { mark: "holds" } }, /badge\.caveats is undefined/],
  ];
  for (const [title, other, reason] of bad) {
    it(`shows ${title} as a box with the reason and the raw data`, () => {
      assert.match(one(shown(other), ".philab-problem-reason").textContent ?? "", reason);
    });
  }
});

describe("the view of a card", () => {
  usePage();
  const card = { version: 1, kind: "lecture", title: [{ text: "A B = B A", tex: "AB = BA" }], sections: [] };
  const ofMark = (mark: string) => ({ of: { mark, claim: "all sizes", caveats: [] }, text: "does not hold" });

  it("says what fails, and refuses a badge of what holds, which has no certificate there", () => {
    const fails = mount(cardView, { ...card, badge: ofMark("fails") }).node;
    assert.equal(one(fails, ".philab-badge").textContent, "✗ does not hold");
    for (const badge of [ofMark("holds"), ofMark("nearly"), { of: "✓ proved", text: "" }])
      assert.match(
        one(mount(cardView, { ...card, badge }).node, ".philab-problem-reason").textContent ?? "",
        /badge\.of is .*nothing on a card is certified/,
      );
  });
});

describe("a badge in a notebook", () => {
  const read = (badge: unknown, level?: string) => Object.values(readBadge(badge, level, "badge"));
  const tried = { mark: "holds", claim: "identity", caveats: [] };

  it("is read from its data: its text, and how strong it is", () => {
    assert.deepEqual(read({ mark: "holds", claim: "all sizes", caveats: [] }), ["✓ all sizes", "proved"]);
    const bound = { shapes: 4, error: 2e-9 };
    assert.deepEqual(read({ ...tried, bound }), ["✓ 4 shapes, error ≤ 1e-8", "tried"]);
    const at = { m: 2 };
    assert.deepEqual(read({ ...tried, claim: "here", bound: { at } }), ["✓ exactly at m=2", "tried"]);
    const vacuous = { mark: "holds", claim: "all sizes", caveats: [{ kind: "vacuous" }] };
    assert.deepEqual(read(vacuous), ["✓ all sizes, but vacuous: both sides are 0", "weak"]);
    const nearly = { mark: "nearly", claim: "float", caveats: [] };
    assert.deepEqual(read(nearly), ["≈ tried on numbers only", "weak"]);
    assert.deepEqual(read({ mark: "fails", caveats: [] }), ["✗", "wrong"]);
    assert.deepEqual(read({ mark: "unchecked", caveats: [] }), ["not checked", "unchecked"]);
    assert.deepEqual(read(undefined), ["", "unchecked"]);
  });

  it("that is still a text is shown as it stands, as strong as its line's level", () => {
    assert.deepEqual(read("✓ all sizes", "all sizes"), ["✓ all sizes", "proved"]);
    assert.deepEqual(read("✓ 3 shapes, error ≤ 1e-21", "identity"), ["✓ 3 shapes, error ≤ 1e-21", "tried"]);
    assert.deepEqual(read("≈ floating point only", "float"), ["≈ floating point only", "weak"]);
    assert.deepEqual(read("✓ <b>sworn</b>"), ["✓ <b>sworn</b>", "unchecked"]);
  });

  it("is refused where it is none", () => {
    for (const [badge, reason] of [
      [7, /badge is 7; needed an object/],
      [{ ...tried, mark: "toString" }, /badge\.mark is "toString"; needed one of holds, nearly/],
      [{ ...tried, claim: "certain" }, /badge\.claim is "certain"; needed one of float, identity/],
      [{ ...tried, bound: { shapes: 3 } }, /badge\.bound\.error is undefined; needed a number/],
      [{ ...tried, bound: { at: { m: "2" } } }, /badge\.bound\.at\.m is "2"; needed a number/],
      [{ ...tried, caveats: [{ kind: "sworn" }] }, /badge\.caveats is \[\{"kind":"sworn"\}\]/],
    ] as const)
      assert.throws(() => read(badge), reason);
  });
});
