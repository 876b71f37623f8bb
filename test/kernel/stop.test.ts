import assert from "node:assert/strict";
import fc from "fast-check";
import { cases } from "../cases.js";
import { type Client, resultText, startKernel } from "./client.js";

/** From Stop to the last reply. */
const patience = 1000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lines that take a compiler long. */
const declarations = (count: number): string =>
  Array.from({ length: count }, (_, i) => `const c${i} = ${i};`).join("\n");

function send(kernel: Client, code: string, options = {}): string {
  return kernel.send("shell", "execute_request", { code, ...options });
}

/** Stops, and says how each request ended and how long that took. */
async function stopped(kernel: Client, ids: readonly string[]): Promise<{ ends: unknown[]; ms: number }> {
  const from = performance.now();
  const stop = kernel.send("control", "interrupt_request", {});
  const replies = await Promise.all(ids.map((id) => kernel.reply(id)));
  const ms = performance.now() - from;
  assert.equal((await kernel.reply(stop)).content.status, "ok");
  await Promise.all(ids.map((id) => kernel.outputs(id)));
  return { ends: replies.map(({ content }) => content.ename ?? content.status), ms };
}

async function goesOn(kernel: Client): Promise<void> {
  const { reply, iopub } = await kernel.execute("6 * 7");
  assert.equal(reply.content.status, "ok", JSON.stringify(reply.content));
  assert.equal(resultText(iopub), "42");
}

describe("one Stop", function () {
  this.timeout(60_000);
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute(
      "const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)); let kept = 1",
    );
  });
  after(() => kernel.stop());

  for (const ms of [50, 400, 1500]) {
    it(`ends a cell of 3,000 lines before an endless loop, ${ms} ms after it was sent`, async () => {
      const id = send(kernel, `${declarations(3000)}\nfor (;;);`);
      await wait(ms);
      const { ends, ms: took } = await stopped(kernel, [id]);
      assert.deepEqual(ends, ["Interrupted"]);
      assert.ok(took < patience, `${took} ms`);
      await goesOn(kernel);
    }).retries(2);
  }

  it("keeps what earlier cells declared, also where the compiler was given up", async () => {
    await kernel.execute("kept = 2; type Kept = 'a' | 'b'");
    const id = send(kernel, declarations(30_000));
    await wait(50);
    await stopped(kernel, [id]);
    await wait(600);
    const { iopub } = await kernel.execute("const typed: Kept = 'a'; [kept, typed]");
    assert.equal(resultText(iopub), "[ 2, 'a' ]");
    const { reply } = await kernel.execute("const wrong: Kept = 'c'");
    assert.match(String(reply.content.evalue), /TS2322/);
  });

  it("ends a cell that is sent before the kernel is ready", async () => {
    const fresh = await startKernel();
    const { ends, ms } = await stopped(fresh, [send(fresh, "for (;;);"), send(fresh, "1")]);
    await goesOn(fresh);
    await fresh.stop();
    assert.deepEqual(ends, ["Interrupted", "aborted"]);
    assert.ok(ms < patience, `${ms} ms`);
  }).retries(2);

  it("aborts cells that were sent before it and come after it, for they are large", async () => {
    const filler = `//${" ".repeat(100_000)}`;
    const ids = Array.from({ length: 30 }, (_, i) => send(kernel, `for (;;);${filler}${i}`));
    const { ends } = await stopped(kernel, ids);
    assert.ok(
      ends.every((end, i) => end === "aborted" || (i === 0 && end === "Interrupted")),
      ends.join(),
    );
    await goesOn(kernel);
  });

  it("aborts what waits behind a cell whose errors stop nothing", async () => {
    const options = { stop_on_error: false };
    const ids = [send(kernel, "await sleep(1e6)", options), send(kernel, "for (;;);", options)];
    await wait(100);
    assert.deepEqual((await stopped(kernel, ids)).ends, ["Interrupted", "aborted"]);
    await goesOn(kernel);
  });

  it("aborts what waits before the cell has ended that does not stop at once", async () => {
    const ids = [send(kernel, '/^(a+)+$/.test("a".repeat(40) + "b")'), send(kernel, "1")];
    await wait(200);
    const order: unknown[] = [];
    const reading = ids.map(async (id) => order.push((await kernel.reply(id)).content.status));
    await stopped(kernel, ids);
    await Promise.all(reading);
    assert.deepEqual(order, ["aborted", "error"]);
  });

  it("means no cell that is sent after its reply, though the cell that it stops still runs then", async () => {
    const id = send(kernel, '/^(a+)+$/.test("a".repeat(40) + "b")');
    await wait(200);
    await kernel.request("control", "interrupt_request", {});
    const next = send(kernel, "6 * 7");
    assert.equal((await kernel.reply(id)).content.ename, "Interrupted");
    assert.equal((await kernel.reply(next)).content.status, "ok");
  });

  it("says busy again for the cell that still runs when others were aborted", async () => {
    const ids = [send(kernel, '/^(a+)+$/.test("a".repeat(40) + "b")'), send(kernel, "1")];
    await wait(200);
    await stopped(kernel, ids);
    const states = kernel.heard
      .filter(
        ({ header, parent_header }) =>
          header.msg_type === "status" && ids.includes(String(parent_header.msg_id)),
      )
      .map(
        ({ content, parent_header }) =>
          `${content.execution_state} ${ids.indexOf(String(parent_header.msg_id))}`,
      );
    const changes = states.filter((state, i) => state !== states[i - 1]);
    assert.deepEqual(changes, ["busy 0", "busy 1", "idle 1", "busy 0", "idle 0"]);
  });

  const kinds = {
    computes: "let sum = 0; for (let i = 0; i < 1e6; i++) sum += i; sum",
    prints: "for (let i = 0; i < 200; i++) console.log(i)",
    declares: declarations(150),
    sleeps: "await sleep(15)",
    loops: "for (;;);",
    hangs: "await new Promise(() => {})",
    "loops after an await": "await null; for (;;);",
    "shows late": "setTimeout(() => console.log('late'), 5); 1",
  };
  const kind = fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]));
  const run = fc.record({
    cells: fc.array(kind, { minLength: 2, maxLength: 12 }),
    ms: fc.integer({ min: 0, max: 300 }),
  });

  it("after Run All, at any instant: every request is answered within a second, the next cell runs", async () => {
    const property = fc.asyncProperty(run, async ({ cells, ms }) => {
      const ids = cells.map((each) => send(kernel, kinds[each]));
      if (ms > 0) await wait(ms);
      const { ends, ms: took } = await stopped(kernel, ids);
      const done = ends.findIndex((end) => end !== "ok");
      const rest = done < 0 ? [] : ends.slice(done);
      assert.ok(
        rest.every((end, i) => end === "aborted" || (i === 0 && end === "Interrupted")),
        ends.join(),
      );
      assert.ok(took < patience, `${took} ms`);
      await goesOn(kernel);
    });
    await fc.assert(property, cases(20));
  })
    .timeout(600_000)
    .retries(2);
});
