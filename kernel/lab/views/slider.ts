/** A slider with its name and its number. */

import { element } from "./element.js";

/** A slider that may be set from outside too. */
export interface RangeSlider {
  readonly node: HTMLElement;
  readonly value: number;
  /** Moves it and its ends, telling nobody. */
  set(value: number, least: number, greatest: number): void;
}

/** A slider of whole numbers, or of steps; `moved` is told each new value while it is moved. */
export function rangeSlider(
  name: string,
  { value, least, greatest, step = 1 }: { value: number; least: number; greatest: number; step?: number },
  moved: (value: number) => void,
  written: (value: number) => string = String,
): RangeSlider {
  const input = element("input", { type: "range", min: least, max: greatest, step, value });
  const shown = element("output", {}, written(value));
  input.addEventListener("input", () => {
    shown.textContent = written(Number(input.value));
    moved(Number(input.value));
  });
  const node = element("label", { class: "philab-slider" }, element("span", {}, name), input, shown);
  return {
    node,
    get value() {
      return Number(input.value);
    },
    set(next, from, to) {
      [input.min, input.max, input.value] = [String(from), String(to), String(next)];
      input.disabled = from === to;
      shown.textContent = written(next);
    },
  };
}
