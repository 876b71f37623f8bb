import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../kernel/wire/wire.js";
import { type Client, startKernel } from "./client.js";

describe("history", () => {
  const folder = mkdtempSync(join(tmpdir(), "philab-history-"));
  const env = { PHILAB_HISTORY: join(folder, "deep", "history.jsonl") };
  let kernel: Client;
  before(async () => {
    const earlier = await startKernel({ env });
    for (const code of ["let first = 1", "first + 1"]) await earlier.execute(code);
    await earlier.stop();
    kernel = await startKernel({ env });
    for (const code of ["let x = 1", "x + 1", "x + 1", "x\n* 2"]) await kernel.execute(code);
    await kernel.execute("'not kept'", { store_history: false });
    await kernel.execute("'not kept'", { silent: true });
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  const history = async (request: Json): Promise<unknown> =>
    (await kernel.request("shell", "history_request", { output: false, raw: true, ...request })).reply.content
      .history;

  it("gives the tail, over restarts", async () => {
    assert.deepEqual(await history({ hist_access_type: "tail", n: 5 }), [
      [1, 2, "first + 1"],
      [2, 1, "let x = 1"],
      [2, 2, "x + 1"],
      [2, 3, "x + 1"],
      [2, 4, "x\n* 2"],
    ]);
  });

  it("gives a range of this session and of the one before", async () => {
    assert.deepEqual(await history({ hist_access_type: "range", session: 0, start: 2, stop: 4 }), [
      [2, 2, "x + 1"],
      [2, 3, "x + 1"],
    ]);
    assert.deepEqual(await history({ hist_access_type: "range", session: -1, start: 1, stop: 2 }), [
      [1, 1, "let first = 1"],
    ]);
  });

  it("searches by pattern over whole cells, once each if asked", async () => {
    assert.deepEqual(await history({ hist_access_type: "search", pattern: "x*", n: 10 }), [
      [2, 2, "x + 1"],
      [2, 3, "x + 1"],
      [2, 4, "x\n* 2"],
    ]);
    assert.deepEqual(await history({ hist_access_type: "search", pattern: "x ? 1", unique: true, n: 10 }), [
      [2, 3, "x + 1"],
    ]);
    assert.deepEqual(await history({ hist_access_type: "search", pattern: "*first*", n: 1 }), [
      [1, 2, "first + 1"],
    ]);
  });

  it("gives pairs when outputs are asked for", async () => {
    assert.deepEqual(await history({ hist_access_type: "tail", n: 1, output: true }), [
      [2, 4, ["x\n* 2", null]],
    ]);
  });
});
