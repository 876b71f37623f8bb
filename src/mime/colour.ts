/** The colours of figures: one list for plotly and for the static pictures. */

/** Red, green, blue, each 0 … 255. */
export type Colour = readonly [number, number, number];

/** Colours at equal distances from the least to the greatest value. */
export type Scale = readonly Colour[];

/** Black to white: brightness of a channel. */
export const grey: Scale = [
  [0, 0, 0],
  [255, 255, 255],
];

/** Blue, white, red: values below, at and above zero (ColorBrewer's RdBu, seven of its steps, reversed). */
export const diverging: Scale = [
  [33, 102, 172],
  [103, 169, 207],
  [209, 229, 240],
  [247, 247, 247],
  [253, 219, 199],
  [239, 138, 98],
  [178, 24, 43],
];

/** Colours that tell lines apart, also for colour-blind readers (Okabe and Ito). */
export const lineColours: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
];

/** The colour at t, 0 … 1, between the two nearest of the scale. */
export function colourAt(scale: Scale, t: number): Colour {
  const place = Math.min(Math.max(t, 0), 1) * (scale.length - 1);
  const k = Math.min(Math.floor(place), scale.length - 2);
  const mix = (c: 0 | 1 | 2) => Math.round(scale[k][c] + (place - k) * (scale[k + 1][c] - scale[k][c]));
  return [mix(0), mix(1), mix(2)];
}

/** The scale in plotly's words. */
export function plotlyScale(scale: Scale): [number, string][] {
  return scale.map((colour, k) => [k / (scale.length - 1), `rgb(${colour.join(",")})`]);
}
