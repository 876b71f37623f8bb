import assert from "node:assert/strict";
import view from "../../kernel/lab/views/phi.js";
import { all, hover, mount, one, press, usePage } from "./page.js";
import { base64, phiPayload, placeName } from "./phiPayload.js";

/** Not square, two channels, stride 2, so that no two ways of counting agree: φ(Z) is 18 × 6. */
const generic = phiPayload({ a: 5, b: 7, d: 2, h: 3, s: 2, pad: 0 }, placeName);

const marked = (node: HTMLElement): number[] =>
  all(node, ".philab-pixel.philab-on")
    .map((pixel) => Number(pixel.textContent))
    .sort((x, y) => x - y);
const entryAt = (node: HTMLElement, row: number, col: number): HTMLElement =>
  one(node, `td[data-row="${row - 1}"][data-col="${col - 1}"]`);
const status = (node: HTMLElement): string => one(node, "[role=status]").textContent ?? "";

describe("the explorer of phi, eq. (4)", () => {
  usePage();

  it("writes z at (p s + i, q s + j, c) into row (i, j, c) and column (p, q)", () => {
    const { node } = mount(view, generic);
    const lines = all(node, "tbody tr").map((line) =>
      all(line, "td").map((cell) => Number(cell.textContent)),
    );
    const expected: number[][] = [];
    for (let c = 1; c <= 2; c++) {
      for (let j = 1; j <= 3; j++) {
        for (let i = 1; i <= 3; i++) {
          const line: number[] = [];
          for (let q = 1; q <= 3; q++)
            for (let p = 1; p <= 2; p++) line.push(placeName(i + (p - 1) * 2, j + (q - 1) * 2, c));
          expected.push(line);
        }
      }
    }
    assert.deepEqual(lines, expected);
  });

  it("heads each row with (i, j, c) and each column with (p, q)", () => {
    const { node } = mount(view, generic);
    assert.deepEqual(
      all(node, "thead th[scope=col]").map((head) => head.textContent),
      ["1,1", "2,1", "1,2", "2,2", "1,3", "2,3"],
    );
    const rows = all(node, "th[scope=row]").map((head) => head.textContent);
    assert.deepEqual(rows.slice(0, 4), ["1,1,1", "2,1,1", "3,1,1", "1,2,1"]);
    assert.equal(rows[9], "1,1,2");
  });

  it("marks exactly the sub-image of the column that is pointed at, in every channel, and says it", () => {
    const { node } = mount(view, generic);
    hover(entryAt(node, 1, 3));
    // Column 3 is output place (1, 2): rows 1–3 and columns 3–5 of both channels.
    assert.deepEqual(
      marked(node),
      [113, 114, 115, 123, 124, 125, 133, 134, 135, 213, 214, 215, 223, 224, 225, 233, 234, 235],
    );
    assert.match(status(node), /^column 3 = output place \(1, 2\): rows 1–3, columns 3–5 of Z/);
    assert.equal(all(node, "td.philab-on").length, 18);
    assert.ok(all(node, "td.philab-on").every((cell) => cell.dataset.col === "2"));
  });

  it("marks the one pixel of the entry that is pointed at", () => {
    const { node } = mount(view, generic);
    hover(entryAt(node, 11, 6));
    const pixel = one(node, ".philab-pixel.philab-entry");
    // Row 11 is (2, 1, 2), column 6 is (2, 3): pixel (2 + 2, 1 + 4) of channel 2.
    assert.equal(pixel.textContent, String(placeName(4, 5, 2)));
    assert.match(status(node), /row \(i, j, c\) = \(2, 1, 2\) is its entry \(4, 5, 2\) = 245$/);
  });

  it("marks in φ(Z) the column whose sub-image lies around the pixel that is pointed at", () => {
    const { node } = mount(view, generic);
    const pixel = all(node, ".philab-pixel").find((cell) => cell.textContent === String(placeName(4, 4, 1)));
    hover(pixel!);
    assert.deepEqual([...new Set(all(node, "td.philab-on").map((cell) => cell.dataset.col))], ["3"]);
    assert.match(status(node), /^column 4 = output place \(2, 2\)/);
  });

  it("walks through φ(Z) by arrow keys, and stops at its sides", () => {
    const { node } = mount(view, generic);
    const start = entryAt(node, 1, 1);
    start.focus();
    assert.equal(press(start, "ArrowRight"), true);
    assert.match(status(node), /^column 2 /);
    assert.equal(press(document.activeElement as HTMLElement, "ArrowDown"), true);
    assert.equal(document.activeElement, entryAt(node, 2, 2));
    press(document.activeElement as HTMLElement, "End");
    press(document.activeElement as HTMLElement, "ArrowRight");
    assert.match(status(node), /^column 6 /);
    assert.equal(press(document.activeElement as HTMLElement, "a"), false);
    assert.equal(all(node, "td[tabindex='0']").length, 1);
  });

  it("moves the sub-image in the image by arrow keys: down is the next p, right the next q", () => {
    const { node } = mount(view, generic);
    const image = one(node, ".philab-channels");
    press(image, "ArrowDown");
    assert.match(status(node), /^column 2 = output place \(2, 1\): rows 3–5, columns 1–3/);
    press(image, "ArrowRight");
    assert.match(status(node), /^column 4 = output place \(2, 2\)/);
    press(image, "ArrowDown");
    assert.match(status(node), /^column 4 /);
  });

  it("counts in pad(Z) where there is padding, and tells a zero of the frame from a pixel", () => {
    const { node } = mount(
      view,
      phiPayload({ a: 4, b: 3, d: 1, h: 3, s: 1, pad: 1 }, (i, j) => 10 * i + j),
    );
    assert.equal(all(node, ".philab-pixel").length, 6 * 5);
    assert.equal(all(node, ".philab-pixel.philab-padding").length, 6 * 5 - 4 * 3);
    hover(entryAt(node, 1, 12));
    assert.match(status(node), /^column 12 = output place \(4, 3\): rows 4–6, columns 3–5 of pad\(Z\)/);
    hover(entryAt(node, 9, 12));
    assert.match(status(node), /is its entry \(6, 5, 1\) = 0, padding$/);
    assert.deepEqual(marked(node), [0, 0, 0, 0, 0, 32, 33, 42, 43]);
  });

  it("draws large images and a large φ(Z) as pictures that the keyboard walks too", () => {
    const { node } = mount(view, phiPayload({ a: 28, b: 30, d: 1, h: 5, s: 1, pad: 0 }, placeName));
    assert.equal(all(node, "td").length, 0);
    const grid = one(node, "[role=grid]");
    assert.deepEqual([grid.getAttribute("aria-rowcount"), grid.getAttribute("aria-colcount")], ["25", "624"]);
    press(grid, "End");
    assert.match(status(node), /^column 624 = output place \(24, 26\): rows 24–28, columns 26–30 of Z/);
    const frame = one(
      node,
      ".philab-image .philab-stage:not(.philab-lens) > .philab-frame:not(.philab-frame-entry)",
    );
    assert.equal(frame.style.top, `${(100 * 23) / 28}%`);
    assert.equal(frame.style.height, `${(100 * 5) / 28}%`);
    assert.equal(one(node, "[role=gridcell]").getAttribute("aria-colindex"), "624");
    assert.match(one(node, ".philab-columns figcaption").textContent ?? "", /columns 125–624 shown/);
  });

  it("shows of a pixel all the columns that use it, and its place in vec(Z)", () => {
    const { node } = mount(view, phiPayload({ a: 4, b: 5, d: 1, h: 2, s: 1, pad: 0 }, placeName));
    hover(all(node, ".philab-pixel").find((cell) => cell.textContent === "122")!);
    const uses = all(node, "td.philab-use").map(({ dataset }) => [Number(dataset.row), Number(dataset.col)]);
    // Pixel (2, 2) is the last of the sub-image at (1, 1), the first of that at (2, 2): columns 1, 2, 4 and 5 of 12.
    assert.deepEqual(
      uses.sort(([, one], [, other]) => one! - other!),
      [
        [3, 0],
        [2, 1],
        [1, 3],
        [0, 4],
      ],
    );
    assert.match(
      status(node),
      /pixel \(2, 2, 1\) = 122, place 6 of vec\(Z\), is used by 4 columns: 1, 2, 4, 5$/,
    );
    assert.match(one(node, ".philab-selection > .philab-note").textContent ?? "", /^column 6 of Pφ/);
  });

  it("writes the products of an entry of S out, and their sum with b", () => {
    const w = { dtype: "float64", base64: base64([1, 0, -2, 3]) } as const;
    const { node } = mount(view, {
      ...phiPayload({ a: 3, b: 3, d: 1, h: 2, s: 1, pad: 0 }, placeName),
      filter: w,
      bias: 0.5,
    });
    hover(entryAt(node, 3, 4));
    // Column 4 is the sub-image at (2, 2): 122, 132, 123, 133.
    assert.deepEqual(
      all(node, ".philab-product").map(({ textContent }) => textContent),
      ["1 · 122", "0 · 132", "−2 · 123", "3 · 133"],
    );
    assert.equal(one(node, ".philab-product.philab-entry").textContent, "−2 · 123");
    assert.match(one(node, ".philab-sum").textContent ?? "", /add up to 275; with b = 0\.5, s = 276/);
    assert.match(
      one(node, ".philab-selection > .philab-note").textContent ?? "",
      /^row 15 of Pφ has its 1 in column 8/,
    );
  });

  it("computes all views anew when h, s or the padding is moved, and writes a_out with its numbers", () => {
    const { node } = mount(view, phiPayload({ a: 4, b: 5, d: 2, h: 2, s: 1, pad: 0 }, placeName));
    const [h, s, pad] = all(node, ".philab-slider input") as HTMLInputElement[];
    const move = (input: HTMLInputElement | undefined, value: string): void => {
      input!.value = value;
      input!.dispatchEvent(new Event("input"));
    };
    const sides = (): [number, number] => [
      all(node, "tbody tr").length,
      all(node, "thead th[scope=col]").length,
    ];
    assert.deepEqual(sides(), [8, 12]);
    move(pad, "1");
    move(h, "3");
    move(s, "2");
    assert.deepEqual(sides(), [18, 2 * 3]);
    assert.match(
      one(node, ".philab-formula-line").textContent ?? "",
      /^aout = ⌊\(4 \+ 2 − 3\)\/2⌋ \+ 1 = 2,\s+bout = ⌊\(5 \+ 2 − 3\)\/2⌋ \+ 1 = 3$/,
    );
    move(all(node, ".philab-slider input")[3] as HTMLInputElement, "1");
    assert.deepEqual(sides(), [9, 6]);
    move(h, "99");
    assert.equal(h!.value, "6", "no window is larger than the padded image");
  });

  it("says how many values are not finite", () => {
    const { node } = mount(
      view,
      phiPayload({ a: 2, b: 2, d: 1, h: 1, s: 1, pad: 0 }, (i, j) => (i === j ? NaN : Infinity)),
    );
    assert.match(node.textContent ?? "", /4 values of Z are not finite/);
    assert.deepEqual(
      all(node, "td").map((cell) => cell.textContent),
      ["NaN", "∞", "∞", "NaN"],
    );
  });

  const bad: [title: string, payload: unknown, reason: RegExp][] = [
    ["null", null, /came null; needed an object/],
    ["an unknown version", { ...generic, version: 2 }, /version is 2; this plugin reads version 1/],
    ["a window larger than the image", { ...generic, h: 9 }, /h = 9, but a \+ 2·pad = 5/],
    ["a size that is text", { ...generic, s: "<b>2</b>" }, /s = "<b>2<\/b>"; needed a whole number/],
    [
      "too few bytes",
      { ...generic, z: { dtype: "float64", base64: base64([1, 2]) } },
      /z holds 16 bytes; d·a·b = 70 numbers need 560/,
    ],
    [
      "bytes that are no base64",
      { ...generic, z: { dtype: "float64", base64: "***" } },
      /z.base64 is not base64/,
    ],
    [
      "a φ(Z) too large for a page",
      { ...generic, a: 4096, b: 4096 },
      /φ\(Z\) would have [\d,]+ entries; the explorer shows up to 16,777,216/,
    ],
  ];
  for (const [title, payload, reason] of bad) {
    it(`shows ${title} as a box with the reason and the raw data`, () => {
      const { node } = mount(view, payload);
      assert.match(one(node, ".philab-problem-reason").textContent ?? "", reason);
      assert.equal(one(node, "pre").textContent, JSON.stringify(payload, undefined, 2));
      assert.equal(all(node, "b").length, 0);
    });
  }

  it("leaves nothing behind when it is disposed of", async () => {
    const { node, cleanup } = mount(view, generic);
    (await cleanup)?.();
    assert.equal(node.childNodes.length, 0);
  });
});
