/** A number that can be typed, stepped by arrow keys, and dragged to the left and right. */

import { element } from "./element.js";

/** A number in a field. */
export interface DragNumber {
  readonly node: HTMLInputElement;
  value: number;
}

/** Pixels of a drag for one step. */
const pixelsAStep = 6;

/** `changed` is told of each new number, by whatever way it came. */
export function dragNumber(label: string, value: number, step: number, changed: () => void): DragNumber {
  const node = element("input", { type: "number", step, value, class: "philab-number", "aria-label": label });
  const field = {
    node,
    get value() {
      return Number.isFinite(node.valueAsNumber) ? node.valueAsNumber : 0;
    },
    set value(next: number) {
      node.value = String(Number(next.toFixed(3)));
    },
  };
  node.addEventListener("input", changed);
  let from: { x: number; value: number } | undefined;
  node.addEventListener("pointerdown", ({ clientX, pointerId, button }) => {
    if (button !== 0) return;
    from = { x: clientX, value: field.value };
    node.setPointerCapture?.(pointerId);
  });
  node.addEventListener("pointermove", (event) => {
    if (!from || Math.abs(event.clientX - from.x) < pixelsAStep) return;
    event.preventDefault();
    field.value = from.value + step * Math.round((event.clientX - from.x) / pixelsAStep);
    changed();
  });
  for (const end of ["pointerup", "pointercancel"])
    node.addEventListener(end, () => {
      from = undefined;
    });
  return field;
}
