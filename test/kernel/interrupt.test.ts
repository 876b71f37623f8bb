import assert from "node:assert/strict";
import { type Client, resultText, startKernel } from "./client.js";

/** Starts `code`, waits until it says "started", interrupts it, and returns its outcome and how long that took. */
async function interrupted(kernel: Client, code: string): Promise<{ ename: unknown; ms: number }> {
  const mark = `started ${Math.random()}`;
  const id = kernel.send("shell", "execute_request", {
    code: code.replace("STARTED", `console.log(${JSON.stringify(mark)})`),
  });
  await kernel.iopub(({ content }) => String(content.text).includes(mark));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const from = performance.now();
  const { reply } = await kernel.request("control", "interrupt_request", {});
  assert.equal(reply.content.status, "ok");
  const { content } = await kernel.reply(id);
  await kernel.outputs(id);
  return { ename: content.ename, ms: performance.now() - from };
}

describe("interrupting", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute(
      "var state = 'kept'; const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)); async function forever() { await null; for (;;); }",
    );
  });
  after(() => kernel.stop());

  const loops: Record<string, string> = {
    "an endless loop": "STARTED; while (true);",
    "a loop that calls": "STARTED; for (;;) Math.random();",
    "a loop that catches everything": "STARTED; for (;;) { try { for (;;); } catch {} }",
    "a library's loop": "STARTED; Array.from({ length: 4e9 }, () => 0);",
    "a slow regular expression": 'STARTED; /^(a+)+$/.test("a".repeat(40) + "b");',
    "endless recursion through await":
      "STARTED; const again2 = async (): Promise<void> => { await null; return again2(); }; await again2();",
    "endless recursion by promises":
      "STARTED; function again3(): Promise<void> { return Promise.resolve().then(again3); } await again3();",
    "a pending promise": "STARTED; await new Promise(() => {});",
    "a loop after an await": "await sleep(1); STARTED; while (true);",
    "a loop of a function of an earlier cell, after an await": "STARTED; await forever();",
    "a library's loop after an await": "await sleep(1); STARTED; Array.from({ length: 4e9 }, () => 0);",
    "a slow regular expression after many awaits":
      'for (let i = 0; i < 300; i++) await null; STARTED; /^(a+)+$/.test("a".repeat(40) + "b");',
    "a loop of awaits": "STARTED; for (;;) await sleep(5);",
    "a loop of ready awaits": "STARTED; for (;;) await null;",
    "a generator without end":
      "function* g() { for (let i = 0; ; i++) yield i; } STARTED; for (const x of g());",
    "a layer on the engine":
      "const n = 256 * 49; const W7 = matrix(1024, n, new Float32Array(1024 * n).fill(1)); const Z7 = matrix(256, 14400, new Float32Array(256 * 14400).fill(1)); STARTED; convLinear(W7, new Float32Array(1024), Z7, convShape({ a: 120, b: 120, d: 256, h: 7 }));",
    "a WebAssembly loop, after the await that made it":
      "const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11]); const { instance } = await WebAssembly.instantiate(bytes); STARTED; instance.exports.f();",
  };
  for (const [what, code] of Object.entries(loops)) {
    it(`stops ${what} within a second; variables stay and the next cell runs`, async () => {
      const { ename, ms } = await interrupted(kernel, code);
      assert.equal(ename, "Interrupted");
      assert.ok(ms < 1000, `${ms} ms`);
      assert.equal(resultText((await kernel.execute("state")).iopub), "'kept'");
    }).retries(2);
  }

  it("runs finally blocks of a cell that is interrupted while it waits, and nothing more of it", async () => {
    await kernel.execute("var order: string[] = []");
    await interrupted(
      kernel,
      "try { STARTED; await sleep(300); order.push('went on') } finally { order.push('finally') }",
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(resultText((await kernel.execute("order")).iopub), "[ 'finally' ]");
  });

  it("runs them at once where what is awaited never comes, and awaits nothing in them", async () => {
    const before = kernel.heard.length;
    const { ename } = await interrupted(
      kernel,
      "STARTED; try { await new Promise(() => {}) } finally { state = 'ended'; await null; state = 'too far' }",
    );
    assert.equal(ename, "Interrupted");
    assert.equal(resultText((await kernel.execute("state")).iopub), "'ended'");
    await kernel.execute("state = 'kept'");
    assert.ok(
      kernel.heard
        .slice(before)
        .every(({ header, content }) => header.msg_type !== "error" || content.ename === "Interrupted"),
    );
  });

  it("stops a loop in a timer's callback after its cell is done", async () => {
    const { id } = await kernel.execute("setTimeout(() => { console.log('in the timer'); for (;;); }, 20)");
    await kernel.iopub(({ content }) => content.text === "in the timer\n");
    const waiting = kernel.execute("state");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const from = performance.now();
    await kernel.request("control", "interrupt_request", {});
    const error = await kernel.iopub(
      ({ header, parent_header }) => header.msg_type === "error" && parent_header.msg_id === id,
    );
    assert.equal(error.content.ename, "Interrupted");
    assert.ok(performance.now() - from < 1000);
    await waiting;
    assert.equal(resultText((await kernel.execute("state")).iopub), "'kept'");
  }).retries(2);

  it("does not harm the next cell when nothing runs", async () => {
    await kernel.request("control", "interrupt_request", {});
    assert.equal(
      resultText((await kernel.execute("let t = 0; for (let i = 0; i < 1e6; i++) t += i; t")).iopub),
      "499999500000",
    );
  });

  /** Counts how often code of a new cell finds the flag raised, when it would ask who is meant. */
  const asked =
    "function asks(): number { return eval('__philab_flag'); } var count = (): number => { let n = 0; for (let i = 0; i < 1000; i++) n += asks(); return n; }; ";
  const later: Record<string, string> = {
    "its first part": "count()",
    "a function after an await": "(await (async () => { await null; await sleep(1); return count(); })())",
    "a timer's callback": "await new Promise((done) => setTimeout(() => done(count()), 1))",
  };
  for (const [where, code] of Object.entries(later)) {
    it(`leaves the loops of a later cell alone, in ${where}, after an interrupt of an idle kernel`, async () => {
      await kernel.request("control", "interrupt_request", {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(resultText((await kernel.execute(asked + code)).iopub), "0");
    });
  }

  it("still stops what lingers of an earlier cell, while a later cell loops", async () => {
    const { id } = await kernel.execute("sleep(700).then(() => { for (;;); }); undefined");
    await kernel.request("control", "interrupt_request", {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    const code =
      "let n = 0; const end = Date.now() + 1500; while (Date.now() < end) { for (let i = 0; i < 1e4; i++) n += i; await sleep(1); } 'went on'";
    const { iopub } = await kernel.execute(code);
    assert.equal(resultText(iopub), "'went on'");
    const late = kernel.heard.filter(
      ({ header, parent_header }) => header.msg_type === "error" && parent_header.msg_id === id,
    );
    assert.deepEqual(
      late.map(({ content }) => content.ename),
      ["Interrupted"],
    );
  });

  it("aborts the cells that wait behind the interrupted one", async () => {
    const slow = kernel.send("shell", "execute_request", { code: "await sleep(10_000)" });
    const next = kernel.send("shell", "execute_request", { code: "1" });
    await kernel.iopub(
      ({ header, parent_header }) => header.msg_type === "execute_input" && parent_header.msg_id === slow,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kernel.request("control", "interrupt_request", {});
    assert.equal((await kernel.reply(next)).content.status, "aborted");
  });
});
