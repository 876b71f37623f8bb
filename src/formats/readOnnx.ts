/** Networks back from ONNX's format: what onnx() writes, and nothing that only looks like it. */

import type { ConvLayerSize } from "../layers/declared.js";
import { partOf } from "../layers/layer.js";
import { type Network, type NetworkSize, network } from "../network/network.js";
import { checkByteCount, checkBytes, readNumbers } from "./numberTypes.js";
import { imageBefore, onnx, onnxTypes, onnxVersions } from "./onnx.js";
import { type GraphProto, type NodeProto, readModel, type TensorProto } from "./onnxMessages.js";
import { filterFromOnnx, onnxFilter } from "./onnxOrder.js";

/**
 * The network and θ of an ONNX model that onnx() wrote; θ has what float32 keeps of it. Throws Error that names the first
 * operator that stands there otherwise: what is read, written again, is the same model.
 *
 * @example
 * readOnnx(onnx(network({ input: { a: 3, b: 3, d: 1 }, full: [2] }), new Float64Array(20))).net.n
 */
export function readOnnx(bytes: Uint8Array): { net: Network; theta: Float64Array } {
  checkBytes("readOnnx", bytes);
  const { graph, opset_import } = modelOf(bytes);
  const version = opset_import.find(({ domain }) => domain === "")?.version;
  if (version !== onnxVersions.operators) {
    throw new Error(
      `readOnnx: the opset is ${version}; needed ${onnxVersions.operators}, as onnx() writes it`,
    );
  }
  const net = networkOf(graph);
  const theta = thetaOf(net, graph);
  checkSame(graph, readModel(onnx(net, theta)).graph);
  return { net, theta };
}

function modelOf(bytes: Uint8Array): ReturnType<typeof readModel> {
  try {
    const model = readModel(bytes);
    if (model.graph.node.length > 0) return model;
  } catch (cause) {
    throw new Error(`readOnnx: this is no ONNX model, or it is cut: ${(cause as Error).message}`, { cause });
  }
  throw new Error("readOnnx: this is no ONNX model: it has no operators");
}

/** The network that the operators declare; whether they are all of it is asked later. */
function networkOf({ node, input, initializer }: GraphProto): Network {
  const [, d = 0, a = 0, b = 0] =
    input[0]?.type.tensor_type.shape.dim.map(({ dim_value }) => dim_value) ?? [];
  const [conv, full]: [ConvLayerSize[], number[]] = [[], []];
  for (const one of node) {
    const rows = initializer.find(({ name }) => name === one.input[1])?.dims[0] ?? 0;
    if (one.op_type === "Conv") conv.push(convOf(one, rows));
    if (one.op_type === "Gemm") full.push(rows);
    const poolKind = ({ MaxPool: "max", AveragePool: "average" } as const)[one.op_type];
    if (poolKind)
      conv.push({ ...(conv.pop() as ConvLayerSize), pool: intsOf(one, "kernel_shape")[0], poolKind });
  }
  const size: NetworkSize = { input: { a, b, d }, conv, full };
  try {
    return network(size);
  } catch (cause) {
    throw new Error(`readOnnx: no network of onnx() has these operators: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function convOf(node: NodeProto, dOut: number): ConvLayerSize {
  const [[h = 0], [s = 0], [pad = 0]] = ["kernel_shape", "strides", "pads"].map((name) =>
    intsOf(node, name),
  ) as number[][];
  return { dOut, h, s, pad, groups: node.attribute.find(({ name }) => name === "group")?.i ?? 0 };
}

function intsOf({ attribute }: NodeProto, wanted: string): readonly number[] {
  return attribute.find(({ name }) => name === wanted)?.ints ?? [];
}

function thetaOf(net: Network, { initializer }: GraphProto): Float64Array {
  const stored = initializer.reduce((sum, { raw_data }) => sum + raw_data.length, 0);
  checkByteCount("readOnnx: the tensors", stored, 4 * net.n);
  const theta = new Float64Array(net.n);
  for (const [m, layer] of net.layers.entries()) {
    const part = partOf(layer, theta);
    const { columns } = onnxFilter(layer, imageBefore(net, m));
    filterFromOnnx(part, columns, numbersOf(initializer, `W${m + 1}`, part.W.data.length));
    part.b.data.set(numbersOf(initializer, `b${m + 1}`, layer.dOut));
  }
  return theta;
}

function numbersOf(tensors: readonly TensorProto[], wanted: string, count: number): ArrayLike<number> {
  const tensor = tensors.find(({ name }) => name === wanted);
  if (tensor?.data_type !== onnxTypes.float)
    throw new Error(`readOnnx: the tensor ${wanted} in float32 is not there`);
  checkByteCount(`readOnnx: ${wanted}`, tensor.raw_data.length, 4 * count);
  return readNumbers("readOnnx", tensor.raw_data, "f4");
}

/** Throws Error that names the first operator, tensor, input or output that onnx() would write otherwise. */
function checkSame(read: GraphProto, written: GraphProto): void {
  for (const part of ["node", "initializer", "input", "output"] as const) {
    const count = Math.max(read[part].length, written[part].length);
    for (let k = 0; k < count; k++) {
      const [came, needed] = [read, written].map((graph) => JSON.stringify(graph[part][k], withoutNumbers));
      if (came === needed) continue;
      throw new Error(
        `readOnnx: ${part} ${k + 1} is ${came ?? "not there"}; needed ${needed ?? "nothing"}, as onnx() writes it`,
      );
    }
  }
}

/** Stored numbers are left out: they were read. */
function withoutNumbers(key: string, value: unknown): unknown {
  return key === "raw_data" ? undefined : value;
}
