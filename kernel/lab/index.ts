/** The JupyterLab plugins: one for plotly figures, one for philab's own outputs. */

import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import { PLOTLY_MIME } from "../../src/mime/types.js";
import { leaveKeysToViews } from "./keysOfViews.js";
import { registerIfFree } from "./register.js";
import { factory } from "./renderedView.js";
import { figureModule } from "./views/figure.js";
import { loadPlotly } from "./views/plotly.js";
import { viewOfType } from "./views/registry.js";

/** A plugin as JupyterLab's application activates it: with itself, and with what the plugin requires. */
interface LabPlugin {
  readonly id: string;
  readonly description: string;
  readonly autoStart: true;
  readonly requires: readonly [typeof IRenderMimeRegistry];
  activate(app: unknown, registry: IRenderMimeRegistry): void;
}

const figures: LabPlugin = {
  id: "philab:figures",
  description: "Shows plotly figures in the page's colours, unless another extension shows them.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app, registry) => {
    registerIfFree(registry, factory(PLOTLY_MIME, figureModule(loadPlotly)), 0);
  },
};

const ownViews: LabPlugin = {
  id: "philab:views",
  description: "Shows philab's own outputs: the explorer of φ, derivations and checked statements.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app, registry) => {
    // Before plotly: the figure of a sparse matrix has its form too, for pages without our view.
    for (const [type, view] of viewOfType) registry.addFactory(factory(type, view), -1);
    leaveKeysToViews(window);
  },
};

export default [figures, ownViews];
