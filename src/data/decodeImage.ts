/** Pixels of a PNG or JPEG file. */

import { convertIndexedToRgb, type DecodedPng, decode as decodePng, hasPngSignature } from "fast-png";
import jpeg from "jpeg-js";

/** Samples row by row, those of a pixel beside each other; each is divided by `most`. */
export interface Pixels {
  readonly a: number;
  readonly b: number;
  /** Grey, or red, green and blue. */
  readonly channels: 1 | 3;
  readonly samples: ArrayLike<number>;
  readonly most: number;
}

/** The pixels of a file, by what it begins with. Throws Error that says what is wrong with it. */
export function decodeImage(bytes: Uint8Array): Pixels {
  if (hasPngSignature(bytes)) return fromPng(decodePng(bytes, { checkCrc: true }));
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new Error("it is neither PNG nor JPEG");
  const { width, height, data } = jpeg.decode(bytes, {
    ...{ useTArray: true, formatAsRGBA: false, tolerantDecoding: false },
  });
  return { a: height, b: width, channels: 3, samples: data, most: 255 };
}

function fromPng(png: DecodedPng): Pixels {
  const { width, height, palette, depth } = png;
  const isIndexed = palette !== undefined;
  const stored = isIndexed ? (palette[0] as number[]).length : png.channels;
  const samples = isIndexed ? convertIndexedToRgb(png) : unpacked(png);
  const most = isIndexed ? 255 : 2 ** depth - 1;
  const channels = stored > 2 ? 3 : 1;
  if (png.transparency !== undefined && png.transparency.length > 0)
    throw new Error("it is partly transparent");
  if (stored === channels) return { a: height, b: width, channels, samples, most };
  const opaque = new Uint16Array(channels * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (samples[channels + stored * pixel] !== most) throw new Error("it is partly transparent");
    for (let c = 0; c < channels; c++) opaque[c + channels * pixel] = samples[c + stored * pixel];
  }
  return { a: height, b: width, channels, samples: opaque, most };
}

/** Samples of one, two or four bits lie several in a byte, the first in its highest bits; a row begins a new byte. */
function unpacked({ data, depth, width, height }: DecodedPng): ArrayLike<number> {
  if (depth >= 8) return data;
  const [rowBytes, perByte] = [Math.ceil((width * depth) / 8), 8 / depth];
  const samples = new Uint8Array(width * height);
  for (let k = 0; k < samples.length; k++) {
    const [i, j] = [Math.floor(k / width), k % width];
    const byte = data[rowBytes * i + Math.floor(j / perByte)];
    samples[k] = (byte >> (8 - depth * ((j % perByte) + 1))) & (2 ** depth - 1);
  }
  return samples;
}
