import { checkMatrix, column } from "../numeric/check.js";
import { type ImageMatrix, image } from "../numeric/image.js";
import { phi } from "../numeric/phi.js";
import { displayKey, showMatrix } from "../numeric/show.js";
import { type Matrix, type Numbers, size } from "../numeric/storage.js";
import { type ConvShape, phiRows } from "../shape.js";
import { toBase64 } from "./base64.js";
import { float64Base64 } from "./layerPayload.js";
import { plotHeatmap } from "./plotHeatmap.js";
import { type Bundle, PHI_MIME, type PhiPayload, type Shown } from "./types.js";

/** A filter for the products of an entry of S. */
export interface ExploreOptions {
  /** A row of W: h h d numbers, i fastest, the channel slowest. */
  readonly w?: Matrix | Numbers | readonly number[];
  /** Its entry of b. */
  readonly b?: number;
}

/** An image beside its φ(Z): in JupyterLab the window under the pointer is marked in both. */
class PhiExplorer implements Shown {
  constructor(
    private readonly Z: ImageMatrix,
    private readonly shape: ConvShape,
    private readonly filter: Pick<PhiPayload, "filter" | "bias">,
  ) {}

  [displayKey](): Bundle {
    const phiZ = phi(this.Z, this.shape);
    const { a, b, d, h, s, pad } = this.shape;
    const title = `φ(Z): windows of ${h} × ${h} at stride ${s}${pad ? `, padding ${pad}` : ""}`;
    const picture = plotHeatmap(phiZ, { title, x: "output place, p fastest", y: "row (i, j, c), i fastest" });
    const svg = picture[displayKey]()["image/svg+xml"];
    const sentence = `Explorer of φ: Z of ${d} × ${a * b} (${a} × ${b} pixels), h = ${h}, s = ${s}, padding ${pad}; φ(Z) is ${size(phiZ)}.`;
    return {
      [PHI_MIME]: { ...payloadOf(this.Z, this.shape), ...this.filter },
      "image/svg+xml": svg,
      "text/latex": showMatrix(phiZ)["text/latex"],
      "text/plain": sentence,
    };
  }
}

/**
 * The explorer of φ, eq. (4): Z (d × a·b), P_φ, φ(Z) and the products of one entry of S, linked: pointing at a place of
 * any marks what belongs to it in the others, and h, s, padding and d are sliders. Where there is no explorer, φ(Z) is shown
 * as a picture and as a matrix. Throws as phi does, and RangeError where w has not h h d numbers.
 *
 * @example
 * explorePhi(matrix([[1, 2, 3, 4, 5, 6, 7, 8, 9]]), convShape({ a: 3, b: 3, d: 1, h: 2 }), { w: [1, 0, 0, -1] })
 */
export function explorePhi(Z: Matrix, shape: ConvShape, { w, b = 0 }: ExploreOptions = {}): Shown {
  checkMatrix("explorePhi", "Z", Z);
  phi(Z, shape); // refuses here, in the cell, what could not be shown later
  return new PhiExplorer(image(Z, shape.a, shape.b), shape, w === undefined ? {} : filterOf(w, b, shape));
}

function filterOf(
  w: Matrix | Numbers | readonly number[],
  b: number,
  shape: ConvShape,
): Pick<PhiPayload, "filter" | "bias"> {
  const { data } = column("explorePhi", "w", w);
  const needed = phiRows(shape);
  if (data.length !== needed)
    throw new RangeError(`explorePhi: w has ${data.length} numbers; the shape needs h·h·d = ${needed}`);
  return { filter: float64Base64(data), bias: b };
}

function payloadOf(Z: ImageMatrix, { a, b, d, h, s, pad }: ConvShape): PhiPayload {
  const z = { dtype: "float64", base64: toBase64(Float64Array.from(Z.data)) } as const;
  return { version: 1, a, b, d, h, s, pad, z };
}
