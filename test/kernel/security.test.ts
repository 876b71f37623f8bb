import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../kernel/wire/wire.js";
import { cases } from "../cases.js";
import { type Client, connect, resultText, startKernel, streamText } from "./client.js";

describe("who may speak to the kernel", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute("var runs = 0");
  });
  after(() => kernel.stop());

  const runs = async (): Promise<unknown> =>
    resultText((await kernel.execute("runs", { store_history: false })).iopub);

  it("drops forged, unsigned and short-signed messages without a word of the signature", async () => {
    for (const signature of ["0".repeat(64), "", "abcd"]) {
      const frames = kernel.frames("execute_request", { code: "runs++" });
      const real = String(frames[1]);
      frames[1] = Buffer.from(signature);
      await kernel.sendFrames("shell", frames);
      await kernel.execute("console.log('next')", { store_history: false });
      const said = JSON.stringify(kernel.heard) + kernel.printed.stdout + kernel.printed.stderr;
      assert.ok(!said.includes(real));
    }
    assert.equal(await runs(), "0");
    assert.match(kernel.printed.stderr, /dropped a message with a wrong signature/);
  });

  it("runs a replayed message once", async () => {
    const frames = kernel.frames("execute_request", { code: "runs++" });
    for (let i = 0; i < 3; i++) await kernel.sendFrames("shell", frames);
    assert.equal(await runs(), "1");
  });

  it("answers a message above the limit with an error that names both sizes", async function () {
    this.timeout(20_000);
    const id = kernel.send("shell", "execute_request", { code: `/*${"x".repeat(70e6)}*/ runs++` });
    const { content, header } = await kernel.reply(id);
    assert.equal(header.msg_type, "execute_reply");
    assert.match(String(content.evalue), /a message of 7\d{7} bytes; the limit is 67108864 bytes/);
    assert.equal(await runs(), "1");
  });

  it("echoes heartbeats while a cell loops", async () => {
    const { Dealer } = await import("zeromq");
    const heart = new Dealer({ linger: 0 });
    heart.connect(`tcp://127.0.0.1:${kernel.connection.hb_port}`);
    const id = kernel.send("shell", "execute_request", { code: "console.log('busy'); for (;;);" });
    await kernel.iopub(({ content }) => content.text === "busy\n");
    await heart.send(["ping"]);
    assert.deepEqual((await heart.receive()).map(String), ["ping"]);
    heart.close();
    await kernel.request("control", "interrupt_request", {});
    await kernel.outputs(id);
  });

  it("keeps the parents of two interleaved clients apart", async () => {
    const other = connect(kernel.connection, kernel.process, kernel.folder, kernel.printed);
    await other.iopub(({ header }) => header.msg_type === "iopub_welcome");
    const [mine, theirs] = [kernel, other].map((client, i) =>
      [1, 2, 3].map((n) =>
        client.send("shell", "execute_request", { code: `console.log("client ${i} cell ${n}")` }),
      ),
    ) as [string[], string[]];
    for (const [client, ids, i] of [
      [kernel, mine, 0],
      [other, theirs, 1],
    ] as const) {
      for (const [at, id] of ids.entries()) {
        assert.equal((await client.reply(id)).content.status, "ok");
        assert.equal(streamText(await client.outputs(id), "stdout"), `client ${i} cell ${at + 1}\n`);
      }
    }
    for (const id of theirs) assert.ok((await kernel.outputs(id)).length > 0, "iopub is for everybody");
    other.disconnect();
  });

  it("refuses to listen beyond this machine without CURVE keys", async () => {
    await assert.rejects(
      startKernel({ connection: { ip: "0.0.0.0" } }),
      /the kernel ended.*not this machine.*CURVE/s,
    );
  });

  it("speaks CURVE when the connection file has keys, and hears nobody without them", async () => {
    const secret = await startKernel({ curve: true });
    assert.equal(resultText((await secret.execute("1 + 1")).iopub), "2");
    const { curve_publickey: _, ...open } = secret.connection;
    const plain = connect(open, secret.process, secret.folder, secret.printed);
    const id = plain.send("shell", "kernel_info_request", {});
    const answered = await Promise.race([
      plain.reply(id),
      new Promise((resolve) => setTimeout(resolve, 500, "silence")),
    ]);
    assert.equal(answered, "silence");
    plain.disconnect();
    await secret.stop();
  });

  it("survives 2,000 malformed messages, and answers the next good one within a second", async function () {
    this.timeout(300_000);
    const messages = fc.sample(malformed, cases(2_000));
    for (let round = 0; 200 * round < messages.length; round++) {
      for (const message of messages.slice(200 * round, 200 * (round + 1))) {
        await kernel.sendFrames(message.channel, mangled(kernel, message));
      }
      const from = performance.now();
      assert.equal(resultText((await kernel.execute("1 + 1")).iopub), "2");
      assert.ok(performance.now() - from < 1000, `${performance.now() - from} ms after round ${round}`);
    }
    assert.ok(kernel.printed.stderr.length < 50_000, "the log stays small");
  }).retries(2);
});

const deep = Buffer.from(`{"a":${"[".repeat(1000)}${"]".repeat(1000)}}`);
const noise = fc.uint8Array({ maxLength: 64 });

/** A message, what is done to its frames, at which of them, and with what. */
const malformed = fc.record({
  channel: fc.constantFrom("shell" as const, "control" as const),
  kind: fc.oneof(
    fc.constantFrom("comm_info_request", "comm_msg", "history_request", "input_reply", "nonsense", ""),
    fc.string({ maxLength: 20 }).map((text) => `x${text}`),
  ),
  content: fc.oneof(
    fc.constantFrom<Json>({ code: null }, { code: 1, cursor_pos: "x" }, { comm_id: {}, data: [] }),
    fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue(), { maxKeys: 4 }) as fc.Arbitrary<Json>,
  ),
  change: fc.constantFrom("cut", "add", "replace", "reverse", "empty", "none" as const),
  at: fc.nat(6),
  bytes: fc.oneof(noise, fc.constantFrom(deep, Buffer.from('{"__proto__":{"a":1}}'))),
});

type Malformed = typeof malformed extends fc.Arbitrary<infer Value> ? Value : never;

/** A good message with one thing wrong: frames cut, added, exchanged or filled with noise; rightly signed or not. */
function mangled(kernel: Client, { kind, content, change, at, bytes }: Malformed): Uint8Array[] {
  const frames = kernel.frames(kind, content);
  const changed: Readonly<Record<Malformed["change"], () => Uint8Array[]>> = {
    cut: () => frames.slice(0, at),
    add: () => [...frames, bytes, bytes],
    replace: () => frames.with(at % frames.length, bytes),
    reverse: () => frames.toReversed(),
    empty: () => [Buffer.alloc(0)],
    none: () => frames,
  };
  return changed[change]();
}
