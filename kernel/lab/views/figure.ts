/** The view of a plotly figure: drawn in the page's colours, drawn anew when they change, gone when disposed. */

import type { Cleanup, ViewModule } from "./contract.js";
import { element } from "./element.js";
import { figureSentence, fitted } from "./figureLook.js";
import { readFigure } from "./figurePayload.js";
import type { Plotly } from "./plotly.js";
import { themed } from "./plotlyTheme.js";
import { showProblem } from "./problem.js";
import { isDark, onThemeChange } from "./theme.js";

/** Nothing is sent anywhere, no typesetter follows \href, and the page's own resizing is ours. */
const config = {
  displaylogo: false,
  typesetMath: false,
  plotlyServerURL: "",
  modeBarButtonsToRemove: ["sendChartToCloud"],
  responsive: false,
};

/** What a figure leaves behind in the page. */
interface ShownFigure {
  /** Draws another figure in the same place, without starting anew. */
  update(payload: unknown): Promise<void>;
  dispose(): void;
}

/** Shows a FigurePayload with the plotly that `load` brings. */
export function figureModule(load: () => Promise<Plotly>): ViewModule {
  return {
    async render({ model, el }): Promise<Cleanup> {
      const shown = await showFigure(el, model.get("payload"), load);
      const update = (): void => void shown.update(model.get("payload"));
      model.on("change:payload", update);
      return () => {
        model.off("change:payload", update);
        shown.dispose();
      };
    },
  };
}

/** Fills `host` with a FigurePayload, or with the reason why it cannot be shown. */
export async function showFigure(
  host: HTMLElement,
  payload: unknown,
  load: () => Promise<Plotly>,
): Promise<ShownFigure> {
  const drawing = new AbortController();
  const plot = element("div", { class: "philab-figure-plot", role: "img" });
  const notes = element("div", { class: "philab-notes" });
  let plotly: Plotly | undefined;
  let draw: () => Promise<unknown> = async () => {};

  const update = async (next: unknown): Promise<void> => {
    try {
      const figure = readFigure(next);
      plotly ??= await load();
      const library = plotly;
      // The view may have been disposed of meanwhile.
      if (drawing.signal.aborted) return;
      draw = () => {
        const { data, layout } = fitted(figure, plot.clientWidth, isDark());
        return library.react(plot, copy(data), themed(copy(layout)), config);
      };
      plot.setAttribute("aria-label", figureSentence(figure));
      host.replaceChildren(plot, notes);
      await draw();
      notes.replaceChildren(...figure.notes.map((note) => element("p", { class: "philab-note" }, note)));
    } catch (reason) {
      if (!drawing.signal.aborted) showProblem(host, reason, next);
    }
  };
  const dispose = (): void => {
    drawing.abort();
    plotly?.purge(plot);
    host.replaceChildren();
  };
  onThemeChange(drawing.signal, () => void draw());
  onResize(drawing.signal, plot, () => void draw().then(() => plotly?.Plots.resize(plot)));
  await update(payload);
  return { update, dispose };
}

/** plotly writes into what it is given; typed arrays and lists of numbers, which it only reads, are shared. */
function copy<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) {
    return (
      value.some((item) => typeof item === "object" && item !== null) ? value.map(copy) : value
    ) as Value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item)])) as Value;
}

function onResize(signal: AbortSignal, node: HTMLElement, resized: () => void): void {
  let width = 0;
  const observer = new ResizeObserver(() => {
    // Plots in hidden tabs have no width: they are drawn to size when they are seen.
    if (node.clientWidth === 0 || node.clientWidth === width || !node.isConnected) return;
    width = node.clientWidth;
    resized();
  });
  observer.observe(node);
  signal.addEventListener("abort", () => observer.disconnect());
}
