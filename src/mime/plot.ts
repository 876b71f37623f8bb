/** `plot`: the figures of the lecture's notebooks, each with axis titles and a static form. */

import { plotBars } from "./plotBars.js";
import { plotHeatmap } from "./plotHeatmap.js";
import { plotImage } from "./plotImage.js";
import { plotLines } from "./plotLines.js";
import { plotSparsity } from "./plotSparsity.js";

/** The figures by name: plot.image(Z), plot.heatmap(M), plot.sparsity(P), plot.lines([…]), plot.bars({ … }). */
export const plot: {
  readonly image: typeof plotImage;
  readonly heatmap: typeof plotHeatmap;
  readonly sparsity: typeof plotSparsity;
  readonly lines: typeof plotLines;
  readonly bars: typeof plotBars;
} = { image: plotImage, heatmap: plotHeatmap, sparsity: plotSparsity, lines: plotLines, bars: plotBars };
