/** Where philab keeps what must outlive it: an upgrade replaces an installed package with all that is in it. */
import { homedir } from "node:os";
import { join, sep } from "node:path";
import { packageRoot } from "./packageRoot.js";

/** Whether npm has put this package somewhere, and will take it away again; a checkout stays. */
export function isInstalled(root: string = packageRoot()): boolean {
  return root.split(sep).includes("node_modules");
}

/** philab's folder for one user: PHILAB_DATA, or what each system keeps for it. */
export function ownDataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.PHILAB_DATA) return env.PHILAB_DATA;
  if (platform === "darwin") return join(homedir(), "Library", "Application Support", "philab");
  if (platform === "win32") return join(env.LOCALAPPDATA ?? homedir(), "philab");
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "philab");
}
