import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { bothMachines } from "../engine/x86/machines.js";

describe("machine code", () => {
  it("outlives threads that are ended inside a task, and takes no more memory or files in 10,000 calls", function () {
    if (bothMachines("float32") === undefined) this.skip();
    const file = new URL("../engine/x86/life.ts", import.meta.url).pathname;
    const env = { ...process.env, PHILAB_ENGINE: "" };
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", file], {
      ...{ encoding: "utf8", env },
    });
    assert.deepEqual([status, signal], [0, null], stderr);
    const { engine, results, files, mebibytes, memory } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual({ engine, results, memory }, { engine: "x86-512", results: [289, 289], memory: 0 });
    assert.ok(Math.abs(files as number) <= 2 && (mebibytes as number) < 16, stdout);
  }).timeout(120_000);
});
