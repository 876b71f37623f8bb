/** The views of philab's own outputs, by name: for JupyterLab and for pages. */

import { type ViewName, viewTypes } from "../../../src/mime/types.js";
import card from "./card.js";
import type { ViewModule } from "./contract.js";
import derivation from "./derivation.js";
import filter from "./filter.js";
import gradient from "./gradient.js";
import phi from "./phi.js";
import sparsity from "./sparsity.js";
import training from "./training.js";
import verdict from "./verdict.js";
import walk from "./walk.js";

/** One for each of `viewTypes`: a type without a view does not compile. */
const views: Readonly<Record<ViewName, ViewModule>> = {
  phi,
  sparsity,
  filter,
  walk,
  gradient,
  training,
  derivation,
  verdict,
  card,
};

/** MIME type → view. */
export const viewOfType: ReadonlyMap<string, ViewModule> = new Map(
  Object.entries(viewTypes).map(([name, type]) => [type, views[name as ViewName]]),
);
