/** Titles of a figure and of its axes; each kind of figure has its own where none are given. */
export interface Titles {
  readonly title?: string;
  readonly x?: string;
  readonly y?: string;
}

/** The axes of an image in the lecture's words. */
export const pixelTitles = { x: "horizontal place j (pixel)", y: "vertical place i (pixel)" };
