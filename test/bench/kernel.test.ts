import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { notebookFolder, philab } from "../../bench/kernel/contestants.js";
import { type LiveKernel, startKernel } from "../../bench/kernel/liveKernel.js";

describe("a kernel under measurement", function () {
  this.timeout(60_000);
  const folder = notebookFolder();
  let kernel: LiveKernel;

  after(async () => {
    await kernel?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is spoken to where it was told to listen", async () => {
    kernel = await startKernel(philab(), folder);
    const { reply } = await kernel.ask("execute_request", { code: "1 + 1", silent: false }, 40);
    assert.equal(reply?.content.status, "ok");
  });
});
