import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { encode } from "fast-png";
import jpeg from "jpeg-js";
import { imageFolder } from "../../src/data/imageFolder.js";

/** A PNG of 2 × 3 pixels, row by row. */
const png = (data: readonly number[], channels: number, depth: 8 | 16 = 8) =>
  encode({
    width: 3,
    height: 2,
    channels,
    depth,
    data: depth === 8 ? Uint8Array.from(data) : Uint16Array.from(data),
  });
const grey = png([0, 51, 102, 153, 204, 255], 1);
const rgb = Array.from({ length: 18 }, (_, k) => 10 * k);

/** A PNG from its chunks, as fast-png does not write them. */
function chunks(...parts: readonly (readonly [string, Uint8Array])[]): Buffer {
  const written = parts.map(([name, data]) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  });
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), ...written]);
}
const crc = (bytes: Uint8Array): number => (crc32 as (bytes: Uint8Array) => number)(bytes);
const head = (depth: number, kind: number) =>
  ["IHDR", Buffer.from([0, 0, 0, 3, 0, 0, 0, 2, depth, kind, 0, 0, 0])] as const;
const interlaced = ([name, data]: ReturnType<typeof head>) =>
  [name, Buffer.concat([data.subarray(0, 12), Buffer.from([1])])] as const;
const rows = (...bytes: number[]) => ["IDAT", deflateSync(Buffer.from(bytes))] as const;
const end = ["IEND", Buffer.alloc(0)] as const;

describe("imageFolder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-images-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (files: Readonly<Record<string, Uint8Array>>) => {
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
  };
  const close = (came: ArrayLike<number>, known: readonly number[]) =>
    assert.deepEqual(Array.from(came), known.map(Math.fround));

  it("reads red, green and blue of each pixel, column by column, the channel fastest", async () => {
    write({ "7/x.png": png(rgb, 3) });
    const { a, b, d, Z, labels, files } = await imageFolder(folder);
    assert.deepEqual([a, b, d, Z.rows, Z.cols], [2, 3, 3, 18, 1]);
    const known = [];
    for (let j = 0; j < 3; j++)
      for (let i = 0; i < 2; i++) for (let c = 0; c < 3; c++) known.push(rgb[c + 3 * (j + 3 * i)]! / 255);
    close(Z.data, known);
    assert.deepEqual([labels, files], [["7"], [join(folder, "7/x.png")]]);
  });

  it("takes the names of folders as labels, sorted by value where they are numbers", async () => {
    write({ "10/b.png": grey, "9/a.png": grey, "9/.hidden": grey, ".git/x": grey });
    const { classes, labels, y } = await imageFolder(folder);
    assert.deepEqual(
      [classes, labels],
      [
        ["9", "10"],
        ["10", "9"],
      ],
    );
    assert.deepEqual(Array.from(y.data), [0, 1, 1, 0]);
  });

  it("takes the classes of the training images for others", async () => {
    write({ "cat/x.png": grey });
    const { y } = await imageFolder(folder, { classes: ["ant", "cat", "dog"] });
    assert.deepEqual(Array.from(y.data), [0, 1, 0]);
    await assert.rejects(
      imageFolder(folder, { classes: ["dog"] }),
      /label 1 is string cat; needed one of dog/,
    );
  });

  it("makes one channel of three by their luminance, and three of one", async () => {
    write({ "x/a.png": png(rgb, 3), "x/b.png": grey });
    const one = await imageFolder(folder, { d: 1 });
    const at = (i: number, j: number) => 3 * (j + 3 * i);
    const known = [];
    for (let j = 0; j < 3; j++)
      for (let i = 0; i < 2; i++)
        known.push((0.299 * rgb[at(i, j)]! + 0.587 * rgb[at(i, j) + 1]! + 0.114 * rgb[at(i, j) + 2]!) / 255);
    close(one.Z.data.subarray(0, 6), known);
    close(one.Z.data.subarray(6), [0, 0.6, 0.2, 0.8, 0.4, 1]);
    const three = await imageFolder(folder);
    close(three.Z.data.subarray(18, 24), [0, 0, 0, 0.6, 0.6, 0.6]);
  });

  it("reads every kind of PNG that there is: sixteen bits, one, two and four, a palette, and opaque alpha", async () => {
    const known = [0, 1, 1, 0, 1, 0]; // column by column: rows 0 1 1 and 1 0 0
    const palette = ["PLTE", Buffer.from([0, 0, 0, 255, 255, 255])] as const;
    write({
      "x/1.png": chunks(head(1, 0), rows(0, 0b01100000, 0, 0b10000000), end),
      "x/16.png": png([0, 65535, 65535, 65535, 0, 0], 1, 16),
      "x/2.png": chunks(head(2, 0), rows(0, 0b00111100, 0, 0b11000000), end),
      "x/4.png": chunks(head(4, 0), rows(0, 0x0f, 0xf0, 0, 0xf0, 0), end),
      "x/alpha.png": png([0, 255, 255, 255, 255, 255, 255, 255, 0, 255, 0, 255], 2),
      "x/indexed.png": chunks(head(1, 3), palette, rows(0, 0b01100000, 0, 0b10000000), end),
    });
    const { Z, files } = await imageFolder(folder, { d: 1 });
    const first = [0, 1, 1, 0, 1, 0];
    for (const [k, file] of files.entries())
      assert.deepEqual(Array.from(Z.data.subarray(6 * k, 6 * k + 6)), first, file);
    assert.deepEqual(known, first);
  });

  it("reads a PNG whose transparent colour no pixel has", async () => {
    const without = ["tRNS", Buffer.from([0, 7])] as const;
    write({ "x/1.png": chunks(head(8, 0), without, rows(0, 1, 2, 3, 0, 4, 5, 6), end) });
    close((await imageFolder(folder, { d: 1 })).Z.data, [
      1 / 255,
      4 / 255,
      2 / 255,
      5 / 255,
      3 / 255,
      6 / 255,
    ]);
  });

  it("reads JPEGs as they are decoded", async () => {
    const data = Buffer.alloc(4 * 16 * 8, 255);
    for (let k = 0; k < 16 * 8; k++) data.set([(k % 16) * 16, 90, 200], 4 * k);
    const bytes = jpeg.encode({ width: 16, height: 8, data }, 90).data;
    write({ "x/photo.JPG": bytes });
    const { Z, a, b } = await imageFolder(folder);
    const known = jpeg.decode(bytes, { useTArray: true }).data;
    assert.deepEqual([a, b], [8, 16]);
    for (const [i, j, c] of [
      [0, 0, 0],
      [3, 9, 1],
      [7, 15, 2],
      [2, 14, 0],
    ] as const)
      assert.equal(Z.data[c + 3 * (i + 8 * j)], Math.fround(known[c + 4 * (j + 16 * i)]! / 255));
  });

  const transparent = png([0, 255, 255, 255, 255, 255, 255, 255, 0, 255, 0, 254], 2);
  const damaged = Buffer.from(grey);
  damaged[damaged.length - 20]! ^= 1;
  const bad: [string, Readonly<Record<string, Uint8Array>>, RegExp][] = [
    ["a cut PNG", { "x/1.png": grey.subarray(0, grey.length - 20) }, /x\/1\.png cannot be read/],
    ["a damaged PNG", { "x/1.png": damaged }, /x\/1\.png cannot be read/],
    [
      "a text that is called .png",
      { "x/1.png": Buffer.from("hello") },
      /x\/1\.png cannot be read: it is neither PNG nor JPEG/,
    ],
    ["an empty file", { "x/1.jpg": Buffer.alloc(0) }, /x\/1\.jpg cannot be read: it is neither/],
    [
      "another size",
      {
        "x/1.png": grey,
        "y/2.png": encode({ width: 2, height: 3, channels: 1, depth: 8, data: new Uint8Array(6) }),
      },
      /y\/2\.png has 3 × 2 pixels; needed 2 × 3, as .*x\/1\.png has/,
    ],
    [
      "a colour that stands for nothing",
      {
        "x/1.png": chunks(
          ...[head(8, 2), ["tRNS", Buffer.from([0, 1, 0, 2, 0, 3])] as const],
          ...[rows(0, 9, 2, 3, 1, 9, 3, 1, 2, 9, 0, 1, 2, 3, 0, 0, 0, 0, 0, 0), end],
        ),
      },
      /it is partly transparent/,
    ],
    [
      "seven passes of few bits, which its decoder takes for something else",
      { "x/1.png": chunks(interlaced(head(4, 0)), rows(...Array(12).fill(0)), end) },
      /it is interlaced with 4 bits a sample; needed 8 or 16, or no interlacing/,
    ],
    [
      "a size that no such file can have",
      {
        "x/1.png": chunks(["IHDR", Buffer.from([0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0])], ...[rows(0), end]),
      },
      /it says it has 65536 × 65536 pixels, in \d+ bytes/,
    ],
    ["a transparent image", { "x/1.png": transparent }, /x\/1\.png cannot be read: it is partly transparent/],
    [
      "another kind of file",
      { "x/1.png": grey, "x/notes.txt": Buffer.from("a") },
      /x\/notes\.txt is no \.png, \.jpg or \.jpeg/,
    ],
    ["an image without a folder", { "1.png": grey }, /1\.png lies in no folder that says what it shows/],
    ["folders in folders", { "x/y/1.png": grey }, /x\/y is a folder; needed images alone/],
    ["no images", {}, /holds no images/],
  ];
  for (const [what, files, why] of bad)
    it(`names the file for ${what}`, async () => {
      write(files);
      await assert.rejects(
        imageFolder(folder),
        (error: Error) => why.test(error.message) && error.message.startsWith("imageFolder: "),
      );
    });

  it("names a cut JPEG", async () => {
    const data = Buffer.alloc(4 * 16 * 16, 200);
    const { data: bytes } = jpeg.encode({ width: 16, height: 16, data }, 90);
    write({ "x/1.jpg": bytes.subarray(0, bytes.length - 30) });
    await assert.rejects(imageFolder(folder), /x\/1\.jpg cannot be read/);
  });

  it("names a folder that is not there, and options that are none", async () => {
    await assert.rejects(imageFolder(join(folder, "missing")), /cannot list .*missing.*ENOENT/);
    await assert.rejects(imageFolder(folder, { d: 2 as never }), /imageFolder: d = 2; needed 1 or 3/);
  });

  it("is read from a disk: a file there is no folder", async () => {
    write({ "x/1.png": grey });
    await assert.rejects(imageFolder(join(folder, "x/1.png")), /cannot list/);
    assert.ok(readFileSync(join(folder, "x/1.png")).length > 0);
  });
});
