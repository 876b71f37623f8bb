/** `plot`: the figures of the lecture's notebooks, each with axis titles and a static form. */

import { plotBars } from "./plotBars.js";
import { plotHeatmap } from "./plotHeatmap.js";
import { plotImage } from "./plotImage.js";
import { plotLines } from "./plotLines.js";
import { plotSparsity } from "./plotSparsity.js";
import { plotTraining } from "./plotTraining.js";

/** The figures by name: plot.image(Z), plot.heatmap(M), plot.sparsity(P), plot.lines([…]), plot.bars({ … }), plot.training(trace). */
export const plot: {
  /** plot.image(Z): an image of 1 or 3 channels. */
  readonly image: typeof plotImage;
  /** plot.heatmap(M): the entries of a matrix by colour. */
  readonly heatmap: typeof plotHeatmap;
  /** plot.sparsity(P): where a matrix is not 0. */
  readonly sparsity: typeof plotSparsity;
  /** plot.lines([…]): lines over one axis. */
  readonly lines: typeof plotLines;
  /** plot.bars({ … }): a bar for each name. */
  readonly bars: typeof plotBars;
  /** plot.training(trace): how a training goes. */
  readonly training: typeof plotTraining;
} = {
  ...{ image: plotImage, heatmap: plotHeatmap, sparsity: plotSparsity },
  ...{ lines: plotLines, bars: plotBars, training: plotTraining },
};
