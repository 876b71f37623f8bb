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
  if (hasPngSignature(bytes)) {
    checkPngHeader(bytes);
    return fromPng(decodePng(bytes, { checkCrc: true }));
  }
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new Error("it is neither PNG nor JPEG");
  const { width, height, data } = jpeg.decode(bytes, {
    ...{ useTArray: true, formatAsRGBA: false, tolerantDecoding: false },
  });
  return { a: height, b: width, channels: 3, samples: data, most: 255 };
}

/** Deflate makes 1032 bytes of one at most: an image that would take more is none, and gets no room. */
const mostDeflated = 1032;

/** Throws Error for a size that the file cannot have, and for what fast-png takes for something else. */
function checkPngHeader(bytes: Uint8Array): void {
  if (bytes.length < 29) throw new Error("its header is cut");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height, depth, isInterlaced] = [view.getUint32(16), view.getUint32(20), bytes[24], bytes[28]];
  if ((width * height * depth) / 8 > mostDeflated * bytes.length)
    throw new Error(`it says it has ${height} × ${width} pixels, in ${bytes.length} bytes`);
  if (isInterlaced && depth < 8)
    throw new Error(`it is interlaced with ${depth} bits a sample; needed 8 or 16, or no interlacing`);
}

function fromPng(png: DecodedPng): Pixels {
  const { width, height, palette, depth } = png;
  const isIndexed = palette !== undefined;
  const stored = isIndexed ? (palette[0] as number[]).length : png.channels;
  const samples = isIndexed ? convertIndexedToRgb(png) : unpacked(png);
  const most = isIndexed ? 255 : 2 ** depth - 1;
  const channels = stored > 2 ? 3 : 1;
  if (hasColour(samples, channels, png.transparency)) throw new Error("it is partly transparent");
  if (stored === channels) return { a: height, b: width, channels, samples, most };
  const opaque = new Uint16Array(channels * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (samples[channels + stored * pixel] !== most) throw new Error("it is partly transparent");
    for (let c = 0; c < channels; c++) opaque[c + channels * pixel] = samples[c + stored * pixel];
  }
  return { a: height, b: width, channels, samples: opaque, most };
}

/** Whether a pixel has the one colour that stands for nothing, where there is such. */
function hasColour(
  samples: ArrayLike<number>,
  channels: number,
  colour: ArrayLike<number> | undefined,
): boolean {
  if (colour === undefined || colour.length === 0) return false;
  for (let pixel = 0; pixel < samples.length; pixel += channels) {
    let c = 0;
    while (c < channels && samples[pixel + c] === colour[c]) c++;
    if (c === channels) return true;
  }
  return false;
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
