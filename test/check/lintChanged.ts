/** Biome's rules, asked of the files alone that have changed since they passed; `npm run lint` asks all. */

import { execFileSync, spawnSync } from "node:child_process";
import { askChanged, digestOf, root } from "./kept.js";

/** Files that git knows, or would. */
function files(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  return [...new Set(String(listed).split("\0"))].filter(Boolean);
}

const rules = digestOf(["biome.json", "package-lock.json"]);
const digests = new Map(files().map((file) => [file, digestOf([file], rules)]));
const passed = askChanged("lint:changed", digests, (changed) => {
  const biome = spawnSync("biome", ["check", "--no-errors-on-unmatched", ...changed], {
    cwd: root,
    stdio: "inherit",
  });
  return biome.status === 0;
});
process.exitCode = passed ? 0 : 1;
