/** Nine numbers over a photograph: S of one filter for each channel, by φ's own index. */

import { phiIndex } from "../../../src/numeric/phi.js";
import { convShape } from "../../../src/shape.js";
import type { Picture } from "./ownPicture.js";

/** A photograph made ready: each channel with its frame of zeros, and where φ reads the sub-image of each place. */
export interface FilterModel {
  readonly a: number;
  readonly b: number;
  readonly d: number;
  readonly h: number;
  readonly planes: readonly Float32Array[];
  readonly index: Int32Array;
}

/** The padding that keeps a and b: the answer lies over the photograph, pixel by pixel. */
export function filterModel({ a, b, d, z }: Picture, h: number): FilterModel {
  const frame = (h - 1) / 2;
  const { aPad, bPad } = convShape({ a, b, d: 1, h, pad: frame });
  const planes = Array.from({ length: d }, (_, c) => {
    const plane = new Float32Array(aPad * bPad);
    for (let j = 0; j < b; j++)
      for (let i = 0; i < a; i++) plane[i + frame + aPad * (j + frame)] = z[c + d * (i + a * j)];
    return plane;
  });
  return { a, b, d, h, planes, index: phiIndex(convShape({ a, b, d: 1, h, pad: frame })) };
}

/** S of each channel: s = Σ w z + b at each place, eq. (1); `answers` are written over. */
export function filtered(
  model: FilterModel,
  w: ArrayLike<number>,
  bias: number,
  answers: readonly Float32Array[],
): void {
  const { planes, index } = model;
  const n = w.length;
  for (const [c, plane] of planes.entries()) {
    const answer = answers[c];
    let at = 0;
    for (let place = 0; place < answer.length; place++) {
      let sum = bias;
      for (let r = 0; r < n; r++) sum += w[r] * plane[index[at++]];
      answer[place] = sum;
    }
  }
}

/** How an answer is shown: σ(s) as brightness up to 1, or around a middle grey where it may be negative. */
export type AnswerLook = "brightness" | "signed";

/** The answers as pixels, row by row: of three channels as colour, or a third of their sum in grey. */
export function answerPixels(
  { a, b }: FilterModel,
  answers: readonly Float32Array[],
  look: AnswerLook,
  together: boolean,
  pixels: Uint8ClampedArray,
): void {
  const [scale, shift] = look === "signed" ? [127.5, 127.5] : [255, 0];
  const [red, green = red, blue = red] = answers;
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      const [from, to] = [i + a * j, 4 * (j + b * i)];
      const sum = together ? (red[from] + green[from] + blue[from]) / 3 : 0;
      pixels[to] = shift + scale * (together ? sum : red[from]);
      pixels[to + 1] = shift + scale * (together ? sum : green[from]);
      pixels[to + 2] = shift + scale * (together ? sum : blue[from]);
      pixels[to + 3] = 255;
    }
  }
}
