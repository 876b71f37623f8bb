import assert from "node:assert/strict";
import { type Badge, badgeText, levels } from "../../../src/symbolic/check/badge.js";
import { holdsBadge, showsBadge } from "../../../src/symbolic/check/showsBadge.js";

const claims = levels.map(
  (claim): Badge => ({ mark: claim === "float" ? "nearly" : "holds", claim, caveats: [] }),
);
const bounds: Badge[] = [
  { mark: "holds", claim: "identity", bound: { shapes: 3, error: 1e-21 }, caveats: [{ kind: "rising" }] },
  { mark: "holds", claim: "here", bound: { at: { h: 2 } }, caveats: [{ kind: "vacuous" }] },
];

/** Up to as many signs may stand between a mark and its claim. */
const between = (mark: string, count: number) => `${mark}${"x".repeat(count)}all sizes`;

describe("a text that shows a badge", () => {
  it("is that of every badge of what holds, and of none that says less", () => {
    for (const badge of [...claims, ...bounds])
      assert.ok(showsBadge(`A = B  [${badgeText(badge)}]`), badgeText(badge));
    for (const mark of ["fails", "unchecked"] as const)
      assert.ok(!showsBadge(badgeText({ mark, caveats: [] })), mark);
    for (const text of ["", "all sizes", "✓ done", "≈ 3", "tried on numbers only", "√2 holds for all sizes"])
      assert.ok(!showsBadge(text), text);
  });

  it("has its claim not far behind its mark", () => {
    for (const mark of ["✓", "✔", "☑", "✅", "🗸", "🗹", "\\checkmark "]) {
      assert.ok(showsBadge(between(mark, 40)), mark);
      assert.ok(!showsBadge(between(mark, 41)), mark);
    }
    for (const mark of ["√", "\\surd "]) {
      assert.ok(showsBadge(between(mark, 3)), mark);
      assert.ok(!showsBadge(between(mark, 4)), mark);
    }
    assert.ok(showsBadge(`≈${"x".repeat(40)}tried on numbers`));
    assert.ok(!showsBadge(`≈${"x".repeat(41)}tried on numbers`));
  });

  for (const [what, text] of [
    ["capitals and spaces", "✓  ALL\n sIzEs"],
    ["numbers of signs", "&#x2713;&#97;ll&#x20;sizes"],
    ["numbers of signs without their end", "&#10003 all sizes"],
    ["numbers of no sign", "✓ al&#0;l si&#1114112;zes"],
    ["names of signs", "&checkmark;all&nbsp;sizes"],
    ["another name", "&check; all&ThinSpace;&zwnj;sizes"],
    ["a root's name", "&Sqrt;all&emsp;sizes"],
    ["soft hyphens", "✓ all si&shy;zes"],
    ["invisible signs", "✓ a\u200bll s\u00adizes"],
    ["marks over letters", "✓ a\u0308ll sizés"],
    ["letters of other alphabets", "✓ \u0430\u04cf\u04cf \u0455\u0456z\u0435\u0455"],
    ["letters of full width", "✓ ａｌｌ ｓｉｚｅｓ"],
    ["tags", "<b>✓</b> a<i class='x'>ll</i> siz<br/>es"],
    ["comments", `✓ all <!-- - -- ${"x".repeat(99)} -->sizes`],
    ["comments with tags and dashes in them", "✓ all <!-- 1 > 2 - 3 < 4 -- 5 -->sizes"],
    ["a comment without its end", "✓ all sizes <!-- x"],
    ["an element that is hidden", "✓ all si<i hidden>q</i>zes"],
    ["an element that is not displayed", '✓ all si<span style="display : none">q</span >zes'],
    ["TeX's letters", "\\checkmark\\,\\text{all}~\\mathrm{sizes}"],
    ["TeX's spaces", "\\checkmark\\quad all\\hspace{}\\;\\ sizes"],
    ["TeX's spaces within a claim", "\\checkmark all\\quad sizes"],
    ["TeX's kerns", "\\checkmark a\\kern{}ll si\\mkern{}zes"],
    ["TeX's hexadecimal numbers", '\\char"2713 {all sizes}'],
    ["TeX's octal numbers", "\\char'23423 {all sizes}"],
    ["TeX's numbers", "\\char 10003 {all sizes}"],
    ["TeX's operators", "✓ \\operatorname*{all} \\mbox{sizes}"],
  ] as const)
    it(`is read through ${what}`, () => assert.ok(showsBadge(text)));

  it("is not made of what is hidden, nor of numbers that are no sign", () => {
    assert.ok(!showsBadge("✓ <i>done</i> for al sizes"));
    assert.ok(!showsBadge("✓ all<i>ways</i> sizes"));
    assert.ok(!showsBadge("&#0;&#1114112; all sizes"));
    assert.ok(showsBadge("✓&#0;&#1114112; all sizes"));
    assert.ok(!showsBadge("\\char'2713 all sizes"));
  });
});

describe("a value that holds a badge", () => {
  it("has it as data or in a text, however deep", () => {
    const badge = { mark: "holds", caveats: [] };
    for (const value of [
      "✓ all sizes",
      badge,
      { ...badge, mark: "nearly" },
      [1, [null, { title: ["✓ exactly"] }]],
      { a: { b: badge } },
    ])
      assert.ok(holdsBadge(value), JSON.stringify(value));
    for (const value of [
      ...[undefined, null, 3, true, "✓", [], {}, ["✓", "all sizes"], { "✓ all sizes": 1 }],
      ...[
        { mark: "holds" },
        { mark: "fails", caveats: [] },
        { caveats: [] },
        { mark: "holds", caveats: [3] },
      ],
    ])
      assert.ok(!holdsBadge(value), JSON.stringify(value));
  });
});
