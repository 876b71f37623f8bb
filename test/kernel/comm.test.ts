import assert from "node:assert/strict";
import type { Json, Message } from "../../kernel/wire/wire.js";
import { type Client, contentOf, resultText, startKernel, streamText } from "./client.js";

describe("comms", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  const info = async (content: Json = {}): Promise<unknown> =>
    (await kernel.request("shell", "comm_info_request", content)).reply.content.comms;
  const say = async (type: string, content: Json, more?: Partial<Message>): Promise<readonly Message[]> =>
    kernel.outputs(kernel.send("shell", type, content, more));

  it("closes what opens an unknown target", async () => {
    const iopub = await say("comm_open", { comm_id: "u", target_name: "nobody", data: {} });
    assert.equal(contentOf(iopub, "comm_close").comm_id, "u");
    assert.deepEqual(await info(), {});
  });

  it("lets the page open a registered target, and speaks both ways with buffers", async () => {
    await kernel.execute(
      "comms.register('echo', (comm, { data }) => { comm.send({ hello: data.name }); comm.onMessage((m) => { console.log('got', m.data.n); comm.send({ twice: Number(m.data.n) * 2 }, { buffers: [new Uint8Array(m.buffers[0]!.map((b) => b + 1))], metadata: { m: 1 } }) }); comm.onClose(() => console.log('closed')) })",
    );
    const opened = await say("comm_open", { comm_id: "c1", target_name: "echo", data: { name: "page" } });
    assert.deepEqual(contentOf(opened, "comm_msg"), { comm_id: "c1", data: { hello: "page" } });
    assert.deepEqual(await info({ target_name: "echo" }), { c1: { target_name: "echo" } });
    assert.deepEqual(await info({ target_name: "other" }), {});
    const answered = await say(
      "comm_msg",
      { comm_id: "c1", data: { n: 21 } },
      { buffers: [Buffer.from([1, 2, 255])] },
    );
    const message = answered.find(({ header }) => header.msg_type === "comm_msg")!;
    assert.deepEqual([message.content.data, message.metadata], [{ twice: 42 }, { m: 1 }]);
    assert.deepEqual([...message.buffers[0]!], [2, 3, 0]);
    assert.equal(streamText(answered, "stdout"), "got 21\n");
    assert.equal(streamText(await say("comm_close", { comm_id: "c1", data: {} }), "stdout"), "closed\n");
    assert.deepEqual(await info(), {});
  });

  it("lets a cell open a comm to the page, and hears its answers", async () => {
    const { iopub } = await kernel.execute(
      "const line = comms.open('page.target', { start: 1 }); var heard: unknown[] = []; line.onMessage(({ data }) => { heard.push(data.x) }); undefined",
    );
    const open = contentOf(iopub, "comm_open");
    assert.deepEqual([open.target_name, open.data], ["page.target", { start: 1 }]);
    assert.deepEqual(await info(), { [String(open.comm_id)]: { target_name: "page.target" } });
    for (const x of [1, 2]) await say("comm_msg", { comm_id: open.comm_id, data: { x } });
    assert.equal(resultText((await kernel.execute("heard")).iopub), "[ 1, 2 ]");
    const closed = await kernel.execute("line.close({ why: 'done' })");
    assert.deepEqual(contentOf(closed.iopub, "comm_close"), { comm_id: open.comm_id, data: { why: "done" } });
    assert.deepEqual(await info(), {});
  });

  it("delivers a message while a cell awaits, so that a cell can wait for the page", async () => {
    const id = kernel.send("shell", "execute_request", {
      code: "const asked = comms.open('question'); const reply = await new Promise((resolve) => asked.onMessage(({ data }) => resolve(data.text))); reply",
    });
    const open = await kernel.iopub(
      ({ header, content }) => header.msg_type === "comm_open" && content.target_name === "question",
    );
    kernel.send("shell", "comm_msg", { comm_id: open.content.comm_id, data: { text: "from the page" } });
    assert.equal(resultText(await kernel.outputs(id)), "'from the page'");
  });

  it("reports a failing handler under the message that called it", async () => {
    await kernel.execute("comms.register('fails', () => { throw new RangeError('handler') })");
    const iopub = await say("comm_open", { comm_id: "f", target_name: "fails", data: {} });
    assert.equal(contentOf(iopub, "error").evalue, "handler");
  });
});
