import assert from "node:assert/strict";
import { isBoundedSvg } from "../../kernel/notebook/page/boundedSvg.js";
import { partHtml } from "../../kernel/notebook/page/part.js";
import { sanitise } from "../../kernel/notebook/page/sanitise.js";
import { plot, randomMatrix } from "../../src/index.js";
import { displayKey } from "../../src/numeric/show.js";

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
    const itself = '<pattern id="p"><rect/></pattern><rect/>';
    assert.ok(!isBoundedSvg(svg(`<style>rect { fill: url(#p) }</style>${itself}`)));
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

describe("a style sheet within an SVG", () => {
  const drawn = (sheet: string, elements: number): boolean =>
    isBoundedSvg(svg(`${sheet}${'<rect class="raster"/>'.repeat(elements)}`));

  it("may filter a picture, as those of our own figures do", () => {
    const figure = plot.heatmap(randomMatrix(300, 300, { seed: 2 }))[displayKey]() as Record<string, string>;
    assert.match(figure["image/svg+xml"] ?? "", /<style>[^<]*filter:url\(#/);
    assert.ok(isBoundedSvg(figure["image/svg+xml"] ?? ""));
  });

  it("counts for each element that it may mean, whatever stands beside it", () => {
    for (const sheet of [
      "<style>.raster{filter:url(#f)}</style>",
      "<style>@media print { g > .raster { filter : url( '#f' ) } }</style>",
      "<style><![CDATA[.a, .raster{filter:url(#f)}]]></style>",
      "<svg:style>rect{filter:url(#f)}</svg:style>",
      "<style>:is(.a, .b){filter:url(#f)}</style>",
      "<style>.a{--f:url(#f);filter:url(#f)}</style>",
    ])
      assert.deepEqual([drawn(sheet, 10), drawn(sheet, 1_000)], [true, false], sheet);
    assert.ok(drawn("<style>.other{filter:url(#f)}</style>", 1_000));
    const hidden = '<rect class="r&#97;ster"/>'.repeat(1_000);
    assert.ok(!isBoundedSvg(svg(`<style>.raster{filter:url(#f)}</style>${hidden}`)));
  });

  it("is refused where its references cannot be told", () => {
    for (const sheet of [
      "<style>.raster{filter:&#117;rl(#f)}</style>",
      "<style>.raster{filter:u\\72l(#f)}</style>",
      "<style>.raster{filter:url(#f);.a{fill:red}}</style>",
      "<style><a/>.raster{filter:url(#f)}</style>",
      "<style>.raster{filter:url(#f)}",
      "<style>@import 'a.css';</style>",
      "<link rel='stylesheet' href='data:text/css,'/>",
      "<?xml-stylesheet href='data:text/css,'?>",
      "<style></style>".repeat(30),
    ])
      assert.ok(!drawn(sheet, 1), sheet);
  });

  it("is read in time that grows with its length, whatever stands in it", () => {
    const started = process.cpuUsage();
    for (const part of ["<style>", "</style>", "a", ".a ", "{", "}", "a{b}"])
      for (const begin of ["", "<style>"]) isBoundedSvg(svg(begin + part.repeat(2_000_000 / part.length)));
    assert.ok(process.cpuUsage(started).user < 5e6);
  }).retries(2);
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
