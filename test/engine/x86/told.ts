/** Computes a layer and says by what, for tests that start a process of its own in some way: `told.ts [FOLDER]`, for files. */

import { convLinear, convShape, engineInfo, ones } from "../../../src/index.js";

const folder = process.argv[2];
if (folder) process.env.TMPDIR = folder;
const shape = convShape({ a: 40, b: 30, d: 8, h: 3, pad: 1 });
const S = convLinear(ones(16, 72), ones(16, 1), ones(8, 1200), shape, { threads: 2 });
const { engine, why } = engineInfo();
console.log(JSON.stringify({ engine, why, center: S.data[16 * (20 + 40 * 15)], corner: S.data[0] }));
