/** The box that stands where an output cannot be shown: the reason, and the raw data. */

import { element } from "./element.js";

/** How much of the raw data is written out. */
const rawLimit = 20_000;

/** Fills `host` with a box that says why `payload` cannot be shown, with the data to unfold below. */
export function showProblem(host: HTMLElement, reason: unknown, payload: unknown): void {
  const text = reason instanceof Error ? reason.message : String(reason);
  host.replaceChildren(
    element(
      "div",
      { class: "philab-problem", role: "alert" },
      element("strong", {}, "This output cannot be shown. "),
      element("span", { class: "philab-problem-reason" }, text),
      element("details", {}, element("summary", {}, "Raw data"), element("pre", {}, written(payload))),
    ),
  );
}

function written(payload: unknown): string {
  const text = json(payload);
  if (text.length <= rawLimit) return text;
  const more = (text.length - rawLimit).toLocaleString("en");
  return `${text.slice(0, rawLimit)}\n… and ${more} more characters`;
}

function json(payload: unknown): string {
  try {
    return JSON.stringify(payload, undefined, 2) ?? String(payload);
  } catch (error) {
    return `(cannot be written as JSON: ${error})`;
  }
}
