import assert from "node:assert/strict";
import { isBoundedSvg } from "../../kernel/notebook/page/boundedSvg.js";
import { partHtml } from "../../kernel/notebook/page/part.js";
import { sanitise } from "../../kernel/notebook/page/sanitise.js";

const svg = (within: string): string => `<svg xmlns="http://www.w3.org/2000/svg">${within}</svg>`;
/** Each group draws the one before twice. */
const doubling = (depth: number, use = "use href"): string =>
  Array.from({ length: depth }, (_, k) => `<g id="g${k + 1}"><${use}="#g${k}"/><${use}='#g${k}'/></g>`).join(
    "",
  ) + `<${use}="#g${depth}"/>`;

describe("an SVG in a page", () => {
  it("is drawn where its shapes stand once, or are used as often as glyphs of a plot are", () => {
    assert.ok(isBoundedSvg(svg('<rect width="1" height="1"/>')));
    const glyphs = `<defs><path id="a" d="M0 0"/></defs>${'<use xlink:href="#a" x="1"/>'.repeat(15_000)}`;
    assert.ok(isBoundedSvg(svg(glyphs)));
    assert.ok(isBoundedSvg(svg(doubling(10))));
  });

  it("is not where uses of uses draw a million shapes, whatever they are called, or a circle of them", () => {
    for (const use of ["use href", "use xlink:href", "svg:use href", "USE\nhref "])
      assert.ok(!isBoundedSvg(svg(doubling(20, use))), use);
    assert.ok(
      !isBoundedSvg(svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><use href="#a"/>')),
    );
    assert.ok(!isBoundedSvg(svg('<use href="#a"/>'.repeat(30_000))));
  });

  it("is where thousands of shapes are cut by one path, as a plot's are, and not where paint is painted with paint", () => {
    const cut = `<clipPath id="c"><rect/></clipPath>${'<path clip-path="url(#c)" d="M0 0"/>'.repeat(30_000)}`;
    assert.ok(isBoundedSvg(svg(cut)));
    const painted = (depth: number, paint: string): string =>
      Array.from(
        { length: depth },
        (_, k) => `<pattern id="p${k}">${`<rect ${paint.replace("ID", `#p${k + 1}`)}/>`.repeat(2)}</pattern>`,
      ).join("") + `<rect ${paint.replace("ID", "#p0")}/>`;
    for (const paint of [
      "fill='url(ID)'",
      'style="fill: url( ID )"',
      "mask=\"url('ID')\"",
      'style="stroke:url(&quot;ID&quot;)"',
    ]) {
      assert.ok(isBoundedSvg(svg(painted(8, paint))), paint);
      assert.ok(!isBoundedSvg(svg(painted(30, paint))), paint);
    }
    assert.ok(!isBoundedSvg(svg("<style>rect { fill: url(#p) }</style>")));
    assert.ok(!isBoundedSvg(svg(`<filter id="f"/>${'<rect filter="url(#f)"/>'.repeat(1_000)}`)));
  });

  it("is not where it moves, or its text is hidden in entities", () => {
    for (const within of [
      "<animate/>",
      "<svg:animateTransform />",
      "<style>@keyframes x{}</style>",
      "<set/>",
    ])
      assert.ok(!isBoundedSvg(svg(within)), within);
    assert.ok(!isBoundedSvg('<!DOCTYPE svg [<!ENTITY u "<use">]>' + svg("")));
  });
});

describe("a table or a list in a page", () => {
  it("keeps its spans, up to a bound for all of them", () => {
    const cell = '<td colspan="100" rowspan="100">x</td>';
    const table = (cells: number): string => `<table><tr>${cell.repeat(cells)}</tr></table>`;
    assert.equal(sanitise(table(2)).match(/colspan/g)?.length, 2);
    assert.equal(sanitise(table(500)).match(/colspan/g)?.length, 2);
    assert.equal(sanitise(table(500)).match(/<td/g)?.length, 500);
  });

  it("is shown as text where it has too many elements, and counts upwards", () => {
    const part = (html: string): string =>
      partHtml(
        {
          kind: "output",
          output: { output_type: "display_data", data: { "text/html": html }, metadata: {} },
        },
        new Map(),
      ).html;
    assert.match(part("<li>x</li>".repeat(10_000)), /too many elements for a page/);
    assert.match(part("<i>x</i>".repeat(70_000)), /too many elements for a page/);
    assert.doesNotMatch(part("<i>x</i>".repeat(40_000)), /too many/);
    assert.equal(sanitise("<ol reversed><li>x</li></ol>"), "<ol><li>x</li></ol>");
  });
});
