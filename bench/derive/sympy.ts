/** SymPy in a process of its own: installed at the first run, or named by PHILAB_SYMPY_PYTHON. */

import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { findPython } from "../../kernel/setup/findPython.js";
import type { Sample } from "../kernel/measure.js";

const run = promisify(execFile);
const wanted = "sympy==1.14.0";

/** SymPy, ready to be asked. */
export interface SymPy {
  readonly version: string;
  /** One task, once, from an empty cache; a note where it fails or finds what is not right. */
  take(task: string): Promise<Sample>;
  end(): void;
}

/** Starts it. Throws where neither Python nor the package can be had. */
export async function startSymPy(say: (line: string) => void): Promise<SymPy> {
  const python = process.env.PHILAB_SYMPY_PYTHON ?? (await makeVenv(say));
  const child = spawn(python, [fileURLToPath(new URL("sympy_peer.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Answer> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`SymPy has ended: ${python} cannot import it, or was stopped`);
    return JSON.parse(value) as Answer;
  };
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  const { version = "?" } = await Promise.race([answer(), failed]);
  failed.catch(() => undefined);
  return {
    version,
    async take(task) {
      child.stdin.write(`${task}\n`);
      const { ms, right, error } = await answer();
      if (error !== undefined) return { note: error };
      return right ? { ms: ms as number } : { note: "what it found is not right" };
    },
    end: () => void child.kill(),
  };
}

interface Answer {
  readonly version?: string;
  readonly ms?: number;
  readonly right?: boolean;
  readonly error?: string;
}

async function makeVenv(say: (line: string) => void): Promise<string> {
  const folder = join(packageRoot(), "node_modules", ".cache", wanted.replace("==", "-"));
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(join(folder, "philab-stamp"))) return python;
  say(`Making ${folder} …`);
  await run((await findPython()).command, ["-m", "venv", folder]);
  await run(python, ["-m", "pip", "install", "--quiet", "--retries", "0", wanted], { timeout: 300_000 });
  await run(python, ["-c", `open(${JSON.stringify(join(folder, "philab-stamp"))}, "w")`]);
  return python;
}
