import assert from "node:assert/strict";
import { Fill } from "../../kernel/server/fill.js";
import { Gate } from "../../kernel/server/gate.js";
import { Queue } from "../../kernel/server/queue.js";
import { ReplyWriter } from "../../kernel/server/replyWriter.js";
import { readAll } from "../../kernel/server/sockets.js";

/** A socket with room for so many replies for each peer, which stay there until they are taken; "gone" is not there. */
function fakeSocket(room: number) {
  const held = new Map<string, string[]>();
  return {
    held,
    async send(frames: unknown): Promise<void> {
      const [peer, text] = (frames as Uint8Array[]).slice(0, 2).map(String) as [string, string];
      if (peer === "gone") throw Object.assign(new Error("no route"), { code: "EHOSTUNREACH" });
      const before = held.get(peer) ?? [];
      if (before.length >= room) throw Object.assign(new Error("full"), { code: "EAGAIN" });
      held.set(peer, [...before, text]);
    },
  };
}

const reply = (peer: string, text: string, bytes = 1): Uint8Array[] => [
  Buffer.from(peer),
  Buffer.from(text),
  Buffer.alloc(bytes),
];

describe("replies", () => {
  it("wait for a peer that reads slowly: all arrive, in their order", async () => {
    const socket = fakeSocket(2);
    const writer = new ReplyWriter(socket, assert.fail);
    const read: string[] = [];
    const reader = setInterval(() => read.push(...(socket.held.get("slow")?.splice(0, 1) ?? [])), 1);
    const texts = Array.from({ length: 20 }, (_, k) => String(k));
    await Promise.all(texts.map((text) => writer.send(reply("slow", text))));
    clearInterval(reader);
    assert.deepEqual([...read, ...(socket.held.get("slow") ?? [])], texts);
  });

  it("of one that reads nothing are dropped beyond 16 MB, with a word, and hold up nobody else", async () => {
    const socket = fakeSocket(1);
    const said: string[] = [];
    const writer = new ReplyWriter(socket, (text) => said.push(text));
    const sent = Array.from({ length: 20 }, (_, k) => writer.send(reply("mute", String(k), 2 ** 20 - 50)));
    await writer.send(reply("other", "answer", 2 ** 20));
    assert.deepEqual(socket.held.get("other"), ["answer"]);
    assert.equal(said.length, 20 - 16, said[0]);
    assert.match(said[0] ?? "", /dropped: whoever asked reads nothing/);
    const reader = setInterval(() => socket.held.get("mute")?.splice(0, 1), 1);
    await Promise.all(sent);
    clearInterval(reader);
  });

  it("take 64 MB for all peers together, and one of any size where nothing waits before it", async () => {
    const socket = fakeSocket(0);
    const said: string[] = [];
    const writer = new ReplyWriter(socket, (text) => said.push(text));
    for (let k = 0; k < 24; k++) void writer.send(reply(`mute ${k % 12}`, String(k), 6 * 2 ** 20));
    // the twelve firsts are 72 MB
    assert.equal(said.length, 12);
  });

  it("that were sent count no more: a peer that reads gets any number of bytes", async () => {
    const socket = fakeSocket(1);
    const writer = new ReplyWriter(socket, assert.fail);
    const reader = setInterval(() => socket.held.get("reads")?.splice(0, 1), 1);
    for (let k = 0; k < 16; k++) {
      const texts = [2 * k, 2 * k + 1].map(String);
      await Promise.all(texts.map((text) => writer.send(reply("reads", text, 5 * 2 ** 20)))); // 160 MB in all
    }
    clearInterval(reader);
  });

  it("for a peer that is gone are dropped at once", async () => {
    await new ReplyWriter(fakeSocket(1), assert.fail).send(reply("gone", "answer"));
  });
});

describe("what is read from a socket", () => {
  /** Messages that are there already, as zeromq gives them: without leaving the turn. */
  async function* ready(count: number): AsyncGenerator<Buffer[]> {
    for (let k = 0; k < count; k++) yield [Buffer.from(String(k))];
  }

  it("leaves the turn every few milliseconds, however much is there", async () => {
    let turns = 0;
    const clock = setInterval(() => turns++, 1);
    const slow = (): void => {
      const until = performance.now() + 1;
      while (performance.now() < until);
    };
    await readAll(ready(100), slow, assert.fail);
    clearInterval(clock);
    assert.ok(turns >= 5, `${turns}`);
  });

  it("waits while the gate is shut", async () => {
    const gate = new Gate();
    const taken: string[] = [];
    const take = ([frame]: Buffer[]): void => {
      taken.push(String(frame));
      if (taken.length === 2) gate.shut(true);
    };
    const end = readAll(ready(4), take, assert.fail, gate);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(taken, ["0", "1"]);
    gate.shut(false);
    await end;
    assert.deepEqual(taken, ["0", "1", "2", "3"]);
  });
});

describe("what fills", () => {
  it("is full above a bound, and has room again at half of both: not at each entry that goes", () => {
    const told: boolean[] = [];
    const fill = new Fill(4, 100);
    fill.whenFull = (isFull) => told.push(isFull);
    for (let k = 0; k < 5; k++) fill.add(10);
    assert.deepEqual(told, [true]);
    fill.remove(10);
    fill.remove(10);
    assert.deepEqual([told, fill.isFull], [[true], true]);
    fill.remove(10);
    assert.deepEqual([told, fill.isFull], [[true, false], false]);
    fill.add(81);
    assert.deepEqual(told, [true, false, true]);
  });
});

describe("the queue", () => {
  const waiting = (): [Queue, boolean[], () => void] => {
    const queue = new Queue(assert.fail);
    const told: boolean[] = [];
    queue.fill.whenFull = (isFull) => told.push(isFull);
    let end = (): void => undefined;
    queue.add(() => new Promise((resolve) => (end = resolve)), 1);
    return [queue, told, () => end()];
  };
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

  it("is full above 64 MB of messages, and has room again below half of it", async () => {
    const [queue, told, end] = waiting();
    for (let k = 0; k < 8; k++) queue.add(async () => {}, 8 * 2 ** 20);
    assert.deepEqual(told, []);
    queue.addBeside(async () => {}, 1);
    assert.deepEqual([told, queue.fill.isFull], [[true], true]);
    end();
    await turn();
    assert.deepEqual([told, queue.fill.isFull], [[true, false], false]);
  });

  it("is full above ten thousand entries, and Stop empties it", async () => {
    const [queue, told] = waiting();
    let aborted = 0;
    for (let k = 0; k < 10_001; k++)
      queue.add(async (isAborted) => {
        if (isAborted) aborted++;
      }, 1);
    assert.deepEqual(told, [true]);
    queue.abortAtOnce();
    assert.deepEqual([told, aborted], [[true, false], 10_001]);
  });
});
