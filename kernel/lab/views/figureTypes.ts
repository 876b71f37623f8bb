/** Which traces are drawn, what of a figure is left out before that, and what its buttons may change. */

/** Traces that draw with what the figure brings; maps fetch tiles and outlines from the network. */
export const traceTypes: ReadonlySet<string> = new Set(
  (
    "scatter scattergl bar histogram histogram2d histogram2dcontour heatmap contour box violin pie image table funnel " +
    "waterfall candlestick ohlc scatter3d surface mesh3d scatterpolar barpolar indicator"
  ).split(" "),
);

/** What a trace is when it says nothing, so that no template says it. */
const usual = "scatter";

/** Whether a figure may have this as a trace's type. */
export function isTraceType(type: unknown): boolean {
  return typeof type === "string" && traceTypes.has(type);
}

/** The trace with its type written down, or undefined where it is none that is drawn. */
export function typedTrace(trace: Record<string, unknown>): Record<string, unknown> | undefined {
  const { type = usual } = trace;
  return isTraceType(type) ? { ...trace, type } : undefined;
}

/**
 * Buttons and sliders change a figure by words that plotly reads as paths. Only such stay as change how something looks:
 * what adds pictures, traces or maps stands under none of these.
 */
const changeable =
  /^(?:visible|opacity|mode|type|name|showlegend|colorscale|reversescale|autocolorscale|showscale|zmin|zmax|zauto|cmin|cmax|hoverinfo|orientation|barmode|barnorm|hovermode|title|title\.text|(?:line|marker|textfont|font)\.(?:color|width|dash|shape|size|symbol|opacity|colorscale)|[xyz]axis\d?\.(?:type|range|range\[[01]\]|autorange|visible|title|title\.text|showgrid|tickangle)|scene\d?\.camera|annotations\[\d+\]\.(?:visible|text)|shapes\[\d+\]\.visible|x|y|z)$/;

/** The words of a button or of a slider's step that may do what it says; undefined where it says something else. */
export function safeArguments(method: unknown, args: unknown): unknown[] | undefined {
  if (method === "skip") return [];
  if (!Array.isArray(args) || args.length > 3) return undefined;
  if (method === "restyle" || method === "relayout") {
    const [what, value, ...traces] = args;
    const change = typeof what === "string" ? { [what]: value } : what;
    const which = typeof what === "string" ? traces : [value, ...traces].filter((one) => one !== undefined);
    return isChange(change) && areIndices(which) ? [change, ...which] : undefined;
  }
  if (method !== "update") return undefined;
  const [restyle = {}, relayout = {}, ...which] = args;
  return isChange(restyle) && isChange(relayout) && areIndices(which)
    ? [restyle, relayout, ...which]
    : undefined;
}

function isChange(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([path, to]) => changeable.test(path) && (path !== "type" || [to].flat().every(isTraceType)),
  );
}

function areIndices(which: readonly unknown[]): boolean {
  return which.flat().every((one) => one === null || Number.isInteger(one));
}
