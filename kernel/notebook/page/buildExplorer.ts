/** Part of `npm run build`: keeps the views for pages, and each in one file, in dist/, where an installed package finds them. */
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeAtomically } from "../../disk/writeAtomically.js";
import { packageRoot } from "../../place/packageRoot.js";
import { viewFiles } from "./bundleViews.js";
import { builtExplorer, readExplorer } from "./explorer.js";
import { builtLive, readLive } from "./live.js";

const root = packageRoot();
await write(builtExplorer(root), JSON.stringify(await readExplorer()));
await write(builtLive(root), JSON.stringify(await readLive()));
for (const [name, text] of await viewFiles(root))
  await write(join(root, "dist", "views", `${name}.js`), text);

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeAtomically(file, text);
}
