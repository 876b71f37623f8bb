/** Other programs' own readers and writers, where a Python on this machine has them. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Python that has these modules: PHILAB_PEERS_PYTHON or python3; undefined where neither has. */
export function pythonWith(...modules: readonly string[]): string | undefined {
  const candidates = [process.env.PHILAB_PEERS_PYTHON, "python3"].filter((name) => name !== undefined);
  return candidates.find((python) => {
    try {
      execFileSync(python, ["-c", `import ${modules.join(", ")}`], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

/** Runs a program in a folder that holds the given files; the files it leaves, by name. */
export function runPython(
  python: string,
  program: string,
  given: Readonly<Record<string, Uint8Array | string>>,
  wanted: readonly string[],
): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), "philab-formats-"));
  try {
    for (const [name, bytes] of Object.entries(given)) writeFileSync(join(folder, name), bytes);
    execFileSync(python, ["-c", program], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    return wanted.map((name) => readFileSync(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
