/** Trainings as they go: one small plot for each quantity, all over the same axis, and beside them the numbers of a state. */

import { darkLineColours, lineColours } from "../../../src/mime/colour.js";
import { type TrainingQuantity, trainingQuantities } from "../../../src/mime/trainingQuantities.js";
import { threeDigits } from "../../../src/mime/written.js";
import type { Cleanup, ViewModule } from "./contract.js";
import { element } from "./element.js";
import { type LinePanel, linePanel, nearest, type PanelLine } from "./linePanel.js";
import { showProblem } from "./problem.js";
import { readTraining, type ShownTraining, type TrainingModel } from "./readTraining.js";
import { rangeSlider } from "./slider.js";
import { isDark, onThemeChange } from "./theme.js";

/** Shows a TrainingPayload; while the training goes on, its next states are drawn into the same panels. */
const view: ViewModule = {
  render({ model, el }): Cleanup {
    const gone = new AbortController();
    let desk: TrainingDesk | undefined;
    const draw = (): void => {
      const payload = model.get("payload");
      try {
        const training = readTraining(payload);
        if (!desk?.isIn(el)) desk = new TrainingDesk(el);
        desk.show(training);
      } catch (reason) {
        showProblem(el, reason, payload);
      }
    };
    model.on("change:payload", draw);
    onThemeChange(gone.signal, draw);
    draw();
    return () => {
      gone.abort();
      model.off("change:payload", draw);
      el.replaceChildren();
    };
  },
};

export default view;

/** The panels, what the reader has chosen, and the trainings that are shown. */
class TrainingDesk {
  readonly #box = element("div", { class: "philab-training" });
  readonly #title = element("h4", { class: "philab-training-title" });
  readonly #caption = element("p", { class: "philab-note" });
  readonly #names = element("div", { class: "philab-runs", role: "group", "aria-label": "Trainings" });
  readonly #panels = new Map<string, LinePanel>();
  readonly #grid = element("div", { class: "philab-training-panels" });
  readonly #said = element("p", { class: "philab-status", role: "status" });
  readonly #overTime = tick("over time", () => this.#draw());
  readonly #logarithms = tick("f and λ in powers of ten", () => this.#draw());
  readonly #step = rangeSlider("state", { value: 0, least: 0, greatest: 0 }, (k) => this.#choose(k));
  readonly #hidden = new Set<string>();
  #model: TrainingModel | undefined;
  #isFollowing = true;

  constructor(el: HTMLElement) {
    const controls = [this.#step.node, this.#overTime.node, this.#logarithms.node];
    this.#box.append(
      element("div", { class: "philab-training-head" }, this.#title, this.#names),
      this.#caption,
      element("div", { class: "philab-sliders" }, ...controls),
      this.#grid,
      this.#said,
    );
    el.replaceChildren(this.#box);
  }

  isIn(el: HTMLElement): boolean {
    return this.#box.parentElement === el;
  }

  /** The trainings as they stand now; whoever looked at the last state goes on looking at the last one. */
  show(model: TrainingModel): void {
    if (this.#model === undefined) this.#logarithms.input.checked = model.runs.some(spansDecades);
    this.#model = model;
    this.#title.textContent = model.title;
    this.#caption.textContent = model.caption;
    this.#overTime.node.hidden = !model.runs.every(({ seconds }) => seconds !== undefined);
    if (this.#overTime.node.hidden) this.#overTime.input.checked = false;
    const last = Math.max(...model.runs.map(({ x }) => x.length)) - 1;
    this.#step.set(this.#isFollowing ? last : Math.min(this.#step.value, last), 0, last);
    this.#nameRuns(model);
    this.#draw();
  }

  #nameRuns({ runs }: TrainingModel): void {
    const wanted = runs.length > 1 ? runs.map(({ name }) => name) : [];
    const there = [...this.#names.children].map((node) => (node as HTMLElement).dataset.name);
    if (wanted.join("\n") !== there.join("\n"))
      this.#names.replaceChildren(...wanted.map((name) => this.#nameButton(name)));
    for (const [k, node] of [...this.#names.children].entries())
      (node as HTMLElement).style.setProperty("--philab-run", colourOf(k));
  }

  #nameButton(name: string): HTMLElement {
    const look = { type: "button", class: "philab-button philab-run", "data-name": name };
    const node = element("button", { ...look, "aria-pressed": "true" }, name);
    node.addEventListener("click", () => {
      if (!this.#hidden.delete(name)) this.#hidden.add(name);
      node.setAttribute("aria-pressed", String(!this.#hidden.has(name)));
      this.#draw();
    });
    return node;
  }

  /** The trainings that are shown, each with its place among all. */
  get #shown(): { readonly run: ShownTraining; readonly k: number }[] {
    const runs = this.#model?.runs ?? [];
    return runs.map((run, k) => ({ run, k })).filter(({ run }) => !this.#hidden.has(run.name));
  }

  #draw(): void {
    const shown = this.#shown;
    for (const { key, title } of trainingQuantities) {
      const lines = shown.flatMap(({ run, k }): PanelLine[] => {
        const y = run.values[key];
        return y === undefined ? [] : [{ x: this.#axis(run), y, colour: colourOf(k) }];
      });
      const isThere = (this.#model?.runs ?? []).some(({ values }) => values[key] !== undefined);
      const panel = this.#panels.get(key) ?? (isThere ? this.#newPanel(key) : undefined);
      const isLogarithmic = this.#logarithms.input.checked && (key === "f" || key === "lambda");
      panel?.draw({
        title,
        x: this.#axisName(shown),
        lines,
        isLogarithmic,
        label: labelOf(title, shown, key),
      });
    }
    this.#tell();
  }

  #newPanel(key: string): LinePanel {
    const panel = linePanel();
    this.#panels.set(key, panel);
    this.#grid.append(panel.node);
    panel.node.addEventListener("pointermove", (event) => this.#pointAt(panel.under(event)));
    return panel;
  }

  #axis(run: ShownTraining): Float64Array {
    return this.#overTime.input.checked && run.seconds ? run.seconds : run.x;
  }

  #axisName(shown: readonly { readonly run: ShownTraining }[]): string {
    if (this.#overTime.input.checked) return "seconds";
    return [...new Set(shown.map(({ run }) => run.unit))].join(" or ");
  }

  /** The state of the longest training that lies next to where one points. */
  #pointAt(x: number): void {
    const longest = longestOf(this.#shown);
    if (longest === undefined) return;
    const k = nearest(this.#axis(longest), x);
    this.#step.set(k, 0, longest.x.length - 1);
    this.#choose(k);
  }

  #choose(k: number): void {
    this.#isFollowing = k === (longestOf(this.#shown)?.x.length ?? 0) - 1;
    this.#tell();
  }

  /** The numbers of the chosen state, in words; its place in each panel. */
  #tell(): void {
    const longest = longestOf(this.#shown);
    const axis = longest && this.#axis(longest);
    const x = axis?.[Math.min(this.#step.value, axis.length - 1)];
    for (const panel of this.#panels.values()) panel.mark(x);
    this.#said.replaceChildren(
      ...(x === undefined
        ? ["No training is chosen."]
        : this.#shown.map(({ run, k }) => this.#stateOf(run, k, x))),
    );
  }

  #stateOf(run: ShownTraining, colour: number, x: number): HTMLElement {
    const k = nearest(this.#axis(run), x);
    const values = trainingQuantities.flatMap(({ key, title }) => {
      const y = run.values[key];
      return y === undefined ? [] : [`${title} ${threeDigits(y[k])}`];
    });
    const time =
      run.seconds && Number.isFinite(run.seconds[k]) ? [`after ${threeDigits(run.seconds[k])} s`] : [];
    const words = [`${run.unit} ${run.x[k]}`, ...time, ...values].join(", ");
    const line = element(
      "span",
      { class: "philab-said-run" },
      run.name === "" ? words : `${run.name}: ${words}`,
    );
    if (run.name !== "") line.style.setProperty("--philab-run", colourOf(colour));
    return line;
  }
}

function longestOf(shown: readonly { readonly run: ShownTraining }[]): ShownTraining | undefined {
  return shown.map(({ run }) => run).sort((one, other) => other.x.length - one.x.length)[0];
}

/** A tick box with its name. */
function tick(
  name: string,
  changed: () => void,
): { readonly node: HTMLElement; readonly input: HTMLInputElement } {
  const input = element("input", { type: "checkbox" });
  input.addEventListener("change", changed);
  return { node: element("label", { class: "philab-tick" }, input, ` ${name}`), input };
}

function colourOf(k: number): string {
  const colours = isDark() ? darkLineColours : lineColours;
  return colours[k % colours.length];
}

/** Whether f covers so much that a linear axis would show its beginning alone. */
function spansDecades({ values: { f } }: ShownTraining): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of f ?? [])
    if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return least > 0 && most > 20 * least;
}

/** "f(θ): Newton-CG from 59.5 to 0.243; Adam from 3 to 0.4" */
function labelOf(
  title: string,
  shown: readonly { readonly run: ShownTraining }[],
  key: TrainingQuantity,
): string {
  const courses = shown.flatMap(({ run: { name, values } }) => {
    const y = values[key]?.filter(Number.isFinite);
    if (y === undefined || y.length === 0) return [];
    return [`${name} from ${threeDigits(y[0])} to ${threeDigits(y[y.length - 1])}`.trim()];
  });
  return `${title}: ${courses.join("; ") || "nothing is known"}`;
}
