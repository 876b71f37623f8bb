import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { jupyterHome } from "./jupyterHome.js";

interface Result {
  readonly test: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly why: string;
}

const names = [
  ...["kernel_info", "execute_stdout", "execute_stderr", "execute_result", "display_data", "error"],
  ...["completion", "inspect", "is_complete", "history", "clear_output"],
];

describe("Jupyter's own kernel tests (jupyter_kernel_test)", function () {
  this.timeout(60_000);
  const results = new Map<string, Result>();

  before(async function () {
    const python = pythonWithSuite();
    if (python === undefined) {
      console.warn(
        "\nSKIPPED: jupyter_kernel_test; Debian and Ubuntu have it as python3-jupyter-kernel-test\n",
      );
      this.skip();
    }
    for (const result of await runSuite(python)) results.set(result.test, result);
  });

  for (const name of names) {
    it(`passes test_${name}`, () => assert.equal(told(results.get(`test_${name}`)), "passed"));
  }

  it("leaves out the pager alone: the kernel has none", () => {
    const others = [...results.values()].filter(({ outcome }) => outcome !== "passed");
    assert.deepEqual(others.map(told), ["test_pager: skipped "]);
  });
});

function told(result: Result | undefined): string {
  if (result === undefined) return "not run";
  const { test, outcome, why } = result;
  return outcome === "passed" ? outcome : `${test}: ${outcome} ${why}`;
}

/** The environment's own Python, or the system's: packages of the system are seen only by that. */
function pythonWithSuite(): string | undefined {
  const candidates = [join(packageRoot(), ".venv", "bin", "python"), "/usr/bin/python3", "python3"];
  return candidates.find((python) => {
    try {
      execFileSync(python, ["-c", "import jupyter_kernel_test"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

async function runSuite(python: string): Promise<Result[]> {
  const home = jupyterHome();
  const script = join(packageRoot(), "test", "frontends", "upstream_kernel_test.py");
  try {
    const { stdout } = await promisify(execFile)(python, [script], {
      cwd: home.notebooks,
      env: home.env,
      timeout: 50_000,
    });
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Result);
  } finally {
    home.remove();
  }
}
