/** Part of `npm run build`: what a kernelspec starts, as one file that needs no package. */
import { join } from "node:path";
import { build } from "esbuild";
import { launcherFile } from "../place/kernelCommand.js";
import { packageRoot } from "../place/packageRoot.js";

await build({
  entryPoints: [join(packageRoot(), "kernel", "absent", "start.ts")],
  outfile: launcherFile(packageRoot()),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
});
