/** Networks in ONNX's format, for other programs to run. */

import { type Layer, type LayerPart, type PoolKind, partOf } from "../layers/layer.js";
import type { Network } from "../network/network.js";
import { checkFinite, column, kind } from "../numeric/check.js";
import { columnMajor, type Matrix, type Numbers } from "../numeric/storage.js";
import { checkObject, type ImageShape } from "../shape.js";
import { bytesOfNumbers } from "./numberTypes.js";
import {
  type Attribute,
  type ModelProto,
  modelBytes,
  type NodeProto,
  type TensorProto,
  type TensorSize,
  type ValueInfo,
} from "./onnxMessages.js";
import { filterToOnnx, onnxFilter } from "./onnxOrder.js";

/** ONNX's numbers for what things are. */
export const onnxTypes = { float: 1, int: 2, ints: 7 } as const;

/** The operators' meaning that is asked for: opset 13, which IR version 7 came with. */
export const onnxVersions = { operators: 13, ir: 7 } as const;

/**
 * The network with θ as an ONNX model (opset 13): input "Z", l × d × a × b, output "z", l × n_L, in float32, l free. Filters
 * and the columns of the first full layer are in ONNX's order. A network that ends in an image gives vec(Z^{L+1}) as it
 * lies here. Throws RangeError for a θ that is not the network's, or too large for float32.
 *
 * @example
 * onnx(network({ input: { a: 3, b: 3, d: 1 }, full: [2] }), new Float64Array(20)).length
 */
export function onnx(net: Network, theta: Matrix | Numbers | readonly number[]): Uint8Array {
  return modelBytes(onnxModel(net, theta));
}

/** The same as messages. */
function onnxModel(net: Network, theta: Matrix | Numbers | readonly number[]): ModelProto {
  checkObject("onnx", "the network", net, "network({ input, conv, full })");
  if (!Array.isArray(net.layers))
    throw new TypeError(`onnx: the network is ${kind(net)}; needed network({ … })`);
  const { data } = column("onnx", "theta", theta);
  if (data.length !== net.n) throw new RangeError(`onnx: theta has ${data.length} numbers; needed ${net.n}`);
  checkFinite("onnx, in float32", columnMajor(net.n, 1, Float32Array.from(data)));
  const { a, b, d } = net.input;
  return {
    ir_version: onnxVersions.ir,
    producer_name: "philab",
    opset_import: [{ domain: "", version: onnxVersions.operators }],
    graph: {
      name: "network",
      node: nodesOf(net),
      initializer: net.layers.flatMap((layer, m) =>
        tensorsOf(layer, partOf(layer, data), imageBefore(net, m), String(m + 1)),
      ),
      input: [value("Z", [d, a, b])],
      output: [value("z", [net.outputs])],
    },
  };
}

/** The image that layer m, from 0, is given. */
export function imageBefore({ input, layers }: Network, m: number): ImageShape {
  return m === 0 ? input : (layers[m - 1] as Layer).image;
}

/** A layer's W and b as stored tensors. */
function tensorsOf(layer: Layer, part: LayerPart, image: ImageShape, m: string): TensorProto[] {
  const { dims, columns } = onnxFilter(layer, image);
  const tensor = (name: string, sizes: readonly number[], numbers: Float32Array): TensorProto => ({
    ...{ name, dims: sizes, data_type: onnxTypes.float, raw_data: bytesOfNumbers(numbers) },
  });
  return [
    tensor(`W${m}`, dims, filterToOnnx(part, columns)),
    tensor(`b${m}`, [layer.dOut], Float32Array.from(part.b.data)),
  ];
}

/** ONNX's word for each way of pooling. */
const poolNodes: Readonly<Record<PoolKind, string>> = { max: "MaxPool", average: "AveragePool" };

/** The operators, each on what the one before it gives; the last gives z. */
function nodesOf({ layers }: Network): NodeProto[] {
  const asked: Pick<NodeProto, "op_type" | "attribute" | "input">[] = [];
  const ask = (op_type: string, attribute: readonly Attribute[], parameters: readonly string[] = []) =>
    asked.push({ op_type, attribute, input: parameters });
  let isFlat = false;
  for (const [k, layer] of layers.entries()) {
    const parameters = [`W${k + 1}`, `b${k + 1}`];
    if (layer.kind === "full") {
      if (!isFlat) ask("Flatten", [one("axis", 1)]);
      isFlat = true;
      ask("Gemm", [one("transB", 1)], parameters);
    } else ask("Conv", windows(layer), parameters);
    if (!layer.isLinear) ask("Relu", []);
    if (layer.pool) {
      const { kind, q } = layer.pool;
      ask(poolNodes[kind], [many("kernel_shape", [q, q]), many("strides", [q, q])]);
    }
  }
  if (!isFlat) {
    ask("Transpose", [many("perm", [0, 3, 2, 1])]); // C × H × W becomes W × H × C: the channel fastest, then the vertical place
    ask("Flatten", [one("axis", 1)]);
  }
  const nameOf = (k: number): string => (k === asked.length - 1 ? "z" : `Z${k + 1}`);
  return asked.map(({ op_type, attribute, input }, k) => ({
    ...{ op_type, attribute, domain: "", name: `${op_type}${k + 1}` },
    ...{ input: [k === 0 ? "Z" : nameOf(k - 1), ...input], output: [nameOf(k)] },
  }));
}

/** Window, padding, stride and groups of a convolution. */
function windows({ shape: { h, s, pad }, groups }: Layer): Attribute[] {
  return [
    many("kernel_shape", [h, h]),
    many("pads", [pad, pad, pad, pad]),
    many("strides", [s, s]),
    one("group", groups),
  ];
}

function one(name: string, i: number): Attribute {
  return { name, i, ints: [], type: onnxTypes.int };
}

function many(name: string, ints: readonly number[]): Attribute {
  return { name, i: 0, ints, type: onnxTypes.ints };
}

/** An input or output of l instances. */
function value(name: string, sizes: readonly number[]): ValueInfo {
  const fixed = sizes.map((dim_value): TensorSize => ({ dim_value, dim_param: "" }));
  const dim = [{ dim_value: 0, dim_param: "l" }, ...fixed];
  return { name, type: { tensor_type: { elem_type: onnxTypes.float, shape: { dim } } } };
}
