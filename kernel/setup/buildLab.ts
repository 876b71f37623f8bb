/** `npm run build:lab`: the JupyterLab plugin, where its sources have changed. */

import { packageRoot } from "../place/packageRoot.js";
import { buildLabextension } from "./labextension.js";

await buildLabextension({ root: packageRoot(), report: console.log });
