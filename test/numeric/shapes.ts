/** Random shapes that hide no ordering error: a ≠ b, d > 1 and s > 1 are common, remainders too. */

import fc from "fast-check";
import { type ConvShape, convShape } from "../../src/shape.js";

export const anyShape: fc.Arbitrary<ConvShape> = fc
  .record({
    a: fc.integer({ min: 3, max: 8 }),
    b: fc.integer({ min: 3, max: 9 }),
    d: fc.integer({ min: 1, max: 3 }),
    h: fc.integer({ min: 1, max: 3 }),
    s: fc.integer({ min: 1, max: 3 }),
    pad: fc.integer({ min: 0, max: 2 }),
  })
  .map(convShape);
