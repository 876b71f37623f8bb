import assert from "node:assert/strict";
import { processorTime } from "../../kernel/notebook/commands/processorTime.js";

describe("the processor time of a process", () => {
  it("is what it has computed, and not what it has slept", async function () {
    if (process.platform !== "linux") this.skip();
    const all = () => processorTime(process.pid) as number;
    const [begin, { user, system }] = [all(), process.cpuUsage()];
    assert.ok(Math.abs(begin - (user + system) / 1000) < 200, `${begin} and ${(user + system) / 1000} ms`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.ok(all() - begin < 200);
    const until = process.cpuUsage().user + 400_000;
    while (process.cpuUsage().user < until);
    assert.ok(all() - begin >= 350, `${all() - begin} ms`);
  }).retries(2);

  it("is not known of what does not run", () => assert.equal(processorTime(2 ** 30), undefined));
});
