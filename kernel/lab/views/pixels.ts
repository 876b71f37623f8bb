/** Pictures of numbers on a canvas, one pixel each, enlarged by the page. */

/** Red, green, blue and opacity of one pixel, 0 to 255. */
export type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** Paints rows × cols pixels; does nothing where there is no canvas to paint on (tests without a browser). */
export function paint(
  canvas: HTMLCanvasElement,
  { rows, cols }: { rows: number; cols: number },
  colourAt: (row: number, col: number) => Rgba,
): void {
  canvas.width = cols;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  if (!context) return;
  const picture = context.createImageData(cols, rows);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) picture.data.set(colourAt(row, col), 4 * (col + cols * row));
  }
  context.putImageData(picture, 0, 0);
}

/** Which pixel of rows × cols the pointer is at; undefined beside the picture. */
export function pixelUnder(
  event: MouseEvent,
  picture: HTMLElement,
  { rows, cols }: { rows: number; cols: number },
): { row: number; col: number } | undefined {
  const box = picture.getBoundingClientRect();
  const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
  const col = Math.floor(((event.clientX - box.left) / box.width) * cols);
  return row >= 0 && col >= 0 && row < rows && col < cols ? { row, col } : undefined;
}

/** Lays a frame over part of a picture of rows × cols pixels. */
export function placeFrame(
  frame: HTMLElement,
  part: { row: number; col: number; height: number; width: number },
  { rows, cols }: { rows: number; cols: number },
): void {
  const percent = (share: number): string => `${100 * share}%`;
  frame.style.left = percent(part.col / cols);
  frame.style.top = percent(part.row / rows);
  frame.style.width = percent(part.width / cols);
  frame.style.height = percent(part.height / rows);
}
