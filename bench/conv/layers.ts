/** The ten layers that every bench of the engine measures: the one list of them. */

import { type ConvShape, convShape } from "../../src/shape.js";

/** A convolution with ReLU's input as its result: S = W φ(Z) + b 1ᵀ with dOut filters in `groups` groups. */
export interface Layer {
  readonly name: string;
  readonly shape: ConvShape;
  readonly dOut: number;
  readonly groups: number;
  /** The batch of a training step, beside the single instance. */
  readonly manyInstances: number;
}

/** AlexNet's five without groups (input 227 × 227), its second with the two groups of the paper, MNIST's, one of VGG. */
export const layers: readonly Layer[] = [
  layer("conv1", { a: 227, d: 3, h: 11, s: 4 }, 96),
  layer("conv2", { a: 27, d: 96, h: 5, pad: 2 }, 256),
  layer("conv3", { a: 13, d: 256, h: 3, pad: 1 }, 384),
  layer("conv4", { a: 13, d: 384, h: 3, pad: 1 }, 384),
  layer("conv5", { a: 13, d: 384, h: 3, pad: 1 }, 256),
  layer("conv2g2", { a: 27, d: 96, h: 5, pad: 2 }, 256, { groups: 2 }),
  layer("mnist1", { a: 28, d: 1, h: 5, pad: 2 }, 32, { manyInstances: 128 }),
  layer("mnist2", { a: 14, d: 32, h: 3, pad: 1 }, 64, { manyInstances: 128 }),
  layer("mnist3", { a: 7, d: 64, h: 3, pad: 1 }, 64, { manyInstances: 128 }),
  layer("vgg56", { a: 56, d: 128, h: 3, pad: 1 }, 256),
];

/** Floating-point operations of one pass forward; either gradient of the product, ∂/∂W and ∂/∂Z, costs as much again. */
export function forwardOperations({ shape, dOut, groups }: Layer): number {
  const { h, d, aOut, bOut } = shape;
  return 2 * dOut * h * h * (d / groups) * aOut * bOut;
}

function layer(
  name: string,
  { a, ...size }: { a: number; d: number; h: number; s?: number; pad?: number },
  dOut: number,
  { groups = 1, manyInstances = 16 } = {},
): Layer {
  return { name, shape: convShape({ a, b: a, ...size }), dOut, groups, manyInstances };
}
