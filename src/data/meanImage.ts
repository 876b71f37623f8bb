import { checkMatrix } from "../numeric/check.js";
import { columnMajor, type Matrix, numbersOf, size, zerosLike } from "../numeric/storage.js";

/**
 * The mean of each pixel over the instances, (1/l) Σ vec(Z^{1,i}): d a b × 1, summed in float64. To be taken out of
 * training, validation and test images alike.
 *
 * @example
 * meanImage(matrix([[1, 3], [2, 6]]))
 */
export function meanImage(Z: Matrix): Matrix {
  checkMatrix("meanImage", "Z", Z);
  const { rows, cols } = Z;
  const [numbers, sums] = [numbersOf(Z), new Float64Array(rows)];
  for (let i = 0; i < cols; i++) for (let k = 0; k < rows; k++) sums[k] += numbers[k + rows * i];
  return columnMajor(
    rows,
    1,
    sums.map((x) => x / cols),
  );
}

/**
 * Z − m 1ᵀ: each image without the mean image m, d a b × 1. Throws RangeError unless m has as many rows as Z.
 *
 * @example
 * centred(matrix([[1, 3], [2, 6]]), matrix([[2], [4]]))
 */
export function centred(Z: Matrix, mean: Matrix): Matrix {
  checkMatrix("centred", "Z", Z);
  checkMatrix("centred", "mean", mean);
  if (mean.rows !== Z.rows || mean.cols !== 1) {
    throw new RangeError(`centred: the mean is ${size(mean)}; needed ${Z.rows} × 1 for Z of ${size(Z)}`);
  }
  const { rows, cols } = Z;
  const [numbers, m, without] = [numbersOf(Z), numbersOf(mean), zerosLike(Z, rows, cols)];
  for (let i = 0; i < cols; i++) {
    for (let k = 0; k < rows; k++) without.data[k + rows * i] = numbers[k + rows * i] - m[k];
  }
  return without;
}
