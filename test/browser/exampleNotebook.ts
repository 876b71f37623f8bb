/** A notebook whose outputs are stored: what the plugin shows of them does not depend on a kernel. */

import { PHI_MIME, type PhiPayload, PLOTLY_MIME } from "../../src/mime/types.js";

let cellCount = 0;

/** A notebook of stored outputs, each beside the cell that could have made it. */
export function exampleNotebook(): Record<string, unknown> {
  const cells = [
    markdown("# Outputs of philab\nStored figures and explorers, as the plugin shows them."),
    code("trainingCurve", { [PLOTLY_MIME]: curve, "text/plain": "figure: loss by iteration" }),
    code("phi(hand)", { [PHI_MIME]: handImage, "text/plain": "phi(Z): 18 × 6" }),
    code("phi(padded)", { [PHI_MIME]: paddedImage, "text/plain": "phi(pad(Z)): 9 × 12" }),
    code("phi(digit)", { [PHI_MIME]: digit, "text/plain": "phi(Z): 25 × 576" }),
    code("phi(photograph)", { [PHI_MIME]: photograph, "text/plain": "phi(Z): 192 × 1,271" }),
    code("heat", { [PLOTLY_MIME]: heat, "text/plain": "figure: P_phi" }),
    code("hostile", { [PLOTLY_MIME]: hostile, "text/plain": "figure: hostile text" }),
    code("broken", { [PHI_MIME]: { version: 1, a: 2, b: 2, d: 1, h: 3 }, "text/plain": "broken" }),
  ];
  return notebook(cells);
}

/** A notebook of stored outputs: the source of each cell, and what it shows. */
export function outputsNotebook(bundles: Record<string, Record<string, unknown>>): Record<string, unknown> {
  return notebook(Object.entries(bundles).map(([source, data]) => code(source, data)));
}

function notebook(cells: readonly unknown[]): Record<string, unknown> {
  const kernelspec = { name: "philab", display_name: "TypeScript (philab)", language: "typescript" };
  return { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
}

function markdown(source: string): Record<string, unknown> {
  return { cell_type: "markdown", id: `cell-${++cellCount}`, metadata: {}, source };
}

function code(source: string, data: Record<string, unknown>): Record<string, unknown> {
  const output = { output_type: "execute_result", execution_count: 1, metadata: {}, data };
  return { ...live(source), execution_count: 1, outputs: [output] };
}

/** A cell that has not run yet. */
function live(source: string): Record<string, unknown> {
  const id = `cell-${++cellCount}`;
  return { cell_type: "code", id, metadata: {}, execution_count: null, source, outputs: [] };
}

/** A payload over vec(Z), the channel fastest; `value` is asked for row i, column j, channel c, counted from 0. */
function payload(
  size: Omit<PhiPayload, "version" | "z">,
  value: (i: number, j: number, c: number) => number,
): PhiPayload {
  const z: number[] = [];
  for (let j = 0; j < size.b; j++) {
    for (let i = 0; i < size.a; i++) for (let c = 0; c < size.d; c++) z.push(value(i, j, c));
  }
  const base64 = Buffer.from(new Float64Array(z).buffer).toString("base64");
  return { version: 1, ...size, z: { dtype: "float64", base64 } };
}

const handImage = payload(
  { a: 5, b: 7, d: 2, h: 3, s: 2, pad: 0 },
  (i, j, c) => (i + 1) * 10 + (j + 1) + 100 * c,
);
const paddedImage = payload({ a: 4, b: 3, d: 1, h: 3, s: 1, pad: 1 }, (i, j) => ((i * 3 + j * 5) % 11) / 10);
const digit = payload({ a: 28, b: 28, d: 1, h: 5, s: 1, pad: 0 }, (i, j) => {
  const ring = Math.abs(Math.hypot(i - 14, (j - 14) * 1.3) - 8);
  return Math.round(255 * Math.max(0, 1 - ring / 2.5));
});
const photograph = payload({ a: 128, b: 168, d: 3, h: 8, s: 4, pad: 0 }, (i, j, c) => {
  const sky = [0.45, 0.65, 0.9][c] * (1 - i / 260);
  const hill = [0.25, 0.5, 0.2][c] + 0.1 * Math.sin(j / 5 + i / 9);
  return Math.max(0, Math.min(1, i < 70 + 22 * Math.sin(j / 24) ? sky : hill));
});

const iterations = Array.from({ length: 40 }, (_, k) => k);
const curve = {
  data: [
    {
      type: "scatter",
      mode: "lines+markers",
      name: "Newton",
      x: iterations,
      y: iterations.map((k) => 2.3 * Math.exp(-k / 6)),
    },
    {
      type: "scatter",
      mode: "lines",
      name: "SGD",
      x: iterations,
      y: iterations.map((k) => (k === 12 ? null : 2.3 / (1 + k / 8))),
    },
  ],
  layout: {
    title: { text: "Objective f(θ) by iteration" },
    xaxis: { title: { text: "iteration" } },
    yaxis: { title: { text: "f(θ)" }, type: "log" },
  },
};

const heat = {
  data: [
    {
      type: "heatmap",
      z: Array.from({ length: 30 }, (_, r) => iterations.map((c) => Math.sin(r / 4) * Math.cos(c / 5))),
      colorbar: { title: { text: "value" } },
    },
  ],
  layout: {
    title: { text: "W φ(Z), one filter" },
    xaxis: { title: { text: "column q" } },
    yaxis: { title: { text: "row p" }, autorange: "reversed" },
  },
};

const trap = "<img src=x onerror='window.trapped=1'><script>window.trapped=1</script>";
const hostile = {
  data: [
    {
      type: "bar",
      name: trap,
      x: [trap, '<a href="javascript:window.trapped=1">x</a>', "$\\href{javascript:window.trapped=1}{x}$"],
      y: [1, 2, 3],
      text: [trap, trap, trap],
    },
  ],
  layout: {
    title: { text: trap },
    xaxis: { title: { text: "<a href='JaVaScRiPt:window.trapped=1'>category</a>" } },
    yaxis: { title: { text: "count" } },
    images: [{ source: "https://example.org/tracker.png", x: 0, y: 1, sizex: 1, sizey: 1 }],
    showlegend: true,
  },
};

/** Two cells for the kernel: a figure and an explorer of what it computed. */
export const liveNotebook: Record<string, unknown> = notebook([
  live(
    "const shape = convShape({ a: 5, b: 4, d: 1, h: 3 });\nconst Z = matrix(1, 20, Array.from({ length: 20 }, (_, k) => k));",
  ),
  live('plot.heatmap(phi(Z, shape), { title: "φ(Z)", x: "output place", y: "row" })'),
  live("explorePhi(Z, shape)"),
]);
