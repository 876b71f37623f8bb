/** A large sparse matrix on a canvas: whole, or as near as its entries can be told apart, with numbers at its sides. */

import { element } from "./element.js";
import { type CanvasEvents, listenForMoves } from "./sparsityInput.js";
import { countPixels, entriesWithin, type MatrixWindow, type SparsePlaces } from "./sparsityModel.js";
import {
  drawCounts,
  drawMark,
  drawOnes,
  drawSides,
  lookOf,
  type MatrixMark,
  type MatrixPlace,
  margins,
  type Stage,
  sizeCanvas,
} from "./sparsityPaint.js";
import { onThemeChange } from "./theme.js";
import { middleOf, movedBy, showing, wholeZoom, type Zoom, type ZoomRoom, zoomedAt } from "./zoom.js";

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
      Math.max(40, clientWidth - margins.left - 2),
      Math.max(40, clientHeight - margins.top - 2),
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
    this.zoomAt(factor, ...middleOf(this.room, this.seen()));
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
    const [x, y] = [clientX - box.left - margins.left, clientY - box.top - margins.top];
    const place = { row: Math.floor(row + y / cell), col: Math.floor(col + x / cell) };
    const { rows, cols } = this.#places;
    return x < 0 || y < 0 || place.row >= rows || place.col >= cols ? undefined : place;
  }

  pixelOf({ clientX, clientY }: MouseEvent): [x: number, y: number] {
    const box = this.node.getBoundingClientRect();
    return [clientX - box.left - margins.left, clientY - box.top - margins.top];
  }

  draw(): number {
    const from = performance.now();
    const { room } = this;
    const zoom = this.seen();
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const [width, height] = [room.width + margins.left, room.height + margins.top];
    sizeCanvas(this.#canvas, width, height, ratio);
    const context = this.#canvas.getContext("2d");
    if (!context) return 0;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const shown = {
      width: Math.min(room.width, Math.ceil(room.cols * zoom.cell)),
      height: Math.min(room.height, Math.ceil(room.rows * zoom.cell)),
    };
    const stage = { context, zoom, shown, look: lookOf(this.node) };
    this.#drawEntries(stage, ratio);
    if (zoom.cell >= 14) drawOnes(stage, entriesWithin(this.#places, windowOf(stage, zoom.cell)));
    drawMark(stage, this.#mark);
    drawSides(stage);
    return performance.now() - from;
  }

  /** Entries below each pixel of the screen, of which `ratio` make one of the page. */
  #drawEntries(stage: Stage, ratio: number): void {
    const { width, height } = stage.shown;
    const [wide, high] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
    if (this.#counts.length !== wide * high) this.#counts = new Uint32Array(wide * high);
    const window = { ...windowOf(stage, stage.zoom.cell * ratio), width: wide, height: high };
    drawCounts(stage.context, this.#counts, countPixels(this.#places, window, this.#counts), window, ratio);
  }
}

/** What of the matrix is seen, with so many pixels for a cell. */
function windowOf({ zoom, shown }: Stage, cell: number): MatrixWindow {
  return { row: zoom.row, col: zoom.col, step: 1 / cell, ...shown };
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
  listenForMoves(canvas, events, signal);
  return canvas;
}
