/** Models of ipywidgets: what they are in the page, and how both sides keep their state alike. */
import { type Comm, comms } from "./comms.js";
import { display } from "./display.js";

export type State = Record<string, unknown>;

const widgetTarget = "jupyter.widget";
const widgetMime = "application/vnd.jupyter.widget-view+json";
const protocolVersion = "2.1.0";

/** A class of the widgets' front end. */
export interface WidgetClass {
  readonly module: string;
  readonly version: string;
  readonly name: string;
}

/** A class that every widget may use. */
export const base = (name: string): WidgetClass => ({
  module: "@jupyter-widgets/base",
  version: "2.0.0",
  name,
});
/** A class of sliders and the like. */
export const controls = (name: string): WidgetClass => ({
  ...base(name),
  module: "@jupyter-widgets/controls",
});
/** A class of the widget that takes outputs. */
export const output = (name: string): WidgetClass => ({
  module: "@jupyter-widgets/output",
  version: "1.0.0",
  name,
});

/** Shows a model's view below the cell; `text` where the page has no widgets. */
export function showView({ id }: Comm, text: string): void {
  const view = { model_id: id, version_major: 2, version_minor: 0 };
  display({ "text/plain": text, [widgetMime]: view }, { raw: true });
}

/** Opens the comm of one model: the page makes the model from its state. */
export function model(kind: WidgetClass, view: WidgetClass, state: State): Comm {
  const names = {
    _model_module: kind.module,
    _model_module_version: kind.version,
    _model_name: kind.name,
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

/** How the state of one model names another. */
export function reference({ id }: Comm): string {
  return `IPY_MODEL_${id}`;
}
