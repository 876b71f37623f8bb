/** Sliders in the page, over the ipywidgets protocol: JupyterLab's stock widgets show them (jupyterlab_widgets). */
import type { Comm } from "./comms.js";
import { OutputPlace } from "./outputPlace.js";
import { base, controls, model, reference, type State, showView } from "./widgetModels.js";

export interface SliderOptions {
  readonly min: number;
  readonly max: number;
  /** The first value; min where it is left out. */
  readonly value?: number;
  /** The distance of two values: 1 when all others are whole numbers, else a hundredth of the range. */
  readonly step?: number;
  readonly label?: string;
}

/** A number in the page and here. */
export interface Slider {
  /** Where it stands; assigning moves it in the page. */
  value: number;
  /** Called with each new value that the page sends; what it shows replaces what it showed before. */
  onChange(handler: (value: number) => unknown): void;
}

/**
 * Shows a slider and calls `onChange` with every value it is moved to. Throws RangeError when the range is empty or
 * the value lies outside.
 */
export function slider(options: SliderOptions, onChange?: (value: number) => unknown): Slider {
  const shown = openSlider(options);
  const made: Slider = {
    get value() {
      return shown.value;
    },
    set value(value) {
      shown.value = value;
    },
    onChange: (handler) => shown.listen(handler, new OutputPlace()),
  };
  if (onChange) made.onChange(onChange);
  return made;
}

/** Shows a slider. Throws RangeError as `slider` does. */
export function openSlider(options: SliderOptions): OpenSlider {
  const { min, max, value = min, label = "" } = options;
  check({ min, max, value });
  const step = options.step ?? ([min, max, value].every(Number.isInteger) ? 1 : (max - min) / 100);
  const isWhole = [min, max, value, step].every(Number.isInteger);
  const layout = model(base("LayoutModel"), base("LayoutView"), {});
  const style = model(controls("SliderStyleModel"), base("StyleView"), { description_width: "" });
  const kind = isWhole ? "IntSlider" : "FloatSlider";
  const state = {
    min,
    max,
    value,
    step,
    description: label,
    layout: reference(layout),
    style: reference(style),
    readout_format: isWhole ? "d" : ".3g",
    continuous_update: true,
  };
  const comm = model(controls(`${kind}Model`), controls(`${kind}View`), state);
  const text = `${kind}(value=${value}, min=${min}, max=${max}${label === "" ? "" : `, label=${label}`})`;
  showView(comm, text);
  return new OpenSlider(comm, value);
}

function check({ min, max, value }: { min: number; max: number; value: number }): void {
  for (const [name, each] of Object.entries({ min, max, value })) {
    if (!Number.isFinite(each)) throw new RangeError(`slider: ${name} = ${each}; needed a finite number`);
  }
  if (min >= max) throw new RangeError(`slider: min = ${min}, max = ${max}; needed min < max`);
  if (value < min || value > max)
    throw new RangeError(`slider: value = ${value}; needed from ${min} to ${max}`);
}

/** A slider that is shown; its handlers are told where their outputs are to go. */
export class OpenSlider {
  readonly #comm: Comm;
  readonly #handlers: { readonly handler: (value: number) => unknown; readonly place: OutputPlace }[] = [];
  #value: number;

  constructor(comm: Comm, first: number) {
    this.#comm = comm;
    this.#value = first;
    comm.onMessage(({ data, id }) => this.#moved(data, id));
  }

  get value(): number {
    return this.#value;
  }

  set value(value: number) {
    this.#value = value;
    this.#comm.send({ method: "update", state: { value }, buffer_paths: [] });
  }

  listen(handler: (value: number) => unknown, place: OutputPlace): void {
    this.#handlers.push({ handler, place });
  }

  async #moved(data: Record<string, unknown>, id: string): Promise<void> {
    const value = (data.state as State | undefined)?.value;
    if (data.method !== "update" || typeof value !== "number" || value === this.#value) return;
    this.#value = value;
    for (const { handler, place } of this.#handlers) await place.during(id, () => handler(value));
  }
}
