import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cases } from "../../cases.js";
import { bothMachines } from "./machines.js";

describe("damaged records of tasks that call machine code", () => {
  it("are refused, or done inside the memory: the process lives", function () {
    this.timeout(120_000);
    if (bothMachines("float32") === undefined) this.skip();
    const file = new URL("./damage.ts", import.meta.url).pathname;
    const { numRuns } = cases(10_000);
    const args = ["--import", "tsx", file, String(numRuns), "20"];
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    assert.deepEqual([status, signal], [0, null], stderr);
    const { refused, done, kinds } = JSON.parse(stdout) as Record<string, number>;
    assert.equal(refused! + done!, numRuns);
    assert.equal(kinds, 26, "thirteen kinds of task, in both precisions");
    assert.ok(refused! > numRuns / 4 && done! > numRuns / 20, stdout);
  });
});
