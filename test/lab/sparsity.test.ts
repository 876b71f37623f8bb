import assert from "node:assert/strict";
import sparsity from "../../kernel/lab/views/sparsity.js";
import {
  countPixels,
  countWithin,
  entriesWithin,
  type SparsePlaces,
} from "../../kernel/lab/views/sparsityModel.js";
import { middleOf, showing, wholeZoom, zoomedAt } from "../../kernel/lab/views/zoom.js";
import { plot } from "../../src/index.js";
import { SPARSITY_MIME, type SparsityPayload } from "../../src/mime/types.js";
import { Pphi } from "../../src/numeric/phi.js";
import { displayKey } from "../../src/numeric/show.js";
import { convShape } from "../../src/shape.js";
import { mount, one, usePage } from "./page.js";

const P = Pphi(convShape({ a: 9, b: 7, d: 2, h: 3, s: 2 }));
const { row, col } = P.triplets();
const payload = plot.sparsity(P, { title: "P_φ" })[displayKey]()[SPARSITY_MIME] as SparsityPayload;
const int32 = (text: string): Int32Array =>
  new Int32Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);
const places: SparsePlaces = {
  ...{ rows: P.rows, cols: P.cols },
  ...{ rowStarts: int32(payload.row.starts), rowOffsets: int32(payload.row.offsets) },
  ...{ colStarts: int32(payload.col.starts), colOffsets: int32(payload.col.offsets) },
};

/** Entry by entry, from the triplets. */
function counted(window: {
  row: number;
  col: number;
  step: number;
  width: number;
  height: number;
}): number[] {
  const counts = Array.from({ length: window.width * window.height }, () => 0);
  for (let k = 0; k < row.length; k++) {
    const y = Math.floor((row[k]! - window.row) / window.step);
    const x = Math.floor((col[k]! - window.col) / window.step);
    if (y >= 0 && x >= 0 && y < window.height && x < window.width) counts[x + window.width * y]!++;
  }
  return counts;
}

describe("a large sparse matrix", () => {
  it("has in each pixel as many entries as its triplets have there, whole and in part", () => {
    for (const window of [
      { row: 0, col: 0, step: 5, width: 40, height: 60 },
      { row: 17.5, col: 30.25, step: 2.5, width: 12, height: 9 },
      { row: 40, col: 11, step: 1, width: 30, height: 25 },
    ]) {
      const counts = new Uint32Array(window.width * window.height);
      const most = countPixels(places, window, counts);
      assert.deepEqual([...counts], counted(window));
      assert.equal(most, Math.max(...counts));
    }
  });

  it("draws entries as squares where they are larger than a pixel", () => {
    const counts = new Uint32Array(40 * 40);
    countPixels(places, { row: 0, col: 0, step: 0.25, width: 40, height: 40 }, counts);
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 40; x++) {
        const isOne = row.some((i, k) => i === Math.floor(y / 4) && col[k] === Math.floor(x / 4));
        assert.equal(counts[x + 40 * y], isOne ? 1 : 0, `pixel ${x}, ${y}`);
      }
    }
  });

  it("finds the entries of a window, and how many a rectangle has", () => {
    const found = [...entriesWithin(places, { row: 20, col: 10, step: 1, width: 30, height: 12 })];
    const wanted = [...row].flatMap((i, k) =>
      i >= 20 && i < 32 && col[k]! >= 10 && col[k]! < 40 ? [[i, col[k]]] : [],
    );
    assert.deepEqual(found, wanted);
    assert.equal(countWithin(places, { row: 20, col: 10 }, { rows: 12, cols: 30 }), wanted.length);
  });

  it("keeps the place below the pointer where it is while it zooms, and brings a mark into sight", () => {
    const room = { rows: 1_098_075, cols: 154_587, width: 600, height: 430 };
    let zoom = wholeZoom(room);
    assert.ok(Math.abs(zoom.cell - 430 / 1_098_075) < 1e-12);
    const before = zoom.row + 200 / zoom.cell;
    for (let k = 0; k < 20; k++) zoom = zoomedAt(room, zoom, 1.5, 40, 200);
    assert.ok(Math.abs(zoom.row + 200 / zoom.cell - before) < 1e-3 * before);
    const shown = showing(room, { ...zoom, cell: 20 }, { row: 500_000, col: 3 });
    assert.ok(shown.row <= 500_000 && shown.row + room.height / 20 >= 500_001);
  });

  it("zooms by its buttons into the middle of a tall matrix, not into the empty room beside it", () => {
    const room = { rows: 14_400, cols: 784, width: 320, height: 430 };
    let zoom = wholeZoom(room);
    for (let k = 0; k < 14; k++) zoom = zoomedAt(room, zoom, 1.5, ...middleOf(room, zoom));
    const middle = zoom.col + room.width / zoom.cell / 2;
    assert.ok(zoom.cell > 4 && Math.abs(middle - 784 / 2) < 1, `column ${middle}`);
    assert.ok(Math.abs(zoom.row + room.height / zoom.cell / 2 - 7_200) < 1);
  });

  it("brings all marked rows into sight, in the middle, and moves nothing that is seen", () => {
    const room = { rows: 14_400, cols: 784, width: 320, height: 260 };
    const zoom = { row: 0, col: 0, cell: 0.4 };
    const marked = { row: 7_500, rows: 25, col: 0 };
    const shown = showing(room, zoom, marked);
    assert.equal(shown.row + room.height / zoom.cell / 2, 7_512.5);
    assert.deepEqual(showing(room, shown, marked), shown);
    const last = Math.floor(shown.row + room.height / zoom.cell);
    assert.deepEqual(showing(room, shown, { row: last - 1, col: 0 }), shown);
    assert.notDeepEqual(showing(room, shown, { row: last - 1, rows: 2, col: 0 }), shown);
    assert.equal(showing(room, zoom, { row: 9_000, rows: 2_000, col: 0 }).row, 9_000);
  });
});

describe("the view of a sparse matrix", () => {
  usePage();

  it("sets its title with indices and says how many entries there are", () => {
    const { node } = mount(sparsity, payload);
    assert.equal(one(node, "h4").innerHTML, "P<sub>φ</sub>");
    assert.match(
      one(node, "[role=status]").textContent ?? "",
      new RegExp(`^${P.rows} × ${P.cols}, ${row.length} entries`),
    );
  });

  it("shows places outside the matrix, too many of them, and what are none, as a box with the reason", () => {
    for (const [wrong, reason] of [
      [{ rows: 3 }, /row reaches from 0 to \d+; needed 0 to 2/],
      [{ col: payload.row }, /col reaches from 0 to/],
      [{ row: { starts: "***", offsets: "" } }, /starts is no base64/],
      [{ version: 7 }, /version is 7/],
      [{ rows: 2.5 }, /rows = 2.5; needed a whole number/],
    ] as const) {
      const { node } = mount(sparsity, { ...payload, ...wrong });
      assert.match(one(node, ".philab-problem-reason").textContent ?? "", reason);
    }
  });
});
