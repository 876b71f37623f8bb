/** A large sparse matrix on a canvas: whole, or as near as its entries can be told apart, with numbers at its sides. */

import { colourAt, type Ramp, sequential } from "../../../src/mime/colour.js";
import { element } from "./element.js";
import { countPixels, entriesWithin, type SparsePlaces } from "./sparsityModel.js";
import { isDark, onThemeChange } from "./theme.js";
import { movedBy, showing, wholeZoom, type Zoom, type ZoomRoom, zoomedAt } from "./zoom.js";

/** A place of the matrix, counted from 0. */
export interface MatrixPlace {
  readonly row: number;
  readonly col: number;
}

/** Rows, a column or both that are marked: `rows` from `row` on, one where it is not said; a column with a row is an entry. */
export interface MatrixMark extends Partial<MatrixPlace> {
  readonly rows?: number;
}

/** What holds the canvas, and what may be asked of it. */
export interface SparsityCanvas {
  readonly node: HTMLElement;
  /** Marks a row, a column, and brings it into sight. */
  mark(mark: MatrixMark): void;
  /** Another matrix in its place, seen whole. */
  replace(places: SparsePlaces): void;
  zoom(factor: number): void;
  whole(): void;
  /** Draws at once; how long that took in milliseconds. */
  draw(): number;
  /** The window and what lies below a pixel: for a line of words. */
  seen(): Zoom;
}

/** What the pointer is at, and what it picks. */
export interface CanvasEvents {
  pointed(place: MatrixPlace | undefined): void;
  picked?(place: MatrixPlace): void;
}

/** Room for row numbers at the left, column numbers at the top. */
const sides = { left: 66, top: 22 };

class Canvas implements SparsityCanvas {
  readonly node: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  #places: SparsePlaces;
  #zoom: Zoom | undefined;
  #mark: MatrixMark = {};
  #counts = new Uint32Array(0);
  #waiting = 0;

  constructor(
    places: SparsePlaces,
    label: string,
    signal: AbortSignal,
    private readonly begin: (room: ZoomRoom) => Zoom,
  ) {
    this.#places = places;
    this.#canvas = element("canvas", { class: "philab-sparsity-canvas" });
    const attributes = { class: "philab-sparsity-stage", tabindex: 0, role: "group", "aria-label": label };
    this.node = element("div", attributes, this.#canvas);
    const observer = new ResizeObserver(() => {
      this.#zoom = undefined;
      this.mark(this.#mark);
    });
    observer.observe(this.node);
    signal.addEventListener("abort", () => observer.disconnect());
    onThemeChange(signal, () => this.later());
  }

  get room(): ZoomRoom {
    const { clientWidth, clientHeight } = this.node;
    const { rows, cols } = this.#places;
    const [width, height] = [
      Math.max(40, clientWidth - sides.left - 2),
      Math.max(40, clientHeight - sides.top - 2),
    ];
    return { rows, cols, width, height };
  }

  seen(): Zoom {
    this.#zoom ??= this.begin(this.room);
    return this.#zoom;
  }

  replace(places: SparsePlaces): void {
    this.#places = places;
    this.#mark = {};
    this.whole();
  }

  mark(mark: MatrixMark): void {
    this.#mark = mark;
    const { row = this.seen().row, rows = 1, col = this.seen().col } = mark;
    this.show(showing(this.room, this.seen(), { row, rows, col }));
  }

  zoom(factor: number): void {
    this.zoomAt(factor, this.room.width / 2, this.room.height / 2);
  }

  zoomAt(factor: number, x: number, y: number): void {
    this.show(zoomedAt(this.room, this.seen(), factor, x, y));
  }

  move(x: number, y: number): void {
    this.show(movedBy(this.room, this.seen(), x, y));
  }

  whole(): void {
    this.show(wholeZoom(this.room));
  }

  show(zoom: Zoom): void {
    this.#zoom = zoom;
    this.later();
  }

  /** Many movements between two frames are one drawing. */
  later(): void {
    if (this.#waiting !== 0) return;
    this.#waiting = requestAnimationFrame(() => {
      this.#waiting = 0;
      this.node.dataset.milliseconds = this.draw().toFixed(1);
    });
  }

  /** The place below a pointer, if there is one. */
  under({ clientX, clientY }: MouseEvent): MatrixPlace | undefined {
    const box = this.node.getBoundingClientRect();
    const { row, col, cell } = this.seen();
    const [x, y] = [clientX - box.left - sides.left, clientY - box.top - sides.top];
    const place = { row: Math.floor(row + y / cell), col: Math.floor(col + x / cell) };
    const { rows, cols } = this.#places;
    return x < 0 || y < 0 || place.row >= rows || place.col >= cols ? undefined : place;
  }

  pixelOf({ clientX, clientY }: MouseEvent): [x: number, y: number] {
    const box = this.node.getBoundingClientRect();
    return [clientX - box.left - sides.left, clientY - box.top - sides.top];
  }

  draw(): number {
    const from = performance.now();
    const { room } = this;
    const zoom = this.seen();
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const [width, height] = [room.width + sides.left, room.height + sides.top];
    sizeCanvas(this.#canvas, width, height, ratio);
    const context = this.#canvas.getContext("2d");
    if (!context) return 0;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const shown = {
      width: Math.min(room.width, Math.ceil(room.cols * zoom.cell)),
      height: Math.min(room.height, Math.ceil(room.rows * zoom.cell)),
    };
    const look = lookOf(this.node);
    this.drawEntries(context, zoom, shown, ratio);
    if (zoom.cell >= 14) this.drawOnes(context, zoom, shown);
    drawMark(context, this.#mark, zoom, shown, look);
    drawSides(context, zoom, shown, look);
    return performance.now() - from;
  }

  private drawEntries(context: CanvasRenderingContext2D, zoom: Zoom, shown: Size, ratio: number): void {
    const [width, height] = [Math.ceil(shown.width * ratio), Math.ceil(shown.height * ratio)];
    if (this.#counts.length !== width * height) this.#counts = new Uint32Array(width * height);
    const window = { row: zoom.row, col: zoom.col, step: 1 / (zoom.cell * ratio), width, height };
    const most = countPixels(this.#places, window, this.#counts);
    const picture = context.createImageData(width, height);
    colour(
      this.#counts,
      most,
      isDark() ? sequential.dark : sequential.light,
      new Uint32Array(picture.data.buffer),
    );
    context.putImageData(picture, Math.round(sides.left * ratio), Math.round(sides.top * ratio));
  }

  private drawOnes(context: CanvasRenderingContext2D, zoom: Zoom, shown: Size): void {
    const window = { row: zoom.row, col: zoom.col, step: 1 / zoom.cell, ...shown };
    context.fillStyle = isDark() ? "#000" : "#fff";
    context.font = `${Math.min(13, zoom.cell * 0.6)}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const [row, col] of entriesWithin(this.#places, window)) {
      const [x, y] = [(col + 0.5 - zoom.col) * zoom.cell, (row + 0.5 - zoom.row) * zoom.cell];
      if (x > 0 && y > 0) context.fillText("1", sides.left + x, sides.top + y);
    }
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The canvas of a matrix, `begin` says how much of it is seen first; `signal` ends its listeners. */
export function sparsityCanvas(
  places: SparsePlaces,
  label: string,
  events: CanvasEvents,
  signal: AbortSignal,
  begin: (room: ZoomRoom) => Zoom = wholeZoom,
): SparsityCanvas {
  const canvas = new Canvas(places, label, signal, begin);
  listen(canvas, events, signal);
  return canvas;
}

// Over 40 lines: one listener for each thing a reader may do; apart they would be as many functions of two lines.
function listen(canvas: Canvas, events: CanvasEvents, signal: AbortSignal): void {
  const { node } = canvas;
  let last: PointerEvent | undefined;
  let dragged = 0;
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    act: (event: HTMLElementEventMap[Name]) => void,
  ): void => node.addEventListener(name, act, { signal, passive: false });
  on("pointerdown", (event) => {
    last = event;
    dragged = 0;
    node.setPointerCapture?.(event.pointerId);
  });
  on("pointermove", (event) => {
    events.pointed(canvas.under(event));
    if (!last) return;
    canvas.move(event.clientX - last.clientX, event.clientY - last.clientY);
    dragged += Math.abs(event.clientX - last.clientX) + Math.abs(event.clientY - last.clientY);
    last = event;
  });
  on("pointerup", (event) => {
    const place = canvas.under(event);
    if (last && dragged < 4 && place) events.picked?.(place);
    last = undefined;
  });
  on("pointercancel", () => {
    last = undefined;
  });
  on("pointerleave", () => events.pointed(undefined));
  on("dblclick", (event) => canvas.zoomAt(event.shiftKey ? 1 / 2 : 2, ...canvas.pixelOf(event)));
  on("wheel", (event) => {
    // The page scrolls as ever, unless the reader has gone into the picture or holds the key that zooms everywhere.
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== node) return;
    event.preventDefault();
    canvas.zoomAt(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.002)), ...canvas.pixelOf(event));
  });
  on("keydown", (event) => {
    const { width, height } = canvas.room;
    const act: Record<string, () => void> = {
      ArrowLeft: () => canvas.move(width / 8, 0),
      ArrowRight: () => canvas.move(-width / 8, 0),
      ArrowUp: () => canvas.move(0, height / 8),
      ArrowDown: () => canvas.move(0, -height / 8),
      "+": () => canvas.zoom(1.5),
      "=": () => canvas.zoom(1.5),
      "-": () => canvas.zoom(1 / 1.5),
      Home: () => canvas.whole(),
    };
    if (!Object.hasOwn(act, event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act[event.key]();
  });
}

function sizeCanvas(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width === wide && canvas.height === tall) return;
  [canvas.width, canvas.height] = [wide, tall];
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}

/** Each count as a pixel: nothing is the ground, one entry is seen, the most is the strongest colour. */
function colour(counts: Uint32Array, most: number, ramp: Ramp, pixels: Uint32Array): void {
  const table = Uint32Array.from({ length: Math.min(most, 255) + 1 }, (_, n) => {
    const share = n === 0 ? 0 : 0.45 + 0.55 * Math.sqrt(n / Math.max(1, Math.min(most, 255)));
    const [red, green, blue] = colourAt(ramp, most <= 1 ? n * 0.75 : share);
    return (255 << 24) | (blue << 16) | (green << 8) | red;
  });
  const last = table.length - 1;
  for (let k = 0; k < counts.length; k++) pixels[k] = table[counts[k] < last ? counts[k] : last];
}

interface Look {
  readonly text: string;
  readonly line: string;
  readonly mark: string;
}

function lookOf(node: HTMLElement): Look {
  const style = getComputedStyle(node);
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: read("--philab-quiet", "#616161"),
    line: read("--philab-line", "#bdbdbd"),
    mark: read("--philab-mark", "#e8710a"),
  };
}

function drawMark(
  context: CanvasRenderingContext2D,
  { row, rows = 1, col }: MatrixMark,
  zoom: Zoom,
  shown: Size,
  look: Look,
): void {
  context.strokeStyle = look.mark;
  context.lineWidth = 2;
  const side = (count: number): number => Math.max(4, count * zoom.cell);
  const place = (at: number, count: number): number => at * zoom.cell + (count * zoom.cell - side(count)) / 2;
  if (row !== undefined)
    context.strokeRect(sides.left - 1, sides.top + place(row - zoom.row, rows), shown.width + 2, side(rows));
  if (col !== undefined)
    context.strokeRect(sides.left + place(col - zoom.col, 1), sides.top - 1, side(1), shown.height + 2);
}

/** The frame, and numbers of rows and columns at round steps. */
function drawSides(context: CanvasRenderingContext2D, zoom: Zoom, shown: Size, look: Look): void {
  const { left, top } = sides;
  context.clearRect(0, 0, left - 1, 10_000);
  context.clearRect(0, 0, 10_000, top - 1);
  context.strokeStyle = look.line;
  context.lineWidth = 1;
  context.strokeRect(left - 0.5, top - 0.5, shown.width + 1, shown.height + 1);
  context.fillStyle = look.text;
  context.font = "11px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const [at, name] of ticks(zoom.row, zoom.cell, shown.height, 20))
    context.fillText(name, left - 6, top + at);
  context.textAlign = "center";
  for (const [at, name] of ticks(zoom.col, zoom.cell, shown.width, 70))
    context.fillText(name, left + at, top - 9);
}

/** The middles of cells at a round step, and their numbers from 1. */
function ticks(from: number, cell: number, pixels: number, apart: number): [at: number, name: string][] {
  const rough = Math.max(1, apart / cell);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((k) => k * power >= rough) ?? 10);
  const found: [number, string][] = [];
  for (
    let n = Math.max(step, Math.ceil((from + 1) / step) * step);
    (n - 1 - from) * cell < pixels;
    n += step
  ) {
    const at = (n - 0.5 - from) * cell;
    if (at > 0 && at < pixels) found.push([at, n.toLocaleString("en")]);
  }
  return found;
}
