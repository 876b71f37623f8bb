/** Seeded numbers that depend on nothing but their key: the same key gives the same number, in any order. */

type Key = readonly (string | number)[];

/** A whole number from 0 to 2⁴⁸ − 1 for a key; keys that differ anywhere give unrelated numbers. */
export function draw(...key: Key): number {
  const lanes: Lanes = [0x9e3779b9 | 0, 0x7f4a7c15 | 0];
  for (const part of key) {
    if (typeof part === "number") absorbNumber(lanes, part);
    else absorbText(lanes, part);
  }
  const [x, y] = lanes;
  return (spread(x ^ (y << 1)) >>> 8) * 2 ** 24 + (spread(y ^ 0x27d4eb2f) >>> 8);
}

/** A number from −1 to 1 that keeps away from 0 by at least 1/4, so that it can be divided by. */
export function drawReal(...key: Key): number {
  const unit = draw(...key) / 2 ** 47 - 1;
  return unit < 0 ? -0.25 + 0.75 * unit : 0.25 + 0.75 * unit;
}

/** A whole number from `low` to `high`. */
export function drawWhole(low: number, high: number, ...key: Key): number {
  return low + (draw(...key) % (high - low + 1));
}

/** Two lanes of 32 bits; each word is multiplied in and the bits spread, after MurmurHash3's finalizer. */
type Lanes = [number, number];

function absorb(lanes: Lanes, bits: number): void {
  const x = Math.imul(lanes[0] ^ bits, 0x85ebca6b);
  const y = Math.imul(lanes[1] ^ bits ^ (x << 7), 0xc2b2ae35);
  lanes[0] = x ^ (x >>> 13);
  lanes[1] = y ^ (y >>> 16);
}

/** A number as two words of 32 bits, and one of its fraction. */
function absorbNumber(lanes: Lanes, x: number): void {
  const whole = Math.floor(x);
  absorb(lanes, whole | 0);
  absorb(lanes, Math.floor(whole / 2 ** 32) | 0);
  absorb(lanes, ((x - whole) * 2 ** 32) | 0);
}

/** The characters' codes and an end, so that "ab", "c" and "a", "bc" differ. */
function absorbText(lanes: Lanes, text: string): void {
  for (let at = 0; at < text.length; at++) absorb(lanes, text.charCodeAt(at));
  absorb(lanes, -1);
}

function spread(x: number): number {
  let bits = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
