import { element } from "./element.js";
import type { SparsityCanvas } from "./sparsityCanvas.js";

/** Nearer, farther, whole. */
export function zoomButtons(canvas: SparsityCanvas): HTMLElement {
  const button = (text: string, name: string, act: () => void): HTMLElement => {
    const node = element("button", { type: "button", "aria-label": name, title: name }, text);
    node.addEventListener("click", act);
    return node;
  };
  return element(
    "div",
    { class: "philab-switch", role: "group", "aria-label": "zoom" },
    button("+", "zoom in", () => canvas.zoom(2)),
    button("−", "zoom out", () => canvas.zoom(1 / 2)),
    button("whole", "show the whole matrix", () => canvas.whole()),
  );
}
