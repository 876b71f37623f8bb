/** Instances from where a configuration says that they are. */
import { readFileSync } from "node:fs";
import {
  digits,
  type ImageShape,
  type Instances,
  imageFolder,
  type Matrix,
  matrix,
  oneHot,
  readMat,
  readNpz,
} from "../../src/index.js";
import type { Source } from "./config.js";
import { TrainError } from "./trainError.js";

/** Instances, and the classes that the rows of y stand for. */
export interface Labelled extends Instances {
  readonly classes?: readonly (string | number)[] | undefined;
}

/** What is asked of a source. */
export interface Wanted {
  /** The image that the network is given, and its outputs. */
  readonly input: ImageShape;
  readonly outputs: number;
  readonly dtype: "float32" | "float64";
  /** Those of the training instances, for others. */
  readonly classes?: readonly (string | number)[] | undefined;
}

/** The instances of a source. Throws TrainError, or an error that names the file, for what does not fit. */
export async function labelledFrom(source: Source, wanted: Wanted): Promise<Labelled> {
  const { digits: split, folder, npz, mat, places = "all" } = source;
  if (split !== undefined) {
    const { Z, y } = await digits({ split, places, dtype: wanted.dtype });
    return { Z, y, classes: undefined };
  }
  if (folder !== undefined) return fromFolder(folder, wanted);
  if (npz !== undefined) return fromNpz(npz, wanted);
  return fromMat(mat as string, source, wanted);
}

async function fromFolder(folder: string, { input, classes }: Wanted): Promise<Labelled> {
  const { a, b, d } = input;
  const found = await imageFolder(folder, {
    d: d as 1 | 3,
    ...(classes && { classes: classes.map(String) }),
  });
  if (found.a === a && found.b === b) return { Z: found.Z, y: found.y, classes: found.classes };
  throw new TrainError(`${found.files[0]} has ${found.a} × ${found.b} pixels; the network takes ${a} × ${b}`);
}

/** Z: d a b × l, and y: n_L × l, or a label for each instance. */
function fromNpz(file: string, wanted: Wanted): Labelled {
  const { Z, y } = named(file, readNpz(readFileSync(file), { names: ["Z", "y"] }));
  if (y.rows === wanted.outputs && y.cols === Z.cols) return { Z, y, classes: undefined };
  return { Z, ...labelled(file, y, Z.cols, wanted) };
}

/** The lecturer's form: Z has a row for each instance, its channels one after the other, and y a label for each. */
function fromMat(file: string, { order = "rows", scale = 255 }: Source, wanted: Wanted): Labelled {
  const { Z, y } = named(file, readMat(readFileSync(file)));
  const { a, b, d } = wanted.input;
  if (Z.cols > a * b * d)
    throw new TrainError(`${file}: Z has ${Z.cols} columns; needed a·b·d = ${a * b * d}`);
  const n = a * b * d * Z.rows;
  const images = matrix(
    a * b * d,
    Z.rows,
    wanted.dtype === "float32" ? new Float32Array(n) : new Float64Array(n),
  );
  const [down, across] = order === "rows" ? [b, 1] : [1, a];
  for (let c = 0; c < d; c++) {
    for (let j = 0; j < b; j++) {
      for (let i = 0; i < a; i++) {
        const column = down * i + across * j + a * b * c;
        if (column < Z.cols) copyColumn(Z, column, images, c + d * (i + a * j), scale); // zeros at a sparse Z's end are not stored
      }
    }
  }
  return { Z: images, ...labelled(file, y, Z.rows, wanted) };
}

/** Column `column` of Z, divided by `scale`, becomes row `row` of the images. */
function copyColumn(Z: Matrix, column: number, images: Matrix, row: number, scale: number): void {
  for (let k = 0; k < Z.rows; k++)
    images.data[row + images.rows * k] = (Z.data[k + Z.rows * column] as number) / scale;
}

function named(file: string, found: Readonly<Record<string, Matrix>>): { Z: Matrix; y: Matrix } {
  const { Z, y } = found;
  if (Z !== undefined && y !== undefined) return { Z, y };
  throw new TrainError(`${file} holds ${Object.keys(found).join(", ") || "no matrix"}; needed Z and y`);
}

/** y as columns with a single 1, and the classes: as many as the network has outputs. */
function labelled(
  file: string,
  y: Matrix,
  l: number,
  { outputs, classes: known }: Wanted,
): Pick<Labelled, "y" | "classes"> {
  if (y.rows * y.cols !== l)
    throw new TrainError(`${file}: y is ${y.rows} × ${y.cols}; needed a label for each of ${l} instances`);
  const labels = Array.from(y.data);
  const classes = known?.map(Number) ?? [...new Set(labels)].sort((p, q) => p - q);
  if (classes.length !== outputs)
    throw new TrainError(
      `${file}: y has ${classes.length} different labels; the network has ${outputs} outputs`,
    );
  const other = labels.find((label) => !classes.includes(label));
  if (other !== undefined)
    throw new TrainError(`${file}: y has the label ${other}; training had ${classes.join(", ")}`);
  return { y: oneHot(labels, classes), classes };
}
