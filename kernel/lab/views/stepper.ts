/** Buttons and a slider by which one goes through the steps of a derivation. */

import { element } from "./element.js";

/** The bar, and the step that it stands at. */
export interface Stepper {
  readonly node: HTMLElement;
  /** One step on (1) or back (−1); before the first step none is chosen. */
  move(by: 1 | -1): void;
}

/** A bar for `count` steps, which tells each choice; `said` is the choice in words. */
export function stepper(
  count: number,
  said: (step: number | undefined) => string,
  choose: (step: number | undefined) => void,
): Stepper {
  let at = 0;
  const slider = element("input", {
    type: "range",
    min: 0,
    max: count,
    step: 1,
    value: 0,
    "aria-label": "Step",
  });
  const place = element("span", { class: "philab-at" });
  const go = (to: number): void => {
    at = Math.max(0, Math.min(count, to));
    slider.value = String(at);
    const step = at === 0 ? undefined : at;
    place.textContent = said(step);
    slider.setAttribute("aria-valuetext", said(step));
    choose(step);
  };
  slider.addEventListener("input", () => go(Number(slider.value)));
  const back = arrow("←", "One step back", () => go(at - 1));
  const on = arrow("→", "One step on", () => go(at + 1));
  go(0);
  return {
    node: element("span", { class: "philab-steps" }, back, slider, on, place),
    move: (by) => go(at + by),
  };
}

function arrow(sign: string, label: string, press: () => void): HTMLElement {
  return button(sign, press, { "aria-label": label });
}

/** A button of the bar. */
export function button(
  text: string,
  press: () => void,
  attributes: Record<string, string> = {},
): HTMLButtonElement {
  const made = element("button", { type: "button", class: "philab-button", ...attributes }, text);
  made.addEventListener("click", press);
  return made;
}
