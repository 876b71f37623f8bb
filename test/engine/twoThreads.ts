/** A process that computes one layer with two threads, and then has nothing more to do. */

import { convLinear, convShape, matrix } from "../../src/index.js";

const shape = convShape({ a: 32, b: 32, d: 16, h: 3 });
const W = matrix(32, 9 * 16, new Float32Array(32 * 9 * 16).fill(1));
const Z = matrix(16, 32 * 32, new Float32Array(16 * 32 * 32).fill(1));
const S = convLinear(W, new Float32Array(32), Z, shape, { threads: 2 });
if (S.data[0] === 144) process.stdout.write("done");
