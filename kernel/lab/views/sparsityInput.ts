/** What a reader does to a matrix on a canvas, by pointer, wheel and keys. */

import type { MatrixPlace } from "./sparsityPaint.js";

/** What the pointer is at, and what it picks. */
export interface CanvasEvents {
  pointed(place: MatrixPlace | undefined): void;
  picked?(place: MatrixPlace): void;
}

/** What is moved. */
interface Moved {
  readonly node: HTMLElement;
  readonly room: { readonly width: number; readonly height: number };
  under(event: MouseEvent): MatrixPlace | undefined;
  pixelOf(event: MouseEvent): [x: number, y: number];
  move(x: number, y: number): void;
  zoom(factor: number): void;
  zoomAt(factor: number, x: number, y: number): void;
  whole(): void;
}

// Over 40 lines: one listener for each thing a reader may do; apart they would be as many functions of two lines.
export function listenForMoves(canvas: Moved, events: CanvasEvents, signal: AbortSignal): void {
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
