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

  it("delivers a message while one cell awaits and another waits behind it", async () => {
    await kernel.execute("const known = comms.open('known'); known.onMessage(() => console.log('heard'))");
    const [opened] = Object.entries((await info({ target_name: "known" })) as Json).map(([id]) => id);
    const cells = ["let go; await new Promise((resolve) => (go = resolve))", "go"];
    const [running, waiting] = cells.map((code) => kernel.send("shell", "execute_request", { code }));
    await kernel.iopub(
      ({ header, parent_header }) => header.msg_type === "execute_input" && parent_header.msg_id === running,
    );
    const said = await say("comm_msg", { comm_id: opened, data: {} });
    assert.equal(streamText(said, "stdout"), "heard\n");
    const rest = (): Message[] => kernel.heard.slice(kernel.heard.indexOf(said.at(-1) as Message) + 1);
    await kernel.iopub((each) => each === rest()[0]);
    const [{ content, parent_header }] = rest() as [Message];
    assert.deepEqual([content.execution_state, parent_header.msg_id], ["busy", running]);
    await kernel.request("control", "interrupt_request", {});
    assert.equal((await kernel.reply(waiting as string)).content.status, "aborted");
  });

  it("delivers each of 1000 messages in their order: only changes of state are joined", async () => {
    await kernel.execute(
      "let numbers: unknown[] = []; comms.register('all', (comm) => comm.onMessage(async ({ data }) => { numbers.push(data.n); await null }))",
    );
    await say("comm_open", { comm_id: "all", target_name: "all", data: {} });
    const ids = Array.from({ length: 1000 }, (_, n) =>
      kernel.send("shell", "comm_msg", { comm_id: "all", data: { n } }),
    );
    await kernel.outputs(ids.at(-1) as string);
    const { iopub } = await kernel.execute("[numbers.length, numbers.every((n, i) => n === i)]");
    assert.equal(resultText(iopub), "[ 1000, true ]");
  });

  it("keeps the order of cells and messages where a cell makes the comm known", async () => {
    kernel.send("shell", "execute_request", {
      code: "await new Promise((resolve) => setTimeout(resolve, 100))",
    });
    kernel.send("shell", "execute_request", {
      code: "let order: string[] = []; comms.register('later', (comm) => { order.push('open'); comm.onMessage(() => order.push('message')); comm.onClose(() => order.push('close')) })",
    });
    const ids = ["comm_open", "comm_msg", "comm_close"].map((type) =>
      kernel.send("shell", type, { comm_id: "later", target_name: "later", data: {} }),
    );
    await Promise.all(ids.map((id) => kernel.outputs(id)));
    assert.equal(resultText((await kernel.execute("order.join()")).iopub), "'open,message,close'");
  });
});

describe("changes of a widget's state", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute(
      "let heard: unknown[] = []; let atOnce = 0, most = 0; let open = () => {}; let gate = new Promise<void>((resolve) => (open = resolve));" +
        "comms.register('widget', (comm) => { comm.onMessage(async ({ data }) => { heard.push(data.state ?? data); most = Math.max(most, ++atOnce); await gate; atOnce-- }); comm.onClose(() => heard.push('closed')) })",
    );
  });
  after(() => kernel.stop());
  beforeEach(async () => {
    await kernel.execute(
      "heard = []; most = 0; atOnce = 0; gate = new Promise<void>((resolve) => (open = resolve))",
    );
    await kernel.outputs(
      kernel.send("shell", "comm_open", { comm_id: "w", target_name: "widget", data: {} }),
    );
  });

  const message = (data: Json): string => kernel.send("shell", "comm_msg", { comm_id: "w", data });
  const update = (state: Json): string => message({ method: "update", state, buffer_paths: [] });
  const heard = async (): Promise<unknown> =>
    JSON.parse(
      String(resultText((await kernel.execute("JSON.stringify([heard, most])")).iopub)).slice(1, -1),
    );

  it("are dealt with one at a time, and of 1000 that come meanwhile the last alone; all are idle at the end", async () => {
    const ids = Array.from({ length: 1000 }, (_, value) => update({ value }));
    await kernel.outputs(ids.at(-2) as string); // dropped, as all between: they wait for nothing
    await kernel.execute("open()");
    await kernel.outputs(ids.at(-1) as string);
    const idle = kernel.heard.filter(({ content }) => content.execution_state === "idle");
    const isIdle = new Set(idle.map(({ parent_header }) => parent_header.msg_id));
    assert.ok(ids.every((id) => isIdle.has(id)));
    assert.deepEqual(await heard(), [[{ value: 0 }, { value: 999 }], 1]);
  });

  it("lose nothing of what changed: those that wait are joined, the last word counts", async () => {
    const ids = [{ a: 1 }, { b: 2, c: 2 }, { a: 3 }, { c: 4 }].map(update);
    await kernel.outputs(ids[2] as string);
    await kernel.execute("open()");
    await Promise.all(ids.map((id) => kernel.outputs(id)));
    assert.deepEqual(await heard(), [[{ a: 1 }, { b: 2, c: 4, a: 3 }], 1]);
  });

  it("stay before other messages and before the close, which are never dropped", async () => {
    const ids = [update({ a: 1 }), update({ a: 2 }), message({ other: 1 }), update({ a: 3 })];
    ids.push(kernel.send("shell", "comm_close", { comm_id: "w", data: {} }));
    await kernel.outputs(ids.at(-1) as string);
    await kernel.execute("open()");
    await Promise.all(ids.map((id) => kernel.outputs(id)));
    const [order] = (await heard()) as [unknown];
    assert.deepEqual(order, [{ a: 1 }, { a: 2 }, { other: 1 }, { a: 3 }, "closed"]);
  });

  it("are heard again after a Stop of a handler that does not end", async () => {
    const [first, dropped] = [update({ a: 1 }), update({ a: 2 })];
    await kernel.iopub(
      ({ content, parent_header }) => content.execution_state === "busy" && parent_header.msg_id === first,
    );
    await kernel.request("control", "interrupt_request", {});
    await kernel.outputs(dropped);
    update({ a: 3 });
    await kernel.execute("open()");
    await kernel.outputs(first);
    assert.deepEqual(((await heard()) as [unknown])[0], [{ a: 1 }, { a: 3 }]);
  });
});
