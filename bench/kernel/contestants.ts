/** The kernels that are compared: how each is started and interrupted, and its own words for a display. */
import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelCommand } from "../../kernel/place/kernelCommand.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { findDeno } from "./deno.js";

export interface Contestant {
  readonly name: string;
  /** Without the connection file, which comes last. */
  readonly command: readonly string[];
  /** By a message, or by SIGINT to the process group, as its kernelspec says. */
  readonly interrupt: "message" | "signal";
  /** A cell that displays a text of `size` characters. */
  display(size: number): string;
}

/** Ours first, then those that can be had; `say` hears which cannot. */
export async function contestants(say: (line: string) => void): Promise<Contestant[]> {
  const deno = await findDeno(say);
  return [philab(), tslab(), ...(deno === undefined ? [] : [denoKernel(deno)])];
}

/** Ours, as `npm run build` left it. */
export function philab(): Contestant {
  return {
    name: "philab",
    command: kernelCommand(),
    interrupt: "message",
    display: (size) => `display({ "text/plain": "x".repeat(${size}) }, { raw: true }); undefined`,
  };
}

/** tslab's own kernel, at the version that our converter comes from. */
function tslab(): Contestant {
  const main = createRequire(import.meta.url).resolve("tslab/bin/tslab");
  return {
    name: "tslab",
    command: [process.execPath, main, "kernel", "--config-path"],
    interrupt: "signal",
    display: (size) => `import * as tslab from "tslab"; tslab.display.text("x".repeat(${size}));`,
  };
}

function denoKernel(program: string): Contestant {
  return {
    name: "deno",
    command: [program, "jupyter", "--kernel", "--conn"],
    interrupt: "signal",
    display: (size) => `await Deno.jupyter.display({ "text/plain": "x".repeat(${size}) }, { raw: true })`,
  };
}

/** A working folder for all of them, with the two packages that tslab asks to have beside a notebook. */
export function notebookFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "philab-bench-"));
  mkdirSync(join(folder, "node_modules", "@types"), { recursive: true });
  for (const name of ["tslab", "@types/node"]) {
    symlinkSync(join(packageRoot(), "node_modules", name), join(folder, "node_modules", name));
  }
  return folder;
}
