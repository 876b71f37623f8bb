import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { kernelSpec } from "../../kernel/setup/kernelSpec.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A Python that has the suite: ours, the one on the PATH, or Debian's (python3-jupyter-kernel-test). */
function pythonWithSuite(): string | undefined {
  const pythons = [here("../../.venv/bin/python"), "python3", "/usr/bin/python3"];
  return pythons.find((python) => spawnSync(python, ["-c", "import jupyter_kernel_test"]).status === 0);
}

describe("Jupyter's own suite for kernels", () => {
  it("passes, all but the pager (there is none)", function () {
    this.timeout(60_000);
    const python = pythonWithSuite();
    if (!python) {
      console.log(
        "      skipped: no Python here has jupyter_kernel_test (pip, or apt install python3-jupyter-kernel-test)",
      );
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), "philab-upstream-"));
    mkdirSync(join(folder, "kernels", "philab"), { recursive: true });
    const spec = kernelSpec(here("../../dist/kernel/main.js"));
    writeFileSync(join(folder, "kernels", "philab", "kernel.json"), JSON.stringify(spec));
    const env = {
      ...process.env,
      JUPYTER_PATH: folder,
      PHILAB_HISTORY: join(folder, "history.jsonl"),
      NODE_OPTIONS: "",
    };
    const { status, stderr } = spawnSync(python, [here("upstream.py")], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /Ran 1\d tests/);
    assert.match(stderr, /OK \(skipped=1\)/); // the pager
  });
});
