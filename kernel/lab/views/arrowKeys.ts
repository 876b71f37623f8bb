/** Places of a picture by the keyboard. */

/** A pixel, counted from 0. */
export interface PicturePlace {
  readonly row: number;
  readonly col: number;
}

/** The arrow keys go from pixel to pixel, from the middle on; no place is chosen once the focus is gone. */
export function onArrowKeys(
  stage: HTMLElement,
  size: { readonly rows: number; readonly cols: number },
  choose: (at: PicturePlace | undefined) => void,
): void {
  let place: PicturePlace | undefined;
  stage.addEventListener("keydown", (event) => {
    const step = arrows[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { row, col } = place ?? { row: size.rows >> 1, col: size.cols >> 1 };
    place = { row: inside(row + step[0], size.rows), col: inside(col + step[1], size.cols) };
    choose(place);
  });
  stage.addEventListener("blur", () => {
    if (place !== undefined) choose(undefined);
    place = undefined;
  });
}

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function inside(at: number, count: number): number {
  return Math.max(0, Math.min(count - 1, at));
}
