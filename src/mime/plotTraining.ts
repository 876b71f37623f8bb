import { lineColours } from "./colour.js";
import { axis, type Figure, figure, layout } from "./figure.js";
import { linePath, plottedRange } from "./plotLines.js";
import { svgFigure, svgGrid } from "./svg.js";
import { type TrainingQuantity, trainingQuantities } from "./trainingQuantities.js";
import { type ShownRun, TRAINING_MIME, type TrainingNumbers, type TrainingPayload } from "./types.js";

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
  /** Seconds at which each state came, the last one last. */
  readonly history?: readonly number[];
}

/** A training among others: its trace, and when its states came. */
export interface TimedTrace {
  readonly trace: readonly TrainingEntry[];
  readonly history?: readonly number[];
}

/** Trainings by their names. */
export type Trainings = Readonly<Record<string, readonly TrainingEntry[] | TimedTrace>>;

/**
 * A training so far, or several beside each other: f, and accuracy, λ and the steps of conjugate gradients where the traces
 * have them, over the iterations or epochs, or over time; with the times of `onIteration` also how long it took, takes
 * still, and on what. Throws TypeError for what is no trace.
 *
 * @example
 * plot.training([{ f: 2, lambda: 1, cgIters: 0 }, { f: 0.5, lambda: 2 / 3, cgIters: 7 }], { seconds: 3, remaining: 20 })
 */
export function plotTraining(
  trainings: readonly TrainingEntry[] | Trainings,
  times: TrainingTimes = {},
): Figure {
  const runs = runsOf(trainings, times);
  const { title = "Training" } = times;
  const caption = wordsOf(times).join(", ");
  const head = runs.length === 1 ? `${title}: ${placeOf(runs[0])}` : `${title}: ${runs.length} trainings`;
  const lines = caption === "" ? [head] : [head, caption];
  const panels = panelsOf(runs);
  const own = { version: 1, title: head, caption, runs } satisfies TrainingPayload;
  return figure(
    payloadOf(panels, unitOf(runs), lines.join("<br>")),
    svgGrid(
      panels.map((panel, k) => svgOf(panel, unitOf(runs), k === 0 && runs.length > 1)),
      lines,
    ),
    sentenceOf(runs, title, caption),
    { [TRAINING_MIME]: own },
  );
}

function runsOf(trainings: readonly TrainingEntry[] | Trainings, { history }: TrainingTimes): ShownRun[] {
  if (Array.isArray(trainings)) return [runOf("", { trace: trainings, ...(history && { history }) })];
  const named = Object.entries((trainings ?? {}) as Trainings);
  if (named.length === 0) throw notATrace();
  return named.map(([name, run]) => runOf(name, isTimed(run) ? run : { trace: run }));
}

function isTimed(run: readonly TrainingEntry[] | TimedTrace): run is TimedTrace {
  return typeof run === "object" && run !== null && "trace" in run;
}

/** The record of a training; the last state came last, and of those that a checkpoint brought nobody knows when. */
function runOf(name: string, { trace, history }: TimedTrace): ShownRun {
  checkTrace(trace);
  const numbers = (of: (entry: TrainingEntry, k: number) => number | undefined): TrainingNumbers =>
    trace.map((entry, k) => finite(of(entry, k)));
  const known = trainingQuantities.filter(({ key }) => trace.some((entry) => entry[key] !== undefined));
  const seconds = history && numbers((_, k) => history[history.length - trace.length + k]);
  return {
    name,
    unit: trace[0].epoch === undefined ? "iteration" : "epoch",
    x: trace.map(({ epoch }, k) => epoch ?? k),
    ...(seconds && { seconds }),
    ...(Object.fromEntries(known.map(({ key }) => [key, numbers((entry) => entry[key])])) as {
      f: TrainingNumbers;
    }),
  };
}

function finite(x: number | undefined): number | null {
  return x !== undefined && Number.isFinite(x) ? x : null;
}

/** One quantity of all trainings that have it, each with its place among them. */
interface Panel {
  readonly title: string;
  readonly lines: readonly {
    readonly run: ShownRun;
    readonly y: TrainingNumbers;
    readonly colour: number;
  }[];
}

function panelsOf(runs: readonly ShownRun[]): Panel[] {
  return trainingQuantities.flatMap(({ key, title }) => {
    const lines = runs.flatMap((run, colour) => {
      const y = run[key];
      return y === undefined ? [] : [{ run, y, colour }];
    });
    return lines.length === 0 ? [] : [{ title, lines }];
  });
}

function unitOf(runs: readonly ShownRun[]): string {
  return [...new Set(runs.map(({ unit }) => unit))].join(" or ");
}

function placeOf({ unit, x }: ShownRun): string {
  return `${unit} ${x[x.length - 1]}`;
}

/** "Figure: Newton-CG: iteration 20, f(θ) 0.243, 3 s, CG 80 %." */
function sentenceOf(runs: readonly ShownRun[], title: string, caption: string): string {
  const of = (run: ShownRun): string => [placeOf(run), ...valuesOf(run)].join(", ");
  const said = runs.length === 1 ? of(runs[0]) : runs.map((run) => `${run.name} at ${of(run)}`).join("; ");
  return `Figure: ${title}: ${[said, ...(caption === "" ? [] : [caption])].join(", ")}.`;
}

function valuesOf(run: ShownRun): string[] {
  return trainingQuantities.flatMap(({ key, title }) => {
    const values: ShownRun[TrainingQuantity] = run[key];
    return values === undefined ? [] : [`${title} ${short(values[values.length - 1] ?? Number.NaN)}`];
  });
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

function svgOf({ title, lines }: Panel, unit: string, named: boolean): string {
  const drawn = lines.map(({ run, y, colour }) => ({
    ...{ x: run.x, y: y.map((value) => value ?? Number.NaN), name: run.name, colour },
  }));
  const frame = {
    ...{ title, width: 240, height: 150 },
    x: { title: unit, range: plottedRange(drawn.map(({ x }) => x)) },
    y: { title: "", range: plottedRange(drawn.map(({ y }) => y)) },
    ...(named && {
      legend: drawn.map(({ name, colour }) => ({ name, colour: lineColours[colour % lineColours.length] })),
    }),
  };
  return svgFigure(frame, (place) => drawn.map((line) => linePath(line, line.colour, place)).join(""));
}

function payloadOf(panels: readonly Panel[], unit: string, title: string): Figure["payload"] {
  const axisName = (k: number) => (k === 0 ? "" : String(k + 1));
  const several = panels[0].lines.length > 1;
  const data = panels.flatMap((panel, k) =>
    panel.lines.map(({ run, y, colour }) => ({
      ...{ type: "scatter", mode: "lines+markers", name: several ? run.name : panel.title },
      ...{ x: run.x, y, xaxis: `x${axisName(k)}`, yaxis: `y${axisName(k)}` },
      line: { color: lineColours[colour % lineColours.length] },
      ...(several && { showlegend: k === 0 }),
    })),
  );
  const axes = panels.flatMap((panel, k) => [
    [`xaxis${axisName(k)}`, axis(unit)],
    [`yaxis${axisName(k)}`, axis(panel.title)],
  ]);
  const rows = Math.ceil(panels.length / 2);
  const grid = { rows, columns: Math.min(2, panels.length), pattern: "independent", xgap: 0.2, ygap: 0.35 };
  const more = { ...Object.fromEntries(axes), grid, showlegend: several, height: 120 + 220 * rows };
  return { data, layout: { ...layout(title, more), margin: { l: 64, r: 24, t: 72, b: 56 } } };
}

/** Three digits are enough to follow. */
function short(x: number): string {
  return String(Number(x.toPrecision(3)));
}

function checkTrace(trace: readonly TrainingEntry[]): void {
  if (Array.isArray(trace) && trace.length > 0 && trace.every((entry) => typeof entry?.f === "number"))
    return;
  throw notATrace();
}

function notATrace(): TypeError {
  return new TypeError(
    "plot.training: needed a trace, a list of { f, … } with at least one entry, or such lists by name",
  );
}
