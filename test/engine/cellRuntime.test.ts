import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { fastestRuntime } from "../../kernel/place/runtime.js";

const run = promisify(execFile);

describe("the engine where cells run", () => {
  it("agrees with the reference in 256 bits too, as the optimising compiler makes them", async function () {
    this.timeout(180_000);
    const { node, version } = fastestRuntime();
    // without the baseline compiler: it would run most of these tests, and joins no vectors
    if (!version.startsWith("v24.") || process.arch !== "x64") this.skip();
    const files = readdirSync(join(packageRoot(), "test/engine"))
      .filter((name) => /^(conv|winograd|fold|phi|pool|choice)\.test\.ts$/.test(name))
      .map((name) => join("test/engine", name));
    const { stdout } = await run(
      node,
      [
        ...["--no-liftoff", "--import=tsx", "node_modules/mocha/bin/mocha.js", "--no-config", "--exit"],
        ...["--timeout", "60000", "--reporter", "json", "--grep", "relaxed-simd-256", ...files],
      ],
      { cwd: packageRoot(), maxBuffer: 2 ** 24 },
    );
    const { stats } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { stats: Record<string, number> };
    assert.equal(stats.failures, 0);
    assert.ok(stats.passes! > 30, `${stats.passes} tests`);
  });
});
