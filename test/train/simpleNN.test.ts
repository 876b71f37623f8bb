import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { cnnTrain, readNetworkConfig } from "../../kernel/train/simpleNN.js";
import { labelledFrom } from "../../kernel/train/sources.js";
import { train } from "../../kernel/train/train.js";
import {
  centred,
  digits,
  meanImage,
  network,
  newton,
  objective,
  oneHot,
  readSafetensors,
} from "../../src/index.js";

const demo = `% A comment.
% Another.

L = 4;
LC = 2;
LF = 2;
wd_input = [9];
ht_input = 8;
ch_input = [2,4, 6];
wd_pad_added = [2 1];
wd_filter = [5,3];
strides = [1,2];  % and one at the end
wd_subimage_pool = [2,1];
full_neurons = [7,3];
`;

/** A MAT file with matrices, column by column: deflated, as MATLAB and Octave write it. */
function mat(
  matrices: Readonly<Record<string, { rows: number; cols: number; numbers: ArrayLike<number> }>>,
): Buffer {
  const header = Buffer.alloc(128, " ");
  header.write("MATLAB 5.0 MAT-file");
  header.writeUInt16LE(0x0100, 124);
  header.write("IM", 126);
  const element = (type: number, data: Uint8Array): Buffer => {
    const tag = Buffer.alloc(8);
    tag.writeUInt32LE(type, 0);
    tag.writeUInt32LE(data.length, 4);
    return Buffer.concat([tag, data, Buffer.alloc((8 - (data.length % 8)) % 8)]);
  };
  const bytes = (numbers: Int32Array | Float64Array) => new Uint8Array(numbers.buffer);
  const arrays = Object.entries(matrices).map(([name, { rows, cols, numbers }]) => {
    const parts = [element(6, bytes(Int32Array.of(6, 0))), element(5, bytes(Int32Array.of(rows, cols)))];
    const all = [...parts, element(1, Buffer.from(name)), element(9, bytes(Float64Array.from(numbers)))];
    const packed = deflateSync(element(14, Buffer.concat(all)));
    const tag = Buffer.alloc(8);
    tag.writeUInt32LE(15, 0);
    tag.writeUInt32LE(packed.length, 4);
    return Buffer.concat([tag, packed]);
  });
  return Buffer.concat([header, ...arrays]);
}

describe("the lecturer's program's files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-simplenn-"));
    writeFileSync(join(folder, "net.config"), demo);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);

  it("declare a network: height, width, channels, padding, windows, strides, pooling but by 1, neurons", () => {
    assert.deepEqual(readNetworkConfig(at("net.config")), {
      input: { a: 8, b: 9, d: 2 },
      conv: [
        { dOut: 4, h: 5, s: 1, pad: 2, pool: 2 },
        { dOut: 6, h: 3, s: 2, pad: 1 },
      ],
      full: [7, 3],
    });
  });

  it("declare lists as MATLAB has them: rows and columns, with commas or none", () => {
    const known = readNetworkConfig(at("net.config"));
    for (const list of ["[5 3]", "[5;3]", "[5, 3]'", "[ 5 ; 3 ]"]) {
      writeFileSync(at("other.config"), demo.replace("[5,3]", list));
      assert.deepEqual(readNetworkConfig(at("other.config")), known, list);
    }
  });

  const bad: [string, (text: string) => string, RegExp][] = [
    ["a program", (text) => `${text}system('ls');\n`, /line 15: "system\('ls'\);": needed NAME = NUMBER/],
    ["a name that is none", (text) => text.replace("LF", "LX"), /line 6: "LX = 2;": there are L, LC/],
    [
      "a missing name",
      (text) => text.replace("strides", "%strides").replace("\n%", "\n% "),
      /net\.config: strides is missing/,
    ],
    ["layers that do not add up", (text) => text.replace("L = 4", "L = 5"), /L is 5; needed LC \+ LF = 4/],
    ["a list that is too short", (text) => text.replace("[5,3]", "[5]"), /wd_filter has 1 numbers; needed 2/],
    ["a list for one number", (text) => text.replace("[9]", "[9,9]"), /wd_input has 2 numbers; needed one/],
    [
      "numbers that are computed",
      (text) => text.replace("[7,3]", "[7,3*1]"),
      /line 14: .*needed NAME = NUMBER/,
    ],
  ];
  for (const [what, change, why] of bad)
    it(`are refused with their line: ${what}`, () => {
      writeFileSync(at("net.config"), change(demo));
      assert.throws(() => readNetworkConfig(at("net.config")), why);
    });

  it("give options: C for each instance, its defaults, its behaviour", () => {
    const given = { config: at("net.config"), data: "d.mat", seed: 5, columns: false };
    const newton = cnnTrain({ ...given, options: "-C 0.1 -GNsize 20 -drop 2/3 -iter_max 7 -Jacobian 1" });
    assert.deepEqual(newton.options, { GNsize: 20, iterMax: 7, drop: 2 / 3, seed: 5, parity: "simpleNN" });
    assert.deepEqual([newton.method, newton.objective.C, newton.timesInstances], ["newton", 0.1, true]);
    assert.equal(cnnTrain({ ...given, options: "-C inf" }).objective.C, Number.POSITIVE_INFINITY);
    const sgd = cnnTrain({ ...given, options: "-s 2 -momentum 0.9 -bsize 64 -xi 0.5" });
    assert.deepEqual(sgd.options, {
      epochs: 500,
      lr: 0.01,
      momentum: 0.9,
      bsize: 64,
      seed: 5,
      parity: "simpleNN",
    });
    assert.equal(cnnTrain({ ...given, options: "-s 3 -lr 0.001" }).method, "adam");
    for (const [options, why] of [
      ["-s 4", /-s 4; needed 1, 2 or 3/],
      ["-x 1", /-x is none/],
      ["-C", /-C ; needed a number/],
      ["-C abc", /-C abc; needed a number/],
    ] as const)
      assert.throws(() => cnnTrain({ ...given, options }), why);
  });

  it("hold images row by row or column by column, channel after channel, without zeros at the end", async () => {
    const [a, b, d, l] = [2, 3, 2, 2];
    const value = (k: number, i: number, j: number, c: number) => 1 + k + 2 * i + 10 * j + 100 * c;
    const wanted = { input: { a, b, d }, outputs: 2, dtype: "float64" } as const;
    const places = {
      rows: (i: number, j: number) => j + b * i,
      columns: (i: number, j: number) => i + a * j,
    };
    for (const [order, place] of Object.entries(places)) {
      const numbers = new Float64Array(l * a * b * d);
      for (let k = 0; k < l; k++)
        for (let c = 0; c < d; c++)
          for (let i = 0; i < a; i++)
            for (let j = 0; j < b; j++) numbers[k + l * (place(i, j) + a * b * c)] = value(k, i, j, c);
      const file = (cols: number) =>
        mat({
          Z: { rows: l, cols, numbers: numbers.subarray(0, l * cols) },
          y: { rows: l, cols: 1, numbers: [9, 4] },
        });
      writeFileSync(at("d.mat"), file(a * b * d));
      const source = { mat: at("d.mat"), order: order as "rows", scale: 4 };
      const { Z, y, classes } = await labelledFrom(source, wanted);
      for (let k = 0; k < l; k++)
        for (let c = 0; c < d; c++)
          for (let i = 0; i < a; i++)
            for (let j = 0; j < b; j++)
              assert.equal(
                Z.data[c + d * (i + a * j) + Z.rows * k],
                value(k, i, j, c) / 4,
                `${order} ${[k, i, j, c]}`,
              );
      assert.deepEqual(
        [classes, [...y.data]],
        [
          [4, 9],
          [0, 1, 1, 0],
        ],
      );
      writeFileSync(at("d.mat"), file(a * b * d - 1));
      const cut = await labelledFrom(source, wanted);
      assert.equal(cut.Z.data[Z.rows - 1], 0, "the last pixel of the last channel");
    }
  });

  it("are refused where labels and network disagree", async () => {
    const one = (name: string, values: number[]) => ({
      [name]: { rows: values.length, cols: 1, numbers: values },
    });
    const wanted = { input: { a: 1, b: 1, d: 1 }, outputs: 2, dtype: "float32" } as const;
    const asked = async (matrices: Parameters<typeof mat>[0], more: object = {}) => {
      writeFileSync(at("d.mat"), mat(matrices));
      return labelledFrom({ mat: at("d.mat") }, { ...wanted, ...more });
    };
    const Z = one("Z", [1, 2, 3]);
    await assert.rejects(
      asked({ ...Z, ...one("y", [1, 2, 3]) }),
      /y has 3 different labels; the network has 2 outputs/,
    );
    await assert.rejects(asked({ ...Z, ...one("y", [1, 2]) }), /y is 2 × 1; needed a label for each of 3/);
    await assert.rejects(
      asked({ ...Z, ...one("y", [1, 2, 1]) }, { classes: [1, 7] }),
      /y has the label 2; training had 1, 7/,
    );
    await assert.rejects(asked(Z), /d\.mat holds Z; needed Z and y/);
    await assert.rejects(
      asked({ Z: { rows: 1, cols: 2, numbers: [1, 2] }, ...one("y", [1]) }),
      /Z has 2 columns; needed a·b·d = 1/,
    );
  });

  it("train as cnn_train does: /255, the mean image out, C l, squared loss", async function () {
    this.timeout(60_000);
    const { Z, labels } = await digits({ places: Array.from({ length: 60 }, (_, k) => k) });
    const numbers = new Float64Array(60 * 784);
    for (let k = 0; k < 60; k++)
      for (let i = 0; i < 28; i++)
        for (let j = 0; j < 28; j++) numbers[k + 60 * (j + 28 * i)] = 255 * Z.data[i + 28 * j + 784 * k]!;
    writeFileSync(
      at("d.mat"),
      mat({ Z: { rows: 60, cols: 784, numbers }, y: { rows: 60, cols: 1, numbers: labels } }),
    );
    writeFileSync(
      at("net.config"),
      "L = 2;\nLC = 1;\nLF = 1;\nwd_input = [28];\nht_input = [28];\nch_input = [1,2];\nwd_pad_added = [1];\nwd_filter = [5];\nstrides = [2];\nwd_subimage_pool = [2];\nfull_neurons = [10];\n",
    );
    const given = {
      config: at("net.config"),
      data: at("d.mat"),
      options: "-iter_max 3 -GNsize 20 -C 0.5",
      seed: 3,
      columns: false,
    };
    assert.equal(await train(cnnTrain(given), { resume: false, say: () => undefined }), 0);
    const net = network(readNetworkConfig(at("net.config")));
    const whole = Float64Array.from(Z.data, (x) => Math.round(255 * x) / 255);
    const images = { rows: 784, cols: 60, data: whole };
    const problem = objective(net, { Z: centred(images, meanImage(images)), y: oneHot(labels) }, { C: 30 });
    const known = await newton(problem, net.initial(3), {
      iterMax: 3,
      GNsize: 20,
      seed: 3,
      parity: "simpleNN",
    });
    assert.deepEqual(readSafetensors(readFileSync(at("net.safetensors"))).theta!.data, known.theta);
  });
});
