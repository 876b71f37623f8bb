import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { onnx } from "../../src/formats/onnx.js";
import { modelBytes, type NodeProto, readModel } from "../../src/formats/onnxMessages.js";
import { readOnnx } from "../../src/formats/readOnnx.js";
import { network } from "../../src/network/network.js";
import { cases } from "../cases.js";
import { anyNetwork, fixture, randomVector } from "../network/given.js";
import { onnxCases } from "./onnxCases.js";
import { assertClose, ownOutputs } from "./onnxPeer.js";

describe("onnx", () => {
  const known = fixture("onnx");

  for (const [name, one] of Object.entries(onnxCases))
    it(`writes the model for which onnxruntime has our outputs: ${name}`, async () => {
      const sha256 = createHash("sha256").update(onnx(one.net, one.theta)).digest("hex");
      assert.equal(
        sha256,
        known[name].sha256,
        "the model that onnxruntime ran; test/fixtures/makeOnnx.ts asks it again",
      );
      assertClose(await ownOutputs(one), known[name].z, name);
    });

  it("refuses a θ of another network, and one that float32 cannot hold", () => {
    const net = network({ input: { a: 2, b: 2, d: 1 }, full: [1] });
    assert.throws(() => onnx(net, [1, 2]), /onnx: theta has 2 numbers; needed 5/);
    assert.throws(() => onnx(net, [1, 2, 1e39, 0, 0]), /onnx, in float32: entry \(3, 1\) is Infinity/);
    assert.throws(() => onnx({} as never, []), /onnx: the network/);
  });
});

describe("readOnnx", () => {
  it("brings back the network, and θ as float32 keeps it", () => {
    fc.assert(
      fc.property(anyNetwork, fc.integer({ min: 1, max: 1000 }), (net, seed) => {
        const theta = randomVector(net.n, seed);
        const found = readOnnx(onnx(net, theta));
        assert.deepEqual(found.theta, Float64Array.from(theta, Math.fround));
        const { initial: _own, ...sizes } = net;
        const { initial: _other, ...read } = found.net;
        assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(sizes)));
      }),
    );
  });

  const { net, theta } = Object.values(onnxCases)[0]!;
  const good = onnx(net, theta);
  type Change = (nodes: NodeProto[]) => NodeProto[];
  /** The model with its operators changed. */
  const changed = (change: Change) => {
    const model = readModel(good);
    return modelBytes({ ...model, graph: { ...model.graph, node: change([...model.graph.node]) } });
  };
  const attribute =
    (name: string, ints: readonly number[]): Change =>
    (nodes) =>
      nodes.map((node, k) => ({
        ...node,
        attribute: node.attribute.map((one) => (k === 0 && one.name === name ? { ...one, ints } : one)),
      }));
  const bad: [string, Uint8Array, RegExp][] = [
    [
      "an operator that onnx() does not write",
      changed((nodes) => [{ ...nodes[1]!, op_type: "Tanh" }, ...nodes.slice(1)]),
      /no network of onnx|node 1 is/,
    ],
    [
      "σ left out",
      changed((nodes) => nodes.filter(({ op_type }) => op_type !== "Relu")),
      /node 2 is \{"input":\["Z2"\].*AveragePool.*needed .*Relu/,
    ],
    [
      "another operator's domain",
      changed(([first, ...rest]) => [{ ...first!, domain: "com.example" }, ...rest]),
      /node 1 is .*com\.example/,
    ],
    ["windows that are no squares", changed(attribute("kernel_shape", [3, 2])), /node 1 is/],
    ["unequal strides", changed(attribute("strides", [1, 2])), /node 1 is .*"ints":\[1,2\]/],
    ["padding on one side", changed(attribute("pads", [1, 0, 0, 1])), /node 1 is/],
    [
      "dilations",
      changed(([first, ...rest]) => [
        { ...first!, attribute: [...first!.attribute, { name: "dilations", i: 0, ints: [2, 2], type: 7 }] },
        ...rest,
      ]),
      /node 1 is .*dilations/,
    ],
    [
      "operators in another order",
      changed(([first, second, ...rest]) => [second!, first!, ...rest]),
      /node 1 is/,
    ],
    [
      "an input that is another's output",
      changed((nodes) =>
        nodes.map((node, k) => (k === 4 ? { ...node, input: ["Z1", ...node.input.slice(1)] } : node)),
      ),
      /node 5 is/,
    ],
    ["no operators", changed(() => []), /no ONNX model: it has no operators/],
    [
      "a tensor that is cut",
      withTensor(({ raw_data, ...rest }) => ({ ...rest, raw_data: raw_data.subarray(4) })),
      /readOnnx: the tensors: \d+ bytes of numbers came; needed/,
    ],
    [
      "a tensor of another type",
      withTensor((tensor) => ({ ...tensor, data_type: 11 })),
      /the tensor W1 in float32 is not there/,
    ],
    [
      "a network too large for its tensors",
      withTensor(({ dims, ...rest }) => ({ ...rest, dims: [6e8, ...dims.slice(1)] })),
      /bytes of numbers came; needed/,
    ],
    [
      "a tensor with other sizes",
      withTensor(({ dims, ...rest }) => ({ ...rest, dims: [dims[0]!, 3, 2, 3] })),
      /initializer 1 is/,
    ],
    [
      "another opset",
      modelBytes({ ...readModel(good), opset_import: [{ domain: "", version: 9 }] }),
      /the opset is 9; needed 13/,
    ],
    ["an empty file", new Uint8Array(), /no ONNX model: it has no operators/],
    ["another file", Buffer.from("\x93NUMPY and more of it than that"), /no ONNX model/],
  ];
  for (const [what, bytes, why] of bad)
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readOnnx(bytes),
        (error: Error) => why.test(error.message) && error.message.startsWith("readOnnx: "),
      );
    });

  type Tensor = ReturnType<typeof readModel>["graph"]["initializer"][number];
  function withTensor(change: (first: Tensor) => Tensor): Uint8Array {
    const model = readModel(good);
    const [first, ...rest] = model.graph.initializer;
    return modelBytes({ ...model, graph: { ...model.graph, initializer: [change(first!), ...rest] } });
  }

  it("ends, with an error that is its own, for every cut and for bytes that are changed", () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), (at, byte, cuts) => {
        const bytes = cuts ? good.slice(0, at) : Uint8Array.from(good, (x, k) => (k === at ? byte : x));
        try {
          readOnnx(bytes);
        } catch (error) {
          assert.match((error as Error).message, /^(readOnnx|onnx)/);
        }
      }),
      cases(500),
    );
  });
});
