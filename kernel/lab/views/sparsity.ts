/** The view of a large sparse matrix: zoom, movement, and a line of words on what the pointer is at. */

import type { OuterSumBase64 } from "../../../src/mime/sparsityList.js";
import { SPARSITY_MIME, type SparsityPayload } from "../../../src/mime/types.js";
import { checkedNumber, checkedObject, checkedText } from "./checked.js";
import type { ViewModule } from "./contract.js";
import { element } from "./element.js";
import { mathTitle } from "./mathTitle.js";
import { sparsityCanvas } from "./sparsityCanvas.js";
import { countWithin, type SparsePlaces } from "./sparsityModel.js";
import type { MatrixPlace } from "./sparsityPaint.js";
import { viewModule } from "./viewModule.js";
import { zoomButtons } from "./zoomButtons.js";

/** Shows a SparsityPayload. */
const view: ViewModule = viewModule(({ el, payload, signal }) => fill(el, readSparsity(payload), signal));

export default view;

interface Sparsity {
  readonly places: SparsePlaces;
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

function fill(host: HTMLElement, { places, title, x, y }: Sparsity, signal: AbortSignal): void {
  const status = element("p", { class: "philab-status", role: "status" });
  const label = `${title}: ${places.rows} × ${places.cols}; arrow keys move, + and − zoom, Home shows the whole`;
  const say = (place: MatrixPlace | undefined): void => {
    status.textContent = place === undefined ? overview(places) : words(places, place, canvas.seen().cell);
  };
  const canvas = sparsityCanvas(
    places,
    label,
    { pointed: say, picked: (place) => canvas.mark(place) },
    signal,
  );
  const axes = element("p", { class: "philab-note" }, "↓ ", ...mathTitle(y), "  → ", ...mathTitle(x));
  const head = element(
    "div",
    { class: "philab-sparsity-head" },
    element("h4", {}, ...mathTitle(title)),
    zoomButtons(canvas),
  );
  const hint = element(
    "p",
    { class: "philab-note" },
    "Drag to move; + and − or a double click zoom, and the wheel once you have clicked into the picture.",
  );
  const attributes = { class: "philab-sparsity" };
  host.replaceChildren(element("div", attributes, head, axes, canvas.node, status, hint));
  say(undefined);
}

function overview({ rows, cols, rowStarts, rowOffsets }: SparsePlaces): string {
  const entries = (rowStarts.length * rowOffsets.length).toLocaleString("en");
  return `${rows.toLocaleString("en")} × ${cols.toLocaleString("en")}, ${entries} entries that are not 0`;
}

/** The entry under the pointer; where several share a pixel, how many. */
function words(places: SparsePlaces, { row, col }: MatrixPlace, cell: number): string {
  const side = Math.max(1, Math.ceil(1 / cell));
  const count = countWithin(places, { row, col }, { rows: side, cols: side });
  const span = (at: number): string =>
    side === 1
      ? (at + 1).toLocaleString("en")
      : `${(at + 1).toLocaleString("en")}–${(at + side).toLocaleString("en")}`;
  const name = side === 1 ? `entry ${count}` : `${count.toLocaleString("en")} entries`;
  return side === 1
    ? `row ${span(row)}, column ${span(col)}: ${name}`
    : `rows ${span(row)}, columns ${span(col)}: ${name}`;
}

function readSparsity(payload: unknown): Sparsity {
  const fields = checkedObject(payload, SPARSITY_MIME) as unknown as SparsityPayload;
  if (fields.version !== 1)
    throw new TypeError(
      `${SPARSITY_MIME}: version is ${JSON.stringify(fields.version)}; this plugin reads version 1`,
    );
  const [rows, cols] = [size("rows", fields.rows), size("cols", fields.cols)];
  const row = outerSum("row", fields.row, rows);
  const col = outerSum("col", fields.col, cols);
  if (row.starts.length !== col.starts.length || row.offsets.length !== col.offsets.length)
    throw new RangeError(`${SPARSITY_MIME}: rows and columns are not equally many`);
  const places = {
    rows,
    cols,
    rowStarts: row.starts,
    rowOffsets: row.offsets,
    colStarts: col.starts,
    colOffsets: col.offsets,
  };
  return {
    places,
    title: checkedText(fields.title, "title"),
    x: checkedText(fields.x, "x"),
    y: checkedText(fields.y, "y"),
  };
}

function size(name: string, value: unknown): number {
  const n = checkedNumber(value, name);
  if (Number.isInteger(n) && n >= 1 && n < 2 ** 31) return n;
  throw new RangeError(`${SPARSITY_MIME}: ${name} = ${n}; needed a whole number from 1 on`);
}

/** The two short vectors; each sum of their numbers is a place from 0 to n − 1. */
function outerSum(
  name: string,
  value: OuterSumBase64,
  n: number,
): { starts: Int32Array; offsets: Int32Array } {
  const { starts, offsets } = checkedObject(value, name);
  const [first, second] = [int32("starts", starts), int32("offsets", offsets)];
  const ends = [Math.min, Math.max].map(
    (end) => (list: Int32Array) => list.reduce((found, x) => end(found, x), list[0] ?? 0),
  );
  const [least, greatest] = ends.map((end) => end(first) + end(second));
  if (first.length * second.length > 0 && (least < 0 || greatest >= n))
    throw new RangeError(
      `${SPARSITY_MIME}: ${name} reaches from ${least} to ${greatest}; needed 0 to ${n - 1}`,
    );
  if (first.length * second.length > mostEntries)
    throw new RangeError(
      `${SPARSITY_MIME}: ${first.length * second.length} entries; the view shows up to ${mostEntries}`,
    );
  return { starts: first, offsets: second };
}

/** More and a frame would take too long. */
const mostEntries = 2 ** 24;

function int32(name: string, base64: unknown): Int32Array {
  const text = checkedText(base64, name);
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Int32Array(bytes.buffer);
  } catch (cause) {
    throw new TypeError(`${SPARSITY_MIME}: ${name} is no base64 of whole numbers`, { cause });
  }
}
