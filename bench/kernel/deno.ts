import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../kernel/place/packageRoot.js";

const run = promisify(execFile);
const version = "2.9.6";

/**
 * Deno's program: PHILAB_DENO, or npm's package `deno`, installed apart at the first run. It is no dependency of
 * ours: it weighs 92 MB and only this bench uses it. Undefined, with a line said, where it cannot be had.
 */
export async function findDeno(say: (line: string) => void): Promise<string | undefined> {
  const named = process.env.PHILAB_DENO;
  const home = join(packageRoot(), "node_modules", ".cache", `deno-${version}`);
  const program = named ?? join(home, "node_modules", "@deno", platformPackage(), "deno");
  try {
    if (named === undefined && !existsSync(program)) await install(home, say);
    await run(program, ["--version"]);
    return program;
  } catch (error) {
    say(`Deno is left out: ${(error as Error).message.split("\n")[0]} (PHILAB_DENO may name its program)`);
    return undefined;
  }
}

/** The program comes as a package of its own, so that no install script is needed. */
async function install(home: string, say: (line: string) => void): Promise<void> {
  say(`Installing deno@${version} from npm into ${home} (92 MB) …`);
  const flags = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix", home];
  await run("npm", ["install", ...flags, `deno@${version}`], { timeout: 120_000 });
}

function platformPackage(): string {
  return `${process.platform}-${process.arch}${process.platform === "linux" ? "-glibc" : ""}`;
}
