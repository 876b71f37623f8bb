import { checkMatrix } from "../numeric/check.js";
import { type ImageMatrix, image } from "../numeric/image.js";
import { phi } from "../numeric/phi.js";
import { displayKey, showMatrix } from "../numeric/show.js";
import type { Matrix } from "../numeric/storage.js";
import type { ConvShape } from "../shape.js";
import { toBase64 } from "./base64.js";
import { plotHeatmap } from "./plotHeatmap.js";
import { type Bundle, PHI_MIME, type PhiPayload, type Shown } from "./types.js";

/** An image beside its φ(Z): in JupyterLab the window under the pointer is marked in both. */
class PhiExplorer implements Shown {
  constructor(
    private readonly Z: ImageMatrix,
    private readonly shape: ConvShape,
  ) {}

  [displayKey](): Bundle {
    const phiZ = phi(this.Z, this.shape);
    const { h, s, pad } = this.shape;
    const title = `φ(Z): windows of ${h} × ${h} at stride ${s}${pad ? `, padding ${pad}` : ""}`;
    const picture = plotHeatmap(phiZ, { title, x: "output place, p fastest", y: "row (i, j, c), i fastest" });
    const svg = picture[displayKey]()["image/svg+xml"];
    return { [PHI_MIME]: payloadOf(this.Z, this.shape), "image/svg+xml": svg, ...showMatrix(phiZ) };
  }
}

/**
 * The explorer of φ, eq. (4): Z (d × a·b) and φ(Z) side by side; pointing at an output place marks its sub-image in
 * Z and its column in φ(Z). Where there is no explorer, φ(Z) is shown as a picture and as a matrix.
 * Throws as phi does.
 *
 * @example
 * explorePhi(matrix([[1, 2, 3, 4, 5, 6, 7, 8, 9]]), convShape({ a: 3, b: 3, d: 1, h: 2 }))
 */
export function explorePhi(Z: Matrix, shape: ConvShape): Shown {
  checkMatrix("explorePhi", "Z", Z);
  phi(Z, shape); // refuses here, in the cell, what could not be shown later
  return new PhiExplorer(image(Z, shape.a, shape.b), shape);
}

function payloadOf(Z: ImageMatrix, { a, b, d, h, s, pad }: ConvShape): PhiPayload {
  const z = { dtype: "float64", base64: toBase64(Float64Array.from(Z.data)) } as const;
  return { version: 1, a, b, d, h, s, pad, z };
}
