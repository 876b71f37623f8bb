import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "parse5";
import { outputHtml } from "../../kernel/notebook/page/output.js";
import { partHtml } from "../../kernel/notebook/page/part.js";
import { sanitise } from "../../kernel/notebook/page/sanitise.js";
import { cases } from "../cases.js";
import { elementsIn, judgedCells, textIn } from "./judge.js";

/** Pieces of markup that have misled sanitisers, and what stands between them. */
const names =
  "a b p div table tr td caption details summary img kbd code pre svg math style script template title textarea select option noscript iframe form input base meta link object embed xmp plaintext h1 li ol font marquee button body html head frameset mtext annotation-xml foreignObject x-formula".split(
    " ",
  );
const attributes = [
  'href="javascript:window.trapped=1"',
  "href=http://x.org/",
  'href=" java\tscript:x"',
  "src=x",
  "onerror=trapped()",
  'onload="trapped()"',
  'style="position:fixed;background:url(http://x.org)"',
  'name="querySelectorAll"',
  "id=getElementById",
  'http-equiv=refresh content="0;url=http://x.org"',
  "action=http://x.org",
  'width="99999999"',
  "rowspan=99999",
  "class='explorer'",
  'data-k="0-0"',
  "srcdoc='<script>trapped()</script>'",
  "xlink:href=http://x.org",
];
const oneOf = (list: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...list);

const tag = fc
  .tuple(
    oneOf(names),
    oneOf(["", "/", " ", "\n", "\f", "\0", "\u00a0"]),
    fc.array(oneOf(attributes), { maxLength: 2 }),
    oneOf([">", "/>", "", " >", "<"]),
  )
  .map(([name, gap, given, end]) => `<${name}${gap}${given.join(gap || " ")}${end}`);
const closing = oneOf(names).map((name) => `</${name}>`);
const other = oneOf([
  "text",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?x",
  "&lt;script&gt;",
  "&#60;img src=x&#62;",
  "$x$",
  "$$y",
  "`",
  "```",
  "\n\n",
  "- ",
  "> ",
  "| a |\n|---|\n| ",
  "# ",
  "[x](javascript:y)",
  "![x](http://x.org/a.png)",
  "<http://x.org>",
  "\\href{javascript:x}{y}",
  "\u202e",
]);
const markup = fc.array(fc.oneof(tag, closing, other), { maxLength: 14 }).map((pieces) => pieces.join(""));

const pageOf = (...cells: string[]): string =>
  `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport"><meta http-equiv="x"><title>t</title></head><body><article class="layout"><main>${cells.map((html) => `<section class="cell">${html}</section>`).join("\n")}</main></article></body></html>`;

/** Three cells, the hostile one in the middle: all three are there, and the last has its own words. */
function judge(html: string): void {
  const cells = judgedCells(pageOf("first", html, "last"));
  assert.equal(cells.length, 3);
  assert.equal(textIn(cells[2] as NonNullable<(typeof cells)[2]>), "last");
}

describe("markup of any kind", () => {
  it("is sanitised to what can only show, and reaches no other cell", () => {
    fc.assert(
      fc.property(markup, (html) => judge(sanitise(html))),
      cases(400),
    );
  });

  it("says the same when it is sanitised twice", () => {
    const shownText = (html: string): string => textIn(parse(html)).replace(/\s+/g, "");
    fc.assert(
      fc.property(markup, (html) => {
        const once = sanitise(html);
        assert.equal(shownText(sanitise(once)), shownText(once));
      }),
      cases(200),
    );
  });

  it("in a markdown cell becomes such a part", () => {
    fc.assert(
      fc.property(markup, (source) => judge(partHtml({ kind: "markdown", source }, new Map()).html)),
      cases(300),
    );
  });

  it("in an output of any type becomes such a part", () => {
    const type = oneOf([
      "text/html",
      "text/markdown",
      "text/latex",
      "text/plain",
      "image/svg+xml",
      "image/png",
    ]);
    fc.assert(
      fc.property(type, markup, (mime, data) =>
        judge(outputHtml({ output_type: "display_data", data: { [mime]: data }, metadata: {} })),
      ),
      cases(200),
    );
  });

  it("in the payload of a view ends neither its data nor its output", () => {
    const types = ["derivation", "phi", "verdict"].map((name) => `application/vnd.philab.${name}.v1+json`);
    const payload = fc.oneof(
      fc.jsonValue(),
      fc.record({
        version: fc.constant(1),
        lines: fc.array(fc.record({ text: markup, tex: markup, reason: markup })),
      }),
      fc.record({
        version: fc.constant(1),
        tag: markup,
        statement: fc.record({ text: markup, tex: markup }),
      }),
    );
    fc.assert(
      fc.property(oneOf(types), payload, (mime, data) =>
        judge(
          partHtml(
            { kind: "output", output: { output_type: "display_data", data: { [mime]: data }, metadata: {} } },
            new Map(),
          ).html,
        ),
      ),
      cases(200),
    );
  });

  it("is found by the judge where nothing sanitises it", () => {
    for (const html of [
      "<img src=x>",
      "<a href='javascript:x'>",
      "</section><section>",
      "<table><tr><td></section>",
      "<form>",
      "<b onclick=x>",
    ])
      assert.throws(() => judge(html), Error, `let through: ${html}`);
    assert.ok([...elementsIn(parse("<b>x</b>"))].length > 3);
  });
});
