import assert from "node:assert/strict";
import { Collector } from "../../kernel/notebook/client/collect.js";
import type { Json, Output } from "../../kernel/notebook/format/types.js";
import type { Message } from "../../kernel/wire/wire.js";

/** The outputs of request "1" after these messages, each [type, content, request]. */
function outputs(...messages: [type: string, content: Json, request?: string][]): readonly Output[] {
  const collected = new Collector();
  for (const [msg_type, content, msg_id = "1"] of messages) {
    collected.take({ header: { msg_type }, parent_header: { msg_id }, content } as Message);
  }
  return collected.outputsOf("1");
}

const print = (text: string, name = "stdout"): [string, Json] => ["stream", { name, text }];
const text = (output: Output): string => (output.output_type === "stream" ? output.text : "");

describe("the outputs of a cell", () => {
  it("join what follows on the same stream, and keep the order of streams", () => {
    const found = outputs(print("a"), print("b"), print("!", "stderr"), print("c"));
    assert.deepEqual(found.map(text), ["ab", "!", "c"]);
  });

  it("are cleared at once, or by the next output when asked to wait", () => {
    assert.deepEqual(outputs(print("a"), ["clear_output", {}], print("b")).map(text), ["b"]);
    assert.deepEqual(outputs(print("a"), ["clear_output", { wait: true }]).map(text), ["a"]);
    assert.deepEqual(outputs(print("a"), ["clear_output", { wait: true }], print("b")).map(text), ["b"]);
  });

  it("are those of its own request, also when they come late", () => {
    assert.deepEqual(
      outputs(print("a"), ["stream", { name: "stdout", text: "x" }, "2"], print("b")).map(text),
      ["ab"],
    );
  });

  it("leave out what only the protocol needs", () => {
    const found = outputs(
      ["status", { execution_state: "busy" }],
      ["execute_input", { code: "1" }],
      ["display_data", { data: { "text/plain": "x" }, metadata: {}, transient: { display_id: "secret" } }],
    );
    assert.deepEqual(found, [{ output_type: "display_data", data: { "text/plain": "x" }, metadata: {} }]);
  });
});
