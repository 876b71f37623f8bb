import { displayKey, inspect } from "../numeric/show.js";
import { plotlyText } from "./mathText.js";
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
    private readonly more: Readonly<Record<string, unknown>>,
  ) {}

  [displayKey](): Bundle {
    return {
      ...this.more,
      [PLOTLY_MIME]: this.payload,
      "image/svg+xml": this.svg,
      "text/plain": this.sentence,
    };
  }

  [inspect](): string {
    return this.sentence;
  }
}

/** A figure from its three forms, and what else shows it; the sentence is said of plotly's form too. */
export function figure(
  { data, layout }: FigurePayload,
  svg: string,
  sentence: string,
  more: Readonly<Record<string, unknown>> = {},
): Figure {
  const meta = { description: sentence };
  return new PlotlyFigure({ data, layout: { ...layout, meta } }, svg, sentence, more);
}

/** A plotly axis with its title. */
export function axis(title: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { title: { text: plotlyText(title) }, ...more };
}

/** A plotly layout with a title and margins that leave room for axis titles. */
export function layout(title: string, more: Record<string, unknown>): Record<string, unknown> {
  return { title: { text: plotlyText(title) }, margin: { l: 64, r: 24, t: 48, b: 56 }, ...more };
}
