/**
 * Addresses that are not known yet, as numbers: byte `offset` of block k, which every call places anew, is
 * (k + 1)·2³⁶ + offset. That is beyond every address, and sums with offsets are exact, so that what computes with
 * addresses computes with these.
 */
const unit = 2 ** 36;

/** The first byte of block k. */
export function symbol(k: number): number {
  return (k + 1) * unit;
}

/** The block that a number points into; −1 where it is a number like any other. */
export function blockOf(x: number): number {
  return Math.floor(x / unit) - 1;
}

/** How far from the block's first byte. */
export function offsetOf(x: number): number {
  return x % unit;
}
