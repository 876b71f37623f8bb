/** A function with sliders for its arguments, its value shown anew whenever one moves. */
import { randomUUID } from "node:crypto";
import { bundleOf } from "./bundle.js";
import { display } from "./display.js";
import { failureOf } from "./failure.js";
import { guarded } from "./guarded.js";
import { OutputPlace } from "./outputPlace.js";
import { type OpenSlider, openSlider, type SliderOptions } from "./widgets.js";

/** Arguments by name: the range of each. */
export type Ranges<Names extends string> = Readonly<Record<Names, SliderOptions>>;

/**
 * Shows a slider for each argument and below them what `f` returns, as the last expression of a cell would show; a
 * value that a slider passes while `f` still runs is skipped.
 */
export function interact<Names extends string>(
  f: (values: Record<Names, number>) => unknown,
  ranges: Ranges<Names>,
): void {
  const names = Object.keys(ranges) as Names[];
  const opened = names.map((name) => [name, openSlider({ label: name, ...ranges[name] })]);
  const sliders = Object.fromEntries(opened) as Record<Names, OpenSlider>;
  const drawing = new Drawing(f, sliders);
  drawing.show();
  const place = new OutputPlace(); // for what f prints
  for (const name of names) sliders[name].listen(() => drawing.redraw(), place);
}

/** What `f` returns at the sliders' values, shown in one place. */
class Drawing<Names extends string> {
  readonly #display = { display_id: randomUUID() };
  readonly #f: (values: Record<Names, number>) => unknown;
  readonly #sliders: Readonly<Record<Names, OpenSlider>>;
  #isBusy = false;
  #isStale = false;

  constructor(f: (values: Record<Names, number>) => unknown, sliders: Readonly<Record<Names, OpenSlider>>) {
    this.#f = f;
    this.#sliders = sliders;
  }

  show(): void {
    display({ [Symbol.for("Jupyter.display")]: () => this.#outcome() }, this.#display);
  }

  /** Draws the values of now, and again while they have moved meanwhile. */
  async redraw(): Promise<void> {
    this.#isStale = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    while (this.#isStale) {
      this.#isStale = false;
      display(await this.#outcome(), { ...this.#display, raw: true, update: true });
    }
    this.#isBusy = false;
  }

  #outcome(): Promise<Record<string, unknown>> {
    const values = Object.entries<OpenSlider>(this.#sliders).map(([name, { value }]) => [name, value]);
    return outcome(this.#f, Object.fromEntries(values) as Record<Names, number>);
  }
}

/** The bundle of what f returns, or of the error it throws: the next value may go well. */
async function outcome<Values>(
  f: (values: Values) => unknown,
  values: Values,
): Promise<Record<string, unknown>> {
  try {
    const value = await guarded(() => f(values)); // interrupted, it throws here, and the next value may come
    return value === undefined ? { "text/plain": "" } : await bundleOf(value);
  } catch (error) {
    return { "text/plain": failureOf(error).traceback.join("\n") };
  }
}
