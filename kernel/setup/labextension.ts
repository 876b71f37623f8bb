/** Builds kernel/lab into dist/labextension, where what it is made of has changed. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeFederated } from "./federated.js";

/** The folders and files below the package that the plugin is made of. */
const sources = [
  "kernel/lab",
  "src/mime",
  "src/shape.ts",
  "src/numeric",
  "src/symbolic/check/badge.ts",
  "src/symbolic/sizes/sizes.ts",
  "kernel/setup/labextension.ts",
  "kernel/setup/federated.ts",
];

/** How the plugin is built. */
export interface BuildOptions {
  readonly root: string;
  readonly report: (line: string) => void;
}

/**
 * Leaves an up-to-date plugin in dist/labextension. Does nothing where the stamp of the sources is right, or where there
 * are no sources (an installed package brings the result).
 */
export async function buildLabextension({ root, report }: BuildOptions): Promise<void> {
  if (!existsSync(join(root, "kernel", "lab", "tsconfig.json"))) return;
  const folder = join(root, "dist", "labextension");
  const stamp = join(folder, ".philab-stamp");
  const wanted = sourcesHash(root);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  report("Building the JupyterLab plugin …");
  await writeFederated(root, folder);
  writeFileSync(stamp, wanted);
}

function sourcesHash(root: string): string {
  const hash = createHash("sha256").update(toolVersions(root));
  for (const source of sources) {
    for (const path of filesBelow(join(root, source)))
      hash.update(path.slice(root.length)).update(readFileSync(path));
  }
  return hash.digest("hex") + "\n";
}

/** The versions of what is bundled and of what bundles it. */
function toolVersions(root: string): string {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return ["esbuild", "plotly.js-dist-min"].map((name) => `${name} ${devDependencies?.[name]}`).join("\n");
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}
