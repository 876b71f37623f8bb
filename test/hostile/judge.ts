/** A page as a browser's parser reads it, judged by lists of its own: what may stand where a notebook's words are. */
import assert from "node:assert/strict";
import { type DefaultTreeAdapterMap, parse } from "parse5";

export type Node = DefaultTreeAdapterMap["node"];
export type Element = DefaultTreeAdapterMap["element"];

/** What can only show. SVG and MathML are KaTeX's. */
const shown =
  /^(?:a|abbr|b|blockquote|br|caption|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr|x-formula)$/;
const inFormula = /^(?:math|semantics|annotation|m[a-z]+|svg|path|line|g|rect)$/;

/** Every element below, in the order of the page. */
export function* elementsIn(node: Node): Generator<Element> {
  if ("tagName" in node) yield node;
  if ("childNodes" in node) for (const child of node.childNodes) yield* elementsIn(child);
}

export function textIn(node: Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textIn).join("") : "";
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** The cells of a page. Throws where something in it may run, fetch, navigate or reach into another cell. */
export function judgedCells(page: string): Element[] {
  const all = [...elementsIn(parse(page))];
  const main = all.filter(({ tagName }) => tagName === "main");
  assert.equal(main.length, 1, "one main");
  const cells = main[0]?.childNodes.filter((node): node is Element => "tagName" in node) ?? [];
  for (const cell of cells) {
    assert.equal(cell.tagName, "section", "main has cells and nothing else");
    for (const element of elementsIn(cell)) judgeElement(element);
  }
  assert.equal(all.filter(({ tagName }) => tagName === "section").length, cells.length, "no cell in a cell");
  judgeHead(all);
  return cells;
}

/** The head has what every page has, whatever the notebook says. */
function judgeHead(all: readonly Element[]): void {
  const names = all.map(({ tagName }) => tagName);
  for (const name of ["link", "base", "form", "iframe", "object", "embed", "template"])
    assert.ok(!names.includes(name), name);
  assert.equal(names.filter((name) => name === "meta").length, 3);
  assert.equal(names.filter((name) => name === "title").length, 1);
  assert.ok(names.filter((name) => name === "script").length <= 1 + names.length);
  const runs = all.filter((one) => one.tagName === "script" && attribute(one, "type") !== "application/json");
  assert.ok(runs.length <= 1, "one script at most: the page's own");
}

function judgeElement(element: Element): void {
  const { tagName, attrs } = element;
  const isData = tagName === "script" && attribute(element, "type") === "application/json";
  assert.ok(isData || shown.test(tagName) || inFormula.test(tagName), `<${tagName}>`);
  for (const { name, value } of attrs) judgeAttribute(tagName, name, value);
}

function judgeAttribute(tagName: string, name: string, value: string): void {
  assert.ok(
    !/^on|^srcdoc$|^srcset$|^ping$|^target$|^action$|^formaction$|^name$|^background$|^poster$/.test(name),
    `${tagName} ${name}`,
  );
  if (name === "href")
    assert.match(value, /^(?:https?:\/\/|mailto:|#|[\w.%~/-]+)/, `${tagName} href=${value}`);
  if (name === "href") assert.doesNotMatch(value, /^\s*(?:javascript|data|vbscript):/i);
  if (name === "src")
    assert.match(value, /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]*$/);
  if (name === "style") assert.doesNotMatch(value, /url\(|expression|position\s*:\s*fixed|@import/i);
  if (/^(?:width|height|colspan|rowspan)$/.test(name))
    assert.ok(Number.parseFloat(value) <= 4_000 || tagName === "svg", `${name}=${value}`);
  if (name === "id") assert.match(tagName, /^(?:h[1-6]|section)$/);
}
