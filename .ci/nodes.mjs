// The kernel in other Nodes than the one that CI has: all three of its processes run there. The registry brings a Node's
// program as an ordinary package; a version that cannot be had is skipped with a line that says so.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const versions = ["22", "24"];
const tests = [
  "test/kernel/execution.test.ts",
  "test/kernel/modules.test.ts",
  "test/kernel/wire/*.test.ts",
  "test/setup/install.test.ts",
  "test/numeric/phi.test.ts",
];

const folder = mkdtempSync(join(tmpdir(), "philab-nodes-"));
let failed = 0;
try {
  for (const version of versions) {
    const node = bring(version);
    if (node === undefined) continue;
    console.log(`Node ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}`);
    const env = { ...process.env, PHILAB_NODE: node };
    const mocha = ["node_modules/mocha/bin/mocha.js", "--reporter", "dot", ...tests];
    if (spawnSync(node, mocha, { stdio: "inherit", env }).status !== 0) failed++;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);

function bring(version) {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const prefix = join(folder, version);
  const words = [
    "install",
    "--prefix",
    prefix,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    `${name}@${version}`,
  ];
  try {
    execFileSync("npm", words, { stdio: "pipe" });
  } catch (error) {
    console.log(`SKIPPED: Node ${version}: ${String(error.stderr).trim().split("\n")[0]}`);
    return undefined;
  }
  const node = join(prefix, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  return existsSync(node) ? node : undefined;
}
