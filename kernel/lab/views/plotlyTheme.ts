/** A plotly template in the colours of the page: untouched, figures stay white in the dark theme. */

import { isDark } from "./theme.js";

type Colours = Record<"text" | "faint" | "line" | "ground" | "accent", string>;

/** Lines and markers, told apart in light and dark and by readers who see red and green alike. */
const lightColours = ["#1f6fb4", "#d9730d", "#2a8a57", "#b8437a", "#7356bf", "#8a6d1f", "#138a94", "#5f6b76"];
const darkColours = ["#6cb2f2", "#f5a04a", "#63c792", "#ef8bb8", "#b39cf0", "#d8b95a", "#5ecbd4", "#a9b5c0"];

/** Matrices from dark to bright, as pictures are, in a scale that keeps its order in grey print. */
const scaled = [{ colorscale: "Viridis", colorbar: { outlinewidth: 0, ticks: "" } }];
const colourScales = Object.fromEntries(
  ["heatmap", "contour", "surface", "histogram2d", "histogram2dcontour"].map((type) => [type, scaled]),
);

/** The layout with our template: what the figure itself says of colours wins, what its own template says does not. */
export function themed(layout: Record<string, unknown>): Record<string, unknown> {
  const own = layout.template as { data?: Record<string, unknown> } | undefined;
  return {
    autosize: true,
    height: 420,
    uirevision: "philab",
    margin: { t: layout.title ? 56 : 24, r: 24, b: 56, l: 64 },
    ...layout,
    template: { data: { ...colourScales, ...own?.data }, layout: templateLayout(pageColours(), isDark()) },
  };
}

function pageColours(): Colours {
  const style = getComputedStyle(document.body);
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  const dark = isDark();
  return {
    text: read("--jp-content-font-color1", dark ? "#e8e8e8" : "#212121"),
    faint: read("--jp-border-color2", dark ? "#424242" : "#e0e0e0"),
    line: read("--jp-border-color1", dark ? "#757575" : "#bdbdbd"),
    ground: read("--jp-layout-color1", dark ? "#111111" : "#ffffff"),
    accent: read("--jp-brand-color1", "#1976d2"),
  };
}

function templateLayout(
  { text, faint, line, ground, accent }: Colours,
  dark: boolean,
): Record<string, unknown> {
  const axis = { gridcolor: faint, linecolor: line, zerolinecolor: line, tickcolor: line, automargin: true };
  const scene = { ...axis, backgroundcolor: "rgba(0,0,0,0)", showbackground: false };
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: {
      color: text,
      family: "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
      size: 13,
    },
    title: { font: { size: 16 }, x: 0.02, xanchor: "left" },
    colorway: dark ? darkColours : lightColours,
    colorscale: { sequential: "Viridis", sequentialminus: "Viridis", diverging: "RdBu" },
    xaxis: { ...axis, title: { standoff: 10 } },
    yaxis: { ...axis, title: { standoff: 10 } },
    scene: { xaxis: scene, yaxis: scene, zaxis: scene },
    hoverlabel: { bgcolor: ground, bordercolor: line, font: { color: text } },
    legend: { bgcolor: "rgba(0,0,0,0)" },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: line, activecolor: accent },
  };
}
