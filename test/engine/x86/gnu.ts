/** GNU as, where it is installed. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function hasAs(): boolean {
  const { status } = spawnSync("as", ["--version"]);
  return status === 0 && process.arch === "x64" && spawnSync("objcopy", ["--version"]).status === 0;
}

/** The bytes of each line, in hexadecimal: all are assembled at once, and a listing says where each begins. */
export function assembled(lines: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "philab-as-"));
  try {
    const [source, object] = [join(folder, "source.s"), join(folder, "object.o")];
    const marked = lines.map((line, k) => `line${k}: ${line}`);
    writeFileSync(source, `.intel_syntax noprefix\n.text\n${marked.join("\n")}\nline${lines.length}:\n`);
    execFileSync("as", ["-o", object, source]);
    const code = join(folder, "code");
    execFileSync("objcopy", ["-O", "binary", "-j", ".text", object, code]);
    const bytes = readFileSync(code).toString("hex");
    const starts = symbolsOf(object);
    return lines.map((_, k) => bytes.slice(2 * starts.get(`line${k}`)!, 2 * starts.get(`line${k + 1}`)!));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function symbolsOf(object: string): Map<string, number> {
  const listed = execFileSync("nm", [object], { encoding: "utf8", maxBuffer: 2 ** 28 });
  const rows = listed
    .trim()
    .split("\n")
    .map((row) => row.split(/ +/));
  return new Map(rows.map(([address, , name]) => [name!, Number.parseInt(address!, 16)]));
}
