/** Sliders in the page, over the ipywidgets protocol: JupyterLab's stock widgets show them (jupyterlab_widgets). */
import { type Comm, comms } from "./comms.js";
import { display } from "./display.js";

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

type State = Record<string, unknown>;

const widgetTarget = "jupyter.widget";
const widgetMime = "application/vnd.jupyter.widget-view+json";
const protocolVersion = "2.1.0";

/** A class of the widgets' front end. */
interface WidgetClass {
  readonly module: string;
  readonly version: string;
  readonly name: string;
}

const base = (name: string): WidgetClass => ({ module: "@jupyter-widgets/base", version: "2.0.0", name });
const controls = (name: string): WidgetClass => ({ ...base(name), module: "@jupyter-widgets/controls" });

/**
 * Shows a slider and calls `onChange` with every value it is moved to. Throws RangeError when the range is empty or
 * the value lies outside.
 */
export function slider(options: SliderOptions, onChange?: (value: number) => unknown): Slider {
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
  display(
    {
      "text/plain": `${kind}(value=${value}, min=${min}, max=${max}${label === "" ? "" : `, label=${label}`})`,
      [widgetMime]: { model_id: comm.id, version_major: 2, version_minor: 0 },
    },
    { raw: true },
  );
  return bound(comm, value, onChange);
}

function check({ min, max, value }: { min: number; max: number; value: number }): void {
  for (const [name, each] of Object.entries({ min, max, value })) {
    if (!Number.isFinite(each)) throw new RangeError(`slider: ${name} = ${each}; needed a finite number`);
  }
  if (min >= max) throw new RangeError(`slider: min = ${min}, max = ${max}; needed min < max`);
  if (value < min || value > max)
    throw new RangeError(`slider: value = ${value}; needed from ${min} to ${max}`);
}

/** Opens the comm of one model: the page makes the model from its state. */
function model(of: WidgetClass, view: WidgetClass, state: State): Comm {
  const names = {
    _model_module: of.module,
    _model_module_version: of.version,
    _model_name: of.name,
    _view_module: view.module,
    _view_module_version: view.version,
    _view_name: view.name,
    _view_count: null,
  };
  const whole = { ...names, ...state };
  const comm = comms.open(
    widgetTarget,
    { state: whole, buffer_paths: [] },
    { metadata: { version: protocolVersion } },
  );
  comm.onMessage(({ data }) => {
    if (data.method === "request_state") comm.send({ method: "update", state: whole, buffer_paths: [] });
    else if (data.method === "update") takeState(comm, whole, data.state as State);
  });
  return comm;
}

/** Takes what the page changed, and says so to the other pages that show the model. */
function takeState(comm: Comm, whole: State, changes: State): void {
  Object.assign(whole, changes);
  comm.send({ method: "echo_update", state: changes, buffer_paths: [] });
}

function reference({ id }: Comm): string {
  return `IPY_MODEL_${id}`;
}

function bound(comm: Comm, first: number, onChange: ((value: number) => unknown) | undefined): Slider {
  const handlers = onChange ? [onChange] : [];
  let current = first;
  comm.onMessage(async ({ data }) => {
    const moved = (data.state as State | undefined)?.value;
    if (data.method !== "update" || typeof moved !== "number" || moved === current) return;
    current = moved;
    for (const handler of handlers) await handler(moved);
  });
  return {
    get value() {
      return current;
    },
    set value(value: number) {
      current = value;
      comm.send({ method: "update", state: { value }, buffer_paths: [] });
    },
    onChange: (handler) => void handlers.push(handler),
  };
}
