/** A network as a lecture declares it: letters for all sizes, X10 and X11 as one expression, θ's parts by name. */

import type { Layer, PoolKind } from "../layers/layer.js";
import type { Network } from "../network/network.js";

/** A part of θ in the text. */
export interface NamedPart {
  readonly name: string;
  readonly layer: number;
  readonly kind: "W" | "b";
}

/** What is declared, and z^{L+1} of an instance. */
export interface NetworkText {
  readonly declarations: string;
  readonly output: string;
  /** In the order of θ, U9. */
  readonly parts: readonly NamedPart[];
  /** The sizes that the letters stand for. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** One layer's lines, what it makes of an expression, and the letters of the sides of its image. */
interface LayerText {
  readonly lines: readonly string[];
  readonly apply: (image: string) => string;
  readonly sides: readonly [string, string];
}

/** The declarations of a network without groups: image sides a_m, b_m, channels d_m, windows h_m, strides s_m, … */
export function networkText(net: Network): NetworkText {
  const [lines, sizes]: [string[], Record<string, number>] = [[], {}];
  let [output, sides]: [string, readonly [string, string]] = ["Z", ["a_1", "b_1"]];
  let isImage = true;
  for (const [k, layer] of net.layers.entries()) {
    const m = k + 1;
    Object.assign(sizes, sizesOfLayer(layer, m));
    const text =
      layer.kind === "conv" ? convText(layer, m, sides) : fullText(layer, m, isImage ? sides : undefined);
    lines.push(...text.lines);
    output = text.apply(layer.kind === "full" && isImage ? `vec(${output})` : output);
    isImage = layer.kind === "conv";
    sides = text.sides;
  }
  const last = net.layers.length + 1;
  const outputs = isImage ? `d_${last}*${sides[0]}*${sides[1]}` : `d_${last}`;
  const { a, b, d } = net.input;
  const letters = Object.assign(sizes, { a_1: a, b_1: b, d_1: d });
  return {
    declarations: [
      `dims ${Object.keys(letters).join(" ")} l; scalar C; Z : d_1 x a_1*b_1 each`,
      ...lines,
      `y : ${outputs} x 1 each; u : ${outputs} x 1 each`,
    ].join("\n"),
    output: isImage ? `vec(${output})` : output,
    parts: net.layers.flatMap((_, k) => [
      { name: `W${k + 1}`, layer: k, kind: "W" as const },
      { name: `b${k + 1}`, layer: k, kind: "b" as const },
    ]),
    sizes: letters,
  };
}

function sizesOfLayer({ kind, dOut, shape: { h, s, pad }, pool }: Layer, m: number): Record<string, number> {
  const own = { [`d_${m + 1}`]: dOut };
  if (kind === "full") return own;
  const padding: Record<string, number> = pad > 0 ? { [`p_${m}`]: pad } : {};
  const windows: Record<string, number> = pool === undefined ? {} : { [`q_${m}`]: pool.q };
  return { ...own, [`h_${m}`]: h, [`s_${m}`]: s, ...padding, ...windows };
}

/** The map that a declaration names for each way of pooling. */
const poolWords: Readonly<Record<PoolKind, string>> = { max: "maxpool", average: "avgpool" };

function convText({ shape, pool, isLinear }: Layer, m: number, [a, b]: readonly [string, string]): LayerText {
  const [d, h, s] = [`d_${m}`, `h_${m}`, `s_${m}`];
  const padded = (side: string) => (shape.pad > 0 ? `(${side} + 2*p_${m})` : side);
  const out = [`a_${m}o`, `b_${m}o`];
  const pooled = pool === undefined ? out : [`a_${m}q`, `b_${m}q`];
  const framed = shape.pad > 0 ? [`a_${m}f`, `b_${m}f`] : [a, b];
  const define = (names: readonly string[], text: (side: string) => string, given: readonly string[]) =>
    `${names[0]} = ${text(given[0])}; ${names[1]} = ${text(given[1])}`;
  const lines = [
    ...(shape.pad > 0 ? [define(framed, padded, [a, b])] : []),
    define(out, (side) => `floor((${side} - ${h})/${s}) + 1`, framed),
    ...(pool === undefined ? [] : [define(pooled, (side) => `floor(${side}/q_${m})`, out)]),
    `W${m} : d_${m + 1} x ${h}*${h}*${d}; b${m} : d_${m + 1} x 1`,
    ...(shape.pad > 0 ? [`pad_${m}, P_pad${m} = padding(p_${m}, ${d}, ${a}, ${b})`] : []),
    `phi_${m}, P_phi${m} = conv(${h}, ${s}, ${d}, ${framed[0]}, ${framed[1]})`,
    ...(pool === undefined
      ? []
      : [`pool_${m}, P_pool${m} = ${poolWords[pool.kind]}(q_${m}, d_${m + 1}, ${out[0]}, ${out[1]})`]),
  ];
  const apply = (image: string): string => {
    const seen = shape.pad > 0 ? `pad_${m}(${image})` : image;
    const S = `W${m}*phi_${m}(${seen}) + b${m}*ones(${out[0]}*${out[1]})'`;
    const activated = isLinear ? S : `sigma(${S})`;
    if (pool !== undefined) return `pool_${m}(${activated})`;
    return activated;
  };
  return { lines, apply, sides: [pooled[0], pooled[1]] };
}

function fullText({ isLinear }: Layer, m: number, sides: readonly [string, string] | undefined): LayerText {
  const inputs = sides === undefined ? `d_${m}` : `d_${m}*${sides[0]}*${sides[1]}`;
  return {
    lines: [`W${m} : d_${m + 1} x ${inputs}; b${m} : d_${m + 1} x 1`],
    apply: (z) => (isLinear ? `W${m}*${z} + b${m}` : `sigma(W${m}*${z} + b${m})`),
    sides: ["1", "1"],
  };
}
