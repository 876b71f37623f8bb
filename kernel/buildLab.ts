/** `npm run build:lab`: the JupyterLab plugin, where its sources have changed. */
import { buildLabextension } from "./labextension.js";
import { packageRoot } from "./packageRoot.js";

await buildLabextension({ root: packageRoot(), report: console.log });
