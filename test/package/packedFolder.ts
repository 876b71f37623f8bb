/** What is packed, unpacked in a folder that holds nothing else but what philab depends on. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Where what philab depends on is installed. */
export const installed: string = join(root, "node_modules");

/** A new folder with the package in its node_modules. */
export function packedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "philab-packed-"));
  const options = ["pack", "--ignore-scripts", "--pack-destination", folder];
  execFileSync("npm", options, { cwd: root, stdio: "ignore" });
  const [archive] = readdirSync(folder);
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  execFileSync("tar", ["-xzf", join(folder, archive!), "-C", modules]);
  execFileSync("mv", [join(modules, "package"), join(modules, "philab")]);
  for (const name of readdirSync(installed)) symlinkSync(join(installed, name), join(modules, name));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}
