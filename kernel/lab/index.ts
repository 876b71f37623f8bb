/** The JupyterLab plugins: one for plotly figures, one for philab's own outputs. */

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import {
  DERIVATION_MIME,
  FILTER_MIME,
  GRADIENT_MIME,
  PHI_MIME,
  PLOTLY_MIME,
  SPARSITY_MIME,
  VERDICT_MIME,
  WALK_MIME,
} from "../../src/mime/types.js";
import { registerIfFree } from "./register.js";
import { factory } from "./renderedView.js";
import { showDerivation } from "./views/derivation.js";
import { showFigure } from "./views/figure.js";
import { showFilter } from "./views/filter.js";
import { showGradient } from "./views/gradient.js";
import { showPhi } from "./views/phi.js";
import { loadPlotly } from "./views/plotly.js";
import { showSparsity } from "./views/sparsity.js";
import { showVerdict } from "./views/verdict.js";
import { showWalk } from "./views/walk.js";

const figures: JupyterFrontEndPlugin<void> = {
  id: "philab:figures",
  description: "Shows plotly figures in the page's colours, unless another extension shows them.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    registerIfFree(
      registry,
      factory(PLOTLY_MIME, (host, payload) => showFigure(host, payload, loadPlotly)),
      0,
    );
  },
};

const views: JupyterFrontEndPlugin<void> = {
  id: "philab:views",
  description: "Shows philab's own outputs: the explorer of φ, derivations and checked statements.",
  autoStart: true,
  requires: [IRenderMimeRegistry],
  activate: (_app: JupyterFrontEnd, registry: IRenderMimeRegistry) => {
    registry.addFactory(factory(PHI_MIME, showPhi), 0);
    registry.addFactory(factory(FILTER_MIME, showFilter), 0);
    registry.addFactory(factory(WALK_MIME, showWalk), 0);
    registry.addFactory(factory(GRADIENT_MIME, showGradient), 0);
    // A figure of a sparse matrix has plotly's form too, for pages without this view.
    registry.addFactory(factory(SPARSITY_MIME, showSparsity), -1);
    registry.addFactory(factory(DERIVATION_MIME, showDerivation), 0);
    registry.addFactory(factory(VERDICT_MIME, showVerdict), 0);
  },
};

export default [figures, views];
