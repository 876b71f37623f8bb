import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { History } from "../../kernel/server/history.js";
import { encode } from "../../kernel/wire/wire.js";
import { type Client, resultText, startKernel } from "./client.js";

describe("a history", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "philab-history-"))));
  after(() => rmSync(folder, { recursive: true }));

  const ask = (history: History, pattern: string): unknown[] =>
    history.answer({ hist_access_type: "search", pattern }).history as unknown[];

  it("is searched in bounded time, whatever the pattern", () => {
    const history = new History(join(folder, "search.jsonl"), () => {});
    for (let line = 1; line <= 30; line++) history.add(line, "a".repeat(5_000));
    const started = process.cpuUsage();
    assert.deepEqual(ask(history, `${"*a".repeat(40)}b`), []);
    assert.equal(ask(history, `${"*a".repeat(40)}*`).length, 30);
    assert.equal(ask(history, "a?*").length, 30);
    assert.deepEqual(ask(history, "a?"), []);
    assert.ok(process.cpuUsage(started).user < 3e6);
  }).retries(2);

  it("loses no entry to a line that a crash cut short", () => {
    const path = join(folder, "torn.jsonl");
    writeFileSync(path, '[1,1,"whole"]\n[1,2,"to');
    new History(path, () => {}).add(1, "after");
    assert.deepEqual(new History(path, () => {}).answer({ hist_access_type: "tail", n: 9 }).history, [
      [1, 1, "whole"],
      [2, 1, "after"],
    ]);
  });

  it("keeps the last of 16 million characters in mind, however long cells are", () => {
    const path = join(folder, "large.jsonl");
    const history = new History(path, () => {});
    for (let line = 1; line <= 20; line++) history.add(line, `${line}`.padEnd(1_000_000));
    const kept = history.answer({ hist_access_type: "tail", n: 99 }).history as [number, number, string][];
    assert.deepEqual([kept[0]?.[1], kept.length], [5, 16]);
    appendFileSync(path, "\n");
    const again = new History(path, () => {}).answer({ hist_access_type: "tail", n: 99 })
      .history as unknown[];
    assert.equal(again.length, 16);
  });
});

describe("a kernel", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  for (const type of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    it(`says busy and idle for a message called ${type}, and nothing else`, async () => {
      const id = kernel.send("shell", type, {});
      const said = await kernel.outputs(id);
      assert.deepEqual(
        said.map(({ content }) => content.execution_state),
        ["busy", "idle"],
      );
    });
  }

  it("takes no message of its own for a client's: its signed comm_open, sent back, opens and closes nothing", async () => {
    await kernel.execute("const s = slider({ min: 0, max: 9 }); display(s)");
    const before = (await kernel.request("shell", "comm_info_request", {})).reply.content.comms;
    const opened = kernel.heard.find(({ header }) => header.msg_type === "comm_open");
    assert.ok(opened);
    for (const header of [opened.header, { ...opened.header, msg_type: "comm_close" }]) {
      const { content, metadata, buffers } = opened;
      await kernel.sendFrames(
        "shell",
        encode({ ...opened, identities: [], header, content, metadata, buffers }, kernel.connection.key),
      );
    }
    const after = (await kernel.request("shell", "comm_info_request", {})).reply.content.comms;
    assert.deepEqual(after, before);
    assert.equal(resultText((await kernel.execute("s.value")).iopub), "0");
  });
});
