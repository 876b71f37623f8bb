import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython, PythonUnavailable } from "../../kernel/setup/findPython.js";
import { ensureEnvironment } from "../../kernel/setup/python.js";

/** A Python of a few lines of shell: it says what it is, makes "environments" of itself, and writes down its pip calls. */
const fakePython = `#!/bin/sh
case "$1 $2" in
  "-c "*) echo "$FAKE_ANSWER" ;;
  "-m venv") [ -z "$FAKE_VENV_FAILS" ] || { echo "no room" >&2; exit 1; }
             /bin/mkdir -p "$4/bin" && /bin/cp "$0" "$4/bin/python" ;;
  "-m pip") echo "$*" >> "$FAKE_LOG"
            case "$*" in
              *"--retries 0"*) [ -z "$FAKE_FIRST_FAILS" ] || { echo "ERROR: no index" >&2; exit 1; } ;;
              *) [ -z "$FAKE_SECOND_FAILS" ] || { echo "ERROR: No matching distribution" >&2; exit 1; } ;;
            esac ;;
esac
`;
const good = '{"version": [3, 12, 1], "lacks": []}';

describe("the Python environment", () => {
  let root: string;
  let lines: string[];
  const log = (): string[] => {
    try {
      return readFileSync(join(root, "log"), "utf8").trim().split("\n");
    } catch {
      return [];
    }
  };
  const env = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
    PATH: join(root, "programs"),
    FAKE_ANSWER: good,
    FAKE_LOG: join(root, "log"),
    ...more,
  });
  const ensure = (more?: Record<string, string>) =>
    ensureEnvironment({ root, report: (line) => void lines.push(line), env: env(more) });

  beforeEach(function () {
    if (process.platform === "win32") this.skip();
    root = mkdtempSync(join(tmpdir(), "philab-python-"));
    lines = [];
    for (const folder of ["kernel/setup", "programs", "empty"])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, "kernel/setup/requirements.txt"), "jupyterlab==4.6.4\n");
    writeFileSync(join(root, "kernel/setup/constraints.txt"), "tornado==6.5.10\n");
    writeFileSync(join(root, "programs/python3"), fakePython);
    chmodSync(join(root, "programs/python3"), 0o755);
  });
  afterEach(() => root && rmSync(root, { recursive: true, force: true }));

  it("is filled by pip in the pinned versions, without waiting for retries", async () => {
    const { python, folder } = await ensure();
    assert.equal(folder, join(root, ".venv"));
    assert.equal(python, join(root, ".venv/bin/python"));
    assert.equal(log().length, 1);
    assert.match(log()[0], /--retries 0 .*requirements\.txt -c .*constraints\.txt$/);
    assert.ok(lines.some((line) => line.startsWith("Making the Python environment")));
  });

  it("is left alone the second time, and made anew when a pinned version changes", async () => {
    await ensure();
    lines = [];
    await ensure();
    assert.deepEqual([log().length, lines], [1, []]);
    writeFileSync(join(root, "kernel/setup/constraints.txt"), "tornado==6.6\n");
    await ensure();
    assert.equal(log().length, 2);
  });

  it("is tried again with pip's own patience only where the first try failed", async () => {
    await ensure({ FAKE_FIRST_FAILS: "1" });
    assert.equal(log().length, 2);
    assert.ok(!log()[1].includes("--retries"));
  });

  it("keeps no stamp of a failed set-up, and says what pip said and what runs without Python", async () => {
    const failing = { FAKE_FIRST_FAILS: "1", FAKE_SECOND_FAILS: "1" };
    await assert.rejects(ensure(failing), (error: Error) => {
      assert.ok(error instanceof PythonUnavailable);
      assert.match(error.message, /pip could not install JupyterLab\. Is the package index within reach\?/);
      assert.match(error.message, /No matching distribution/);
      assert.match(error.message, /npm run notebooks/);
      return true;
    });
    await ensure();
    assert.equal(log().length, 3);
  });

  it("says why venv failed", async () => {
    await assert.rejects(ensure({ FAKE_VENV_FAILS: "1" }), /no Python environment could be made: .*no room/s);
  });

  const refused: [title: string, more: () => Record<string, string>, message: RegExp][] = [
    [
      "there is no python3",
      () => ({ PATH: join(root, "empty") }),
      /no python3 was found on PATH\. Install it \(Debian and Ubuntu: sudo apt install python3 python3-venv/,
    ],
    [
      "it is too old",
      () => ({ FAKE_ANSWER: '{"version": [3, 9, 2], "lacks": []}' }),
      /python3 is Python 3\.9\.2; .* need 3\.11 or newer/,
    ],
    [
      "it lacks ensurepip",
      () => ({ FAKE_ANSWER: '{"version": [3, 12, 1], "lacks": ["ensurepip"]}' }),
      /lacks the module ensurepip\. Install it \(Debian and Ubuntu: sudo apt install python3\.12-venv\)/,
    ],
    ["it is no Python", () => ({ FAKE_ANSWER: "segmentation fault" }), /no python3 was found/],
  ];
  for (const [title, more, message] of refused) {
    it(`says what to install where ${title}, and what runs without`, async () => {
      await assert.rejects(findPython(env(more())), (error: Error) => {
        assert.ok(error instanceof PythonUnavailable);
        assert.match(error.message, message);
        assert.match(error.message, /Without Python, "npm run notebooks" runs every notebook/);
        return true;
      });
    });
  }
});
