import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fastestRuntime, type Runtime, runtimeRecord } from "../../kernel/place/runtime.js";

const here: Runtime = { node: process.execPath, version: process.version, flags: [] };

describe("the runtime of cells", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "philab-runtime-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const record = (text: string): void => writeFileSync(join(folder, runtimeRecord), text);

  it("is this Node where set-up has not chosen, or its record was cut off", () => {
    assert.deepEqual(fastestRuntime(folder, undefined), here);
    record('{"node":"/us');
    assert.deepEqual(fastestRuntime(folder, undefined), here);
  });

  it("is the chosen one while its program is there", () => {
    const chosen = { node: join(folder, "node"), version: "v24.0.0", flags: ["--some"] };
    record(JSON.stringify(chosen));
    assert.deepEqual(fastestRuntime(folder, undefined), here);
    writeFileSync(chosen.node, "");
    assert.deepEqual(fastestRuntime(folder, undefined), chosen);
  });

  it("drops flags that were tried with another version of this Node", () => {
    record(JSON.stringify({ ...here, version: "v19.0.0", flags: ["--some"] }));
    assert.deepEqual(fastestRuntime(folder, undefined), here);
  });

  it("is what PHILAB_NODE names, without flags", () => {
    assert.deepEqual(fastestRuntime(folder, "/opt/node"), {
      node: "/opt/node",
      version: "named by PHILAB_NODE",
      flags: [],
    });
  });

  it("starts, in this installation, with its flags", () => {
    const { node, flags } = fastestRuntime();
    assert.match(execFileSync(node, [...flags, "-p", "process.version"], { encoding: "utf8" }), /^v\d+/);
  });
});
