/** Part of `npm run build`: keeps the explorer for pages in dist/, where an installed package finds it. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { packageRoot } from "../../place/packageRoot.js";
import { writeAtomically } from "../format/writeAtomically.js";
import { builtExplorer, readExplorer } from "./explorer.js";

const file = builtExplorer(packageRoot());
const explorer = await readExplorer();
await mkdir(dirname(file), { recursive: true });
await writeAtomically(file, JSON.stringify(explorer));
