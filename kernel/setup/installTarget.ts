/** Where Jupyter looks for kernels and plugins: the data folder that an install writes to. */

import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "../usageError.js";
import { SetupError } from "./setupError.js";

/** Below a prefix, in the Python that `python3` starts, or for the present user. */
export type InstallTarget =
  | { readonly kind: "prefix"; readonly prefix: string }
  | { readonly kind: "sys-prefix" }
  | { readonly kind: "user" };

/** `--prefix P`, `--sys-prefix` or `--user` (the default); throws where the words say something else. */
export function readInstallTarget(args: readonly string[]): InstallTarget {
  const [flag = "--user", value, ...more] = args;
  if (flag === "--prefix" && value !== undefined && !value.startsWith("-") && more.length === 0) {
    return { kind: "prefix", prefix: resolve(value) };
  }
  if (value === undefined && flag === "--sys-prefix") return { kind: "sys-prefix" };
  if (value === undefined && flag === "--user") return { kind: "user" };
  throw new Error(
    `philab install: came "${args.join(" ")}"; needed one of --prefix FOLDER, --sys-prefix, --user`,
  );
}

/** The same for a command called so; throws UsageError where the words say something else. */
export function readTarget(command: string, args: readonly string[]): InstallTarget {
  try {
    return readInstallTarget(args);
  } catch (error) {
    throw new UsageError((error as Error).message.replace("philab install", `philab ${command}`));
  }
}

/** The Jupyter data folder of a target, the one that holds kernels/ and labextensions/. */
export function dataFolder(target: InstallTarget): string {
  if (target.kind === "prefix") return join(target.prefix, "share", "jupyter");
  if (target.kind === "sys-prefix") return join(pythonPrefix(), "share", "jupyter");
  return userDataFolder(process.env, process.platform);
}

/** Jupyter's folder for one user: JUPYTER_DATA_DIR, or what each system keeps for it. */
export function userDataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (platform === "win32") return join(env.APPDATA ?? homedir(), "jupyter");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter");
}

function pythonPrefix(): string {
  try {
    return execFileSync("python3", ["-c", "import sys; print(sys.prefix)"], { encoding: "utf8" }).trim();
  } catch (cause) {
    throw new SetupError("--sys-prefix: python3 could not be asked for its prefix", { cause });
  }
}
