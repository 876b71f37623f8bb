/** The JupyterLab plugins: one for plotly figures, one for philab's own outputs. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { PLOTLY_MIME } from "../../src/mime/types.js";
import { registerIfFree } from "./register.js";
import { factory } from "./renderedView.js";
import { figureModule } from "./views/figure.js";
import { loadPlotly } from "./views/plotly.js";
import { viewOfType } from "./views/registry.js";

const figures: JupyterFrontEndPlugin<void> = {
  id: "philab:figures",
  description: "Shows plotly figures in the page's colours, unless another extension shows them.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    registerIfFree(registry, factory(PLOTLY_MIME, figureModule(loadPlotly)), 0);
  },
};

const ownViews: JupyterFrontEndPlugin<void> = {
  id: "philab:views",
  description: "Shows philab's own outputs: the explorer of φ, derivations and checked statements.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    // Before plotly: the figure of a sparse matrix has its form too, for pages without our view.
    for (const [type, view] of viewOfType) registry.addFactory(factory(type, view), -1);
  },
};

export default [figures, ownViews];
