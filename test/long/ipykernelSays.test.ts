import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";

describe("what is stored of ipykernel", () => {
  it("is what it says", function () {
    this.timeout(120_000);
    const python = join(packageRoot(), ".venv/bin/python");
    if (!existsSync(python)) {
      console.warn("\nSKIPPED: ipykernel itself, because there is no .venv; what it said is stored\n");
      this.skip();
    }
    const stored = JSON.parse(readFileSync(join(packageRoot(), "test/fixtures/ipykernel.json"), "utf8"));
    const said = execFileSync(python, [join(packageRoot(), "test/frontends/askIpykernel.py")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    assert.deepEqual(JSON.parse(said), stored);
  });
});
