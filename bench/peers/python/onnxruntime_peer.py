"""onnxruntime, forward alone: one Conv node whose filters are constants, which it may rearrange once for all calls."""

import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from layer import image_in_our_order, probe, problem

settings = onnxruntime.SessionOptions()


def start(threads: int) -> str:
    settings.intra_op_num_threads = threads
    return f"onnxruntime {onnxruntime.__version__}, {threads} threads"


def prepare(layer, batch, dtype, what):
    if what != "fwd" or dtype != "float32":
        raise ValueError("onnxruntime has no gradients, and no float64 convolution")
    P = problem(layer, batch, dtype)
    session = onnxruntime.InferenceSession(
        model(layer, P).SerializeToString(), settings, providers=["CPUExecutionProvider"]
    )

    def forward():
        return session.run(None, {"Z": P.Z})[0]

    return forward, lambda: probe(image_in_our_order(forward()))


def model(layer, P):
    node = helper.make_node(
        "Conv",
        ["Z", "W", "b"],
        ["S"],
        kernel_shape=[layer.h] * 2,
        strides=[layer.s] * 2,
        pads=[layer.pad] * 4,
        group=layer.groups,
    )
    constants = [numpy_helper.from_array(P.W, "W"), numpy_helper.from_array(P.b, "b")]
    image = helper.make_tensor_value_info("Z", TensorProto.FLOAT, P.Z.shape)
    result = helper.make_tensor_value_info("S", TensorProto.FLOAT, P.dS.shape)
    graph = helper.make_graph([node], "layer", [image], [result], constants)
    opset = [helper.make_opsetid("", 17)]
    made = helper.make_model(graph, opset_imports=opset, ir_version=8)
    onnx.checker.check_model(made)
    return made
