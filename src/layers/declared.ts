/** Layers from what a reader writes: sizes worked out, each name checked. */

import { kind } from "../numeric/check.js";
import { checkNames, checkObject, checkSize, convShape, type ImageShape, poolShape } from "../shape.js";
import type { Layer, LayerPool, PoolKind } from "./layer.js";

/** A convolutional layer as it is declared. */
export interface ConvLayerSize {
  /** Output channels, d^out. */
  readonly dOut: number;
  /** The side of the window. */
  readonly h: number;
  /** The stride; default 1. */
  readonly s?: number;
  /** Zero padding; default 0. */
  readonly pad?: number;
  /** The channels fall into this many groups that do not see each other; default 1. */
  readonly groups?: number;
  /** The side q of pooling windows; no pooling where it is left out. */
  readonly pool?: number;
  /** Default "max". */
  readonly poolKind?: PoolKind;
}

const names = ["dOut", "h", "s", "pad", "groups", "pool", "poolKind"];

const meant = {
  ...{ stride: "s", padding: "pad", p: "pad", kernel: "h", kernelSize: "h", d_out: "dOut", filters: "dOut" },
  ...{ channels: "dOut", out: "dOut", q: "pool", pooling: "pool", kind: "poolKind" },
};

/** Layer number m, from 1, on images of a size; its part of θ begins at `from`. Throws for what does not fit. */
export function convLayer(
  m: number,
  image: ImageShape,
  declared: ConvLayerSize,
  place: Pick<Layer, "from" | "isLinear">,
): Layer {
  const operation = `network: conv[${m - 1}]`;
  checkObject(operation, "the layer", declared, `{ ${names.join(", ")} }`);
  checkNames(operation, declared, { kind: "size of a layer", names, meant });
  const { dOut, h, s = 1, pad = 0, groups = 1 } = declared;
  for (const [name, value] of Object.entries({ dOut, h, s, groups })) checkSize(operation, name, value);
  if (image.d % groups > 0 || dOut % groups > 0) {
    throw new RangeError(
      `${operation}: groups = ${groups}; needed a divisor of d = ${image.d} and of dOut = ${dOut}`,
    );
  }
  const shape = named(operation, () => convShape({ ...pixels(image), d: image.d, h, s, pad }));
  const pool = poolOf(operation, declared, { a: shape.aOut, b: shape.bOut });
  const { aOut: a, bOut: b } = pool ?? shape;
  return { kind: "conv", shape, dOut, groups, pool, image: { a, b, d: dOut }, ...place };
}

/** A full layer on vec(Z) with n neurons. */
export function fullLayer(
  m: number,
  image: ImageShape,
  n: number,
  place: Pick<Layer, "from" | "isLinear">,
): Layer {
  checkSize("network", `full[${m - 1}]`, n);
  const shape = convShape({ a: 1, b: 1, d: image.a * image.b * image.d, h: 1 });
  return {
    ...{ kind: "full", shape, dOut: n, groups: 1, pool: undefined },
    ...{ image: { a: 1, b: 1, d: n }, ...place },
  };
}

function poolOf(
  operation: string,
  { pool, poolKind = "max" }: ConvLayerSize,
  image: Pick<ImageShape, "a" | "b">,
): LayerPool | undefined {
  if (poolKind !== "max" && poolKind !== "average") {
    throw new RangeError(`${operation}: poolKind is ${kind(poolKind)}; needed "max" or "average"`);
  }
  if (pool === undefined) return undefined;
  return { ...named(operation, () => poolShape({ ...image, q: pool })), kind: poolKind };
}

function pixels({ a, b }: ImageShape): Pick<ImageShape, "a" | "b"> {
  return { a, b };
}

/** What `make` makes; its message says of which layer it speaks. */
function named<T>(operation: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RangeError(`${operation}: ${cause.message}`, { cause });
  }
}
