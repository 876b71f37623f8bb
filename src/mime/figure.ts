import { displayKey, inspect } from "../numeric/show.js";
import { type Bundle, type FigurePayload, PLOTLY_MIME, type Shown } from "./types.js";

/** A picture that shows itself: interactive where plotly runs, as SVG elsewhere, as a sentence in a terminal. */
export interface Figure extends Shown {
  /** What plotly draws. */
  readonly payload: FigurePayload;
}

class PlotlyFigure implements Figure {
  constructor(
    readonly payload: FigurePayload,
    private readonly svg: string,
    private readonly sentence: string,
  ) {}

  [displayKey](): Bundle {
    return { [PLOTLY_MIME]: this.payload, "image/svg+xml": this.svg, "text/plain": this.sentence };
  }

  [inspect](): string {
    return this.sentence;
  }
}

/** A figure from its three forms. */
export function figure(payload: FigurePayload, svg: string, sentence: string): Figure {
  return new PlotlyFigure(payload, svg, sentence);
}

/** A plotly axis with its title. */
export function axis(title: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { title: { text: title }, ...more };
}

/** A plotly layout with a title and margins that leave room for axis titles. */
export function layout(title: string, more: Record<string, unknown>): Record<string, unknown> {
  return { title: { text: title }, margin: { l: 64, r: 24, t: 48, b: 56 }, ...more };
}
