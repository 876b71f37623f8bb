/** A function with sliders for its arguments, its value shown anew whenever one moves. */
import { randomUUID } from "node:crypto";
import { bundleOf } from "./bundle.js";
import { display } from "./display.js";
import { failureOf } from "./failure.js";
import { guarded } from "./guarded.js";
import { newPlace } from "./outputPlace.js";
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
  const display_id = randomUUID();
  const names = Object.keys(ranges) as Names[];
  const sliders = Object.fromEntries(
    names.map((name) => [name, openSlider({ label: name, ...ranges[name] })]),
  ) as Record<Names, OpenSlider>;
  const values = (): Record<Names, number> =>
    Object.fromEntries(names.map((name) => [name, sliders[name].value])) as Record<Names, number>;
  let [isBusy, isStale] = [false, false];

  async function redraw(): Promise<void> {
    isStale = true;
    if (isBusy) return;
    isBusy = true;
    while (isStale) {
      isStale = false;
      await draw(true);
    }
    isBusy = false;
  }

  async function draw(update: boolean): Promise<void> {
    display(await outcome(f, values()), { raw: true, display_id, update });
  }

  display({ [Symbol.for("Jupyter.display")]: () => outcome(f, values()) }, { display_id });
  const place = newPlace(); // for what f prints
  for (const name of names) sliders[name].listen(redraw, place);
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
