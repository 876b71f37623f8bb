import { lineColours } from "./colour.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { linePath, plottedRange } from "./plotLines.js";
import { svgFigure, svgGrid } from "./svg.js";

/** What a picture of a training needs of an entry of its trace; newton's, sgd's and adam's have it. */
export interface TrainingEntry {
  readonly f: number;
  readonly accuracy?: number;
  readonly lambda?: number;
  readonly cgIters?: number;
  readonly epoch?: number;
}

/** How the time goes, as `onIteration` is told; nothing is said of it where it is left out. */
export interface TrainingTimes {
  readonly title?: string;
  /** Since the training began. */
  readonly seconds?: number;
  /** What is left. */
  readonly remaining?: number | undefined;
  /** Seconds by what they were spent on. */
  readonly parts?: Readonly<Record<string, number>>;
}

/** One quantity over the iterations. */
interface Panel {
  readonly title: string;
  readonly y: readonly number[];
}

/**
 * A training so far: f, and accuracy, λ and the steps of conjugate gradients where the trace has them, over the
 * iterations or epochs; with the times of `onIteration` also how long it took, takes still, and on what. Throws TypeError
 * for what is no trace.
 *
 * @example
 * plot.training([{ f: 2, lambda: 1, cgIters: 0 }, { f: 0.5, lambda: 2 / 3, cgIters: 7 }], { seconds: 3, remaining: 20 })
 */
export function plotTraining(trace: readonly TrainingEntry[], times: TrainingTimes = {}): Figure {
  checkTrace(trace);
  const panels = panelsOf(trace);
  const x = trace.map(({ epoch }, k) => epoch ?? k);
  const unit = trace[0].epoch === undefined ? "iteration" : "epoch";
  const { title = "Training" } = times;
  const said = [...panels.map(({ title, y }) => `${title} ${short(y[y.length - 1])}`), ...wordsOf(times)];
  const head = `${title}: ${unit} ${x[x.length - 1]}`;
  const caption = said.slice(panels.length).join(", ");
  return figure(
    payloadOf(panels, x, unit, caption === "" ? head : `${head}<br>${caption}`),
    svgGrid(
      panels.map((panel) => svgOf(panel, x, unit)),
      caption === "" ? [head] : [head, caption],
    ),
    `Figure: ${head}, ${said.join(", ")}.`,
  );
}

function panelsOf(trace: readonly TrainingEntry[]): Panel[] {
  const panel = (title: string, of: (entry: TrainingEntry) => number | undefined): Panel[] =>
    trace.some((entry) => of(entry) !== undefined)
      ? [{ title, y: trace.map((entry) => of(entry) ?? Number.NaN) }]
      : [];
  return [
    ...panel("f(θ)", ({ f }) => f),
    ...panel("accuracy", ({ accuracy }) => accuracy),
    ...panel("λ", ({ lambda }) => lambda),
    ...panel("CG steps", ({ cgIters }) => cgIters),
  ];
}

/** "3.2 s, 12 s left, CG 80 %, gradient 15 %": of a part only where it is a hundredth or more. */
function wordsOf({ seconds, remaining, parts = {} }: TrainingTimes): string[] {
  if (seconds === undefined) return [];
  const spent = Object.values(parts).reduce((sum, x) => sum + x, 0);
  const shares = Object.entries(parts)
    .map(([name, x]) => [name, Math.round((100 * x) / spent)] as const)
    .filter(([, share]) => share >= 1)
    .sort(([, one], [, other]) => other - one);
  return [
    `${short(seconds)} s`,
    ...(remaining === undefined ? [] : [`${short(remaining)} s left`]),
    ...shares.map(([name, share]) => `${name} ${share} %`),
  ];
}

function svgOf({ title, y }: Panel, x: readonly number[], unit: string): string {
  const frame = {
    ...{ title, width: 240, height: 150 },
    x: { title: unit, range: plottedRange([x]) },
    y: { title: "", range: plottedRange([y]) },
  };
  return svgFigure(frame, (place) => linePath({ x, y }, 0, place));
}

function payloadOf(
  panels: readonly Panel[],
  x: readonly number[],
  unit: string,
  title: string,
): Figure["payload"] {
  const name = (k: number) => (k === 0 ? "" : String(k + 1));
  const data = panels.map(({ title, y }, k) => ({
    ...{ type: "scatter", mode: "lines+markers", name: title, x, xaxis: `x${name(k)}`, yaxis: `y${name(k)}` },
    ...{ y: y.map((value) => (Number.isFinite(value) ? value : null)), line: { color: lineColours[0] } },
  }));
  const axes = panels.flatMap((panel, k) => [
    [`xaxis${name(k)}`, axis(unit)],
    [`yaxis${name(k)}`, axis(panel.title)],
  ]);
  const rows = Math.ceil(panels.length / 2);
  const grid = { rows, columns: Math.min(2, panels.length), pattern: "independent", xgap: 0.2, ygap: 0.35 };
  const more = { ...Object.fromEntries(axes), grid, showlegend: false, height: 120 + 220 * rows };
  return { data, layout: { ...layout(title, more), margin: { l: 64, r: 24, t: 72, b: 56 } } };
}

/** Three digits are enough to follow. */
function short(x: number): string {
  return String(Number(x.toPrecision(3)));
}

function checkTrace(trace: readonly TrainingEntry[]): void {
  if (Array.isArray(trace) && trace.length > 0 && trace.every((entry) => typeof entry?.f === "number"))
    return;
  throw new TypeError("plot.training: needed a trace, a list of { f, … } with at least one entry");
}
