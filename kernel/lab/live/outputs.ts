/** What a cell of a live page shows: views, pictures, formulas, text; nothing of it is markup. */

import katex from "katex";
import type { ShownBundle } from "../../live/words.js";
import type { AnsweringPage } from "../views/answeringPage.js";
import type { Cleanup } from "../views/contract.js";
import { element } from "../views/element.js";
import { LocalModel } from "../views/localModel.js";
import { showProblem } from "../views/problem.js";
import { viewOfType } from "../views/registry.js";
import type { Typeset } from "../views/typeset.js";

/** A shown output, and what lets go of it. */
export interface ShownOutput {
  readonly node: HTMLElement;
  readonly cleanup: Cleanup;
  /** Takes another bundle in the same place, where the same view shows it. */
  take(data: ShownBundle): boolean;
}

/** The bundle in the richest of the forms that a page shows; views ask the page. */
export function shownOutput(data: ShownBundle, page: AnsweringPage): ShownOutput {
  const type = viewTypeOf(data);
  if (type !== undefined) return viewOutput(type, data[type], page);
  const node = element("div", { class: "output" }, stillForm(data));
  return { node, cleanup: () => undefined, take: () => false };
}

function viewTypeOf(data: ShownBundle): string | undefined {
  return [...viewOfType.keys()].find((mime) => Object.hasOwn(data, mime));
}

/** Text as it was written to stdout or stderr, or an error. */
export function textOutput(kind: "stdout" | "stderr" | "error", text: string): HTMLElement {
  return element("pre", { class: `output ${kind}` }, text);
}

function viewOutput(type: string, payload: unknown, page: AnsweringPage): ShownOutput {
  const el = element("div", { class: "output explorer" });
  const model = new LocalModel(
    { payload, live: true },
    { sent: (content) => page.answer(model, el, content) },
  );
  const view = viewOfType.get(type);
  let left: Cleanup | undefined;
  const shown = async (): Promise<void> => {
    try {
      await view?.initialize?.({ model });
      left = (await view?.render({ model, el, typeset: setFormula })) ?? undefined;
    } catch (reason) {
      showProblem(el, reason, payload);
    }
  };
  void shown();
  const take = (data: ShownBundle): boolean => {
    if (viewTypeOf(data) !== type) return false;
    model.take("payload", data[type]);
    return true;
  };
  return { node: el, cleanup: () => left?.(), take };
}

/** A picture goes through an image, where no script of it runs. */
function stillForm(data: ShownBundle): HTMLElement {
  const text = typeof data["text/plain"] === "string" ? data["text/plain"] : "";
  const svg = data["image/svg+xml"];
  if (typeof svg === "string") return image(`data:image/svg+xml;base64,${base64(svg)}`, text);
  for (const mime of ["image/png", "image/jpeg"])
    if (typeof data[mime] === "string") return image(`data:${mime};base64,${data[mime]}`, text);
  const latex = data["text/latex"];
  if (typeof latex === "string") return formulaOf(latex);
  const markdown = data["text/markdown"];
  return element("pre", {}, typeof markdown === "string" ? markdown : text);
}

function image(src: string, alt: string): HTMLElement {
  return element("img", { src, alt: alt.slice(0, 500) });
}

function formulaOf(latex: string): HTMLElement {
  const place = element("div", {});
  const [, double] = /^\s*\$\$([\s\S]*)\$\$\s*$/.exec(latex) ?? [];
  const [, single] = /^\s*\$([\s\S]*)\$\s*$/.exec(latex) ?? [];
  katex.render(double ?? single ?? latex, place, { ...safely, displayMode: true });
  return place;
}

const safely = { throwOnError: false, trust: false, strict: false, maxExpand: 1000, maxSize: 40 } as const;

/** Sets a formula that was made in the page. */
export const setFormula: Typeset = (place, tex) => katex.render(`\\displaystyle ${tex}`, place, safely);

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
