/** The colours of figures: one list for plotly, for the static pictures and for the views of pages. */

/** Red, green, blue, each 0 … 255. */
export type Colour = readonly [number, number, number];

/** Colours at equal distances from the least to the greatest value. */
export type Ramp = readonly Colour[];

/** The colours of values on a light ground and on a dark one: what is nothing looks like the ground in both. */
export interface Scale {
  readonly light: Ramp;
  readonly dark: Ramp;
}

const blackToWhite: Ramp = [
  [0, 0, 0],
  [255, 255, 255],
];

/** Black to white: brightness of a channel, the same on every ground. */
export const grey: Scale = { light: blackToWhite, dark: blackToWhite };

/** Blue, white, red: values below, at and above zero (ColorBrewer's RdBu, seven of its steps, reversed). */
export const diverging: Scale = {
  light: [
    [33, 102, 172],
    [103, 169, 207],
    [209, 229, 240],
    [247, 247, 247],
    [253, 219, 199],
    [239, 138, 98],
    [178, 24, 43],
  ],
  dark: [
    [126, 190, 255],
    [66, 133, 200],
    [44, 72, 104],
    [36, 39, 44],
    [104, 56, 50],
    [205, 96, 72],
    [255, 158, 128],
  ],
};

/** The ground to a strong blue: values from zero on (ColorBrewer's Blues, five of its steps). */
export const sequential: Scale = {
  light: [
    [255, 255, 255],
    [198, 219, 239],
    [107, 174, 214],
    [33, 113, 181],
    [8, 48, 107],
  ],
  dark: [
    [27, 30, 35],
    [30, 62, 98],
    [41, 112, 172],
    [98, 174, 228],
    [208, 234, 255],
  ],
};

/** Two colours: 0 and 1. */
export const twoColours: Scale = {
  light: [
    [255, 255, 255],
    [0, 114, 178],
  ],
  dark: [
    [27, 30, 35],
    [86, 180, 233],
  ],
};

/** All scales, by the names that figures give them. */
export const scales: Readonly<Record<ScaleName, Scale>> = { grey, diverging, sequential, binary: twoColours };

/** The name of a scale. */
export type ScaleName = "grey" | "diverging" | "sequential" | "binary";

/** Colours that tell lines apart, also for colour-blind readers (Okabe and Ito), on a light ground. */
export const lineColours: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
];

/** The same on a dark ground, each as bright as it must be to be seen there. */
export const darkLineColours: readonly string[] = [
  "#56b4e9",
  "#ff8a3d",
  "#2fcf9f",
  "#ee9bc8",
  "#f5bd3d",
  "#9ad1f5",
];

/** The colour at t, 0 … 1, between the two nearest of the ramp. */
export function colourAt(ramp: Ramp, t: number): Colour {
  const place = Math.min(Math.max(t, 0), 1) * (ramp.length - 1);
  const k = Math.min(Math.floor(place), ramp.length - 2);
  const mix = (c: 0 | 1 | 2) => Math.round(ramp[k][c] + (place - k) * (ramp[k + 1][c] - ramp[k][c]));
  return [mix(0), mix(1), mix(2)];
}

/** Whether black is easier to read on a colour than white: by its luminance in sRGB (WCAG 2). */
export function isBright(colour: Colour): boolean {
  const [red, green, blue] = colour.map((level) => {
    const x = level / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}

/** The ramp in plotly's words. */
export function plotlyScale(ramp: Ramp): [number, string][] {
  return ramp.map((colour, k) => [k / (ramp.length - 1), `rgb(${colour.join(",")})`]);
}
