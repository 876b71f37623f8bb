/** How a network looks: its layers, a line for each, with the sizes of their matrices and images. */

import { filterCols, type Layer, partLength } from "../layers/layer.js";
import type { PlainLook } from "../numeric/show.js";
import type { ImageShape } from "../shape.js";
import type { Network } from "./network.js";

/** Lines of text, and a table. */
export function networkLook({ input, layers, n }: Pick<Network, "input" | "layers" | "n">): PlainLook {
  const rows = layers.map((layer, k) => [
    `${k + 1}`,
    ...[sizeOf(layer), stepsOf(layer), imageText(layer.image), grouped(partLength(layer))],
  ]);
  return {
    text: [
      `network: θ has ${grouped(n)} numbers`,
      `  images ${imageText(input)}`,
      ...rows.map(([k, W, steps, image]) => `  ${k}. W ${W}, ${steps} → ${image}`),
    ].join("\n"),
    markdown: [
      `Network on images of ${imageText(input)}: $\\theta$ has ${grouped(n)} numbers.\n`,
      "| layer | $W$ | what it does | gives | numbers of $\\theta$ |",
      "|--:|:--|:--|:--|--:|",
      ...rows.map((row) => `| ${row.join(" | ")} |`),
    ].join("\n"),
  };
}

/** 62,026 */
function grouped(count: number): string {
  return count.toLocaleString("en");
}

function sizeOf(layer: Layer): string {
  return `${grouped(layer.dOut)} × ${grouped(filterCols(layer))}`;
}

/** What happens to the image: windows, σ, pooling. */
function stepsOf({ kind, shape: { h, s, pad }, groups, isLinear, pool }: Layer): string {
  const parts = [
    kind === "full" ? "full" : `windows ${h} × ${h}`,
    s > 1 && `stride ${s}`,
    pad > 0 && `padding ${pad}`,
    groups > 1 && `${groups} groups`,
    !isLinear && "σ",
    pool && `${pool.kind} pooling ${pool.q} × ${pool.q}`,
  ];
  return parts.filter(Boolean).join(", ");
}

function imageText({ a, b, d }: ImageShape): string {
  if (a === 1 && b === 1) return `${d}`;
  return `${a} × ${b}, ${d} ${d === 1 ? "channel" : "channels"}`;
}
