import assert from "node:assert/strict";
import { IopubWriter } from "../../kernel/server/iopubWriter.js";

/** A socket with room for so many messages, which nobody takes out unless `take` is called. */
function fakeSocket(room: number) {
  const socket = {
    noDrop: true,
    held: [] as string[],
    lost: 0,
    async send(frames: unknown): Promise<void> {
      if (socket.held.length < room) socket.held.push(String((frames as Uint8Array[])[0]));
      else if (socket.noDrop) throw Object.assign(new Error("full"), { code: "EAGAIN" });
      else socket.lost += 1;
    },
  };
  return socket;
}

const message = (text: string, bytes = 1): Uint8Array[] => [Buffer.from(text), Buffer.alloc(bytes)];

describe("what is published", () => {
  it("waits for a subscriber that reads slowly: all arrives, in its order", async () => {
    const socket = fakeSocket(2);
    const writer = new IopubWriter(socket, () => {});
    const heard: string[] = [];
    const reader = setInterval(() => heard.push(...socket.held.splice(0, 1)), 2);
    await Promise.all(Array.from({ length: 20 }, (_, k) => writer.send(message(String(k)))));
    clearInterval(reader);
    assert.deepEqual(
      [...heard, ...socket.held],
      Array.from({ length: 20 }, (_, k) => String(k)),
    );
    assert.equal(socket.lost, 0);
  });

  it("is not held up for longer than two seconds by one that reads nothing, and then not at all", async () => {
    const socket = fakeSocket(3);
    const said: string[] = [];
    const writer = new IopubWriter(socket, (text) => said.push(text));
    const started = performance.now();
    await Promise.all(Array.from({ length: 10 }, (_, k) => writer.send(message(String(k)))));
    const waited = performance.now() - started;
    assert.ok(waited > 1_900 && waited < 6_000, `${waited} ms`);
    assert.equal(socket.lost, 7);
    assert.equal(said.filter((text) => /reads nothing/.test(text)).length, 1);
    assert.equal(socket.noDrop, true);
  }).retries(2);

  it("holds the runner while more than 32 MB wait, and lets it go on below 8 MB", async () => {
    const socket = fakeSocket(0);
    const writer = new IopubWriter(socket, () => {});
    const held: boolean[] = [];
    writer.hold = (isHeld) => held.push(isHeld);
    const sent = Array.from({ length: 40 }, (_, k) => writer.send(message(String(k), 2 ** 20)));
    assert.deepEqual(held, [true]);
    await Promise.all(sent);
    assert.deepEqual(held, [true, false]);
  });
});
