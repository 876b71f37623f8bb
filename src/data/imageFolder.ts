import { checkOptions } from "../numeric/options.js";
import { columnMajor, type Matrix } from "../numeric/storage.js";
import { decodeImage, type Pixels } from "./decodeImage.js";
import { folderReader } from "./files.js";
import { oneHot, sortedClasses } from "./oneHot.js";

/** Images that lie in folders called as what they show. */
export interface ImageFolder {
  /** Rows of pixels. */
  readonly a: number;
  /** Columns of pixels. */
  readonly b: number;
  /** Channels: 3, red, green and blue, or 1, grey. */
  readonly d: 1 | 3;
  /** d a b × l: column i is vec of image i, the channel fastest, then the vertical place; from 0 to 1, in float32. */
  readonly Z: Matrix;
  /** What each image shows, as a column with a single 1 in the row of its class. */
  readonly y: Matrix;
  /** The folders, in the order of y's rows. */
  readonly classes: readonly string[];
  /** For each image, the folder that it lies in. */
  readonly labels: readonly string[];
  /** For each image, its file. */
  readonly files: readonly string[];
}

/** How images are read. */
export interface ImageFolderOptions {
  /** Channels: 3 (the default), or 1, grey: 0.299 red + 0.587 green + 0.114 blue. */
  readonly d?: 1 | 3;
  /** The classes that there may be, in the order of y's rows: those of the training images, for others. */
  readonly classes?: readonly string[];
}

interface ImageFile {
  readonly label: string;
  readonly path: string;
}

/**
 * The reader's own images: PATH/LABEL/IMAGE.png or .jpg, all of one size, folders and files sorted by their names; where
 * all labels are numbers, by their values. Names that begin with a point are left out. Throws Error or RangeError that
 * names the file for what is neither PNG nor JPEG, damaged, partly transparent, or of another size. Node alone.
 */
export async function imageFolder(path: string, options: ImageFolderOptions = {}): Promise<ImageFolder> {
  checkOptions("imageFolder", options, ["d", "classes"]);
  const { d = 3 } = options;
  if (d !== 1 && d !== 3) throw new RangeError(`imageFolder: d = ${String(d)}; needed 1 or 3`);
  const { listFolder, readPath } = await folderReader();
  const images = await imagesIn(path, listFolder);
  const labels = images.map(({ label }) => label);
  const classes = options.classes ?? sortedClasses(labels);
  const y = oneHot(labels, classes);
  let [first, Z]: [Pixels | undefined, Float32Array] = [undefined, new Float32Array()];
  for (const [k, image] of images.entries()) {
    const pixels = await decoded(image.path, readPath);
    if (first === undefined) {
      first = pixels;
      Z = new Float32Array(d * first.a * first.b * images.length);
    }
    checkSize(pixels, image, first, images[0] as ImageFile);
    fillColumn(Z.subarray(d * first.a * first.b * k), pixels, d);
  }
  const { a, b } = first as Pixels;
  return {
    ...{ a, b, d, Z: columnMajor(d * a * b, images.length, Z), y, classes, labels },
    files: images.map(({ path: file }) => file),
  };
}

type ListFolder = Awaited<ReturnType<typeof folderReader>>["listFolder"];

/** The images of each folder, folder by folder. Throws Error for what lies where no image is looked for. */
async function imagesIn(path: string, listFolder: ListFolder): Promise<ImageFile[]> {
  const images: ImageFile[] = [];
  const folders = await listFolder(path);
  for (const { name: label, path: folder, isFolder } of folders) {
    if (!isFolder) throw new Error(`imageFolder: ${folder} lies in no folder that says what it shows`);
    for (const { path: file, isFolder: isNested } of await listFolder(folder)) {
      if (isNested || !/\.(png|jpe?g)$/i.test(file)) {
        throw new Error(
          `imageFolder: ${file} is ${isNested ? "a folder" : "no .png, .jpg or .jpeg"}; needed images alone`,
        );
      }
      images.push({ label, path: file });
    }
  }
  if (images.length > 0) return images;
  throw new Error(`imageFolder: ${path} holds no images; needed folders of them, called as what they show`);
}

async function decoded(path: string, readPath: (path: string) => Promise<Uint8Array>): Promise<Pixels> {
  const bytes = await readPath(path);
  try {
    return decodeImage(bytes);
  } catch (cause) {
    throw new Error(`imageFolder: ${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function checkSize(came: Pixels, image: ImageFile, needed: Pixels, first: ImageFile): void {
  if (came.a === needed.a && came.b === needed.b) return;
  throw new RangeError(
    `imageFolder: ${image.path} has ${came.a} × ${came.b} pixels; needed ${needed.a} × ${needed.b}, as ${first.path} has`,
  );
}

/** Samples lie row by row; a column of Z holds pixels column by column, the channels of each beside each other. */
function fillColumn(column: Float32Array, { a, b, channels, samples, most }: Pixels, d: 1 | 3): void {
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      const at = channels * (j + b * i);
      const [red, green, blue] = [0, 1, 2].map((c) => samples[at + (channels === 3 ? c : 0)] as number) as [
        number,
        number,
        number,
      ];
      const place = d * (i + a * j);
      if (d === 3) column.set([red / most, green / most, blue / most], place);
      else column[place] = (red === green && green === blue ? red : grey(red, green, blue)) / most;
    }
  }
}

/** The luminance of ITU-R BT.601. */
function grey(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
