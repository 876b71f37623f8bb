/** A value's view as anywidget's own model: for front ends that have anywidget and not philab's plugin. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { answerTo } from "../pipe/answeringValues.js";
import type { Bundle } from "../pipe/runnerWords.js";
import { packageFolder } from "../place/packageRoot.js";
import { bundleOf } from "./bundle.js";
import { model, showView } from "./widgetModels.js";

/**
 * Shows a value by the front-end module of its view, through anywidget's model (the Python package anywidget brings that
 * to JupyterLab, Notebook 7, VS Code and Colab). Where philab's plugin is installed the value shows itself, and this is
 * not needed. Throws TypeError for a value that has no view.
 *
 * @example
 * await widget(explorePhi(matrix([[1, 2, 3, 4, 5, 6, 7, 8, 9]]), convShape({ a: 3, b: 3, d: 1, h: 2 })))
 */
export async function widget(value: unknown): Promise<void> {
  const bundle = await bundleOf(value);
  const { payload, esm } = viewIn(bundle);
  const anywidget = (name: string) => ({ module: "anywidget", version: "~0.9.*", name });
  const state = { _esm: esm, _anywidget_id: "philab.view", payload, live: true };
  const comm = model(anywidget("AnyModel"), anywidget("AnyView"), state);
  comm.onMessage(({ data }) => {
    if (data.method === "custom") comm.send({ method: "custom", content: answerTo(data.content) });
  });
  showView(comm, String(bundle["text/plain"]));
}

/** The payload of a bundle that has a view, and the view's file. */
function viewIn(bundle: Bundle): { readonly payload: unknown; readonly esm: string } {
  for (const [type, payload] of Object.entries(bundle)) {
    const [, name] = /^application\/vnd\.philab\.([a-z]+)\.v\d+\+json$/.exec(type) ?? [];
    const file = join(packageFolder, "dist", "views", `${name}.js`);
    if (name !== undefined && existsSync(file)) return { payload, esm: readFileSync(file, "utf8") };
  }
  throw new TypeError(
    `widget: came a value that shows itself as ${Object.keys(bundle).join(", ")}; needed one with a view of philab's`,
  );
}
