/** The views of an exported page: each payload is shown in its place, where its form without a script stood. */

import { element } from "./element.js";
import { LocalModel } from "./localModel.js";
import { showProblem } from "./problem.js";
import { viewOfType } from "./registry.js";
import type { Typeset } from "./typeset.js";

/** Shows every payload of the page; formulas were set when the page was made. */
export function showAll(page: ParentNode): void {
  for (const data of page.querySelectorAll<HTMLElement>(".explorer > script[type='application/json']"))
    void show(data);
}

async function show(data: HTMLElement): Promise<void> {
  const place = data.parentElement as HTMLElement;
  const typeset = typesetIn(place);
  const el = element("div");
  place.replaceChildren(el);
  const payload: unknown = JSON.parse(data.textContent ?? "");
  const model = new LocalModel({ payload });
  const view = viewOfType.get(data.dataset.type ?? "");
  try {
    await view?.initialize?.({ model });
    await view?.render({ model, el, typeset });
  } catch (reason) {
    showProblem(el, reason, payload);
  }
}

/** Takes each formula from those that came with the page. */
function typesetIn(place: HTMLElement): Typeset {
  const formulas = new Map(
    [...place.querySelectorAll<HTMLElement>("[data-tex]")].map((node) => [node.dataset.tex, node]),
  );
  return (at, tex) => at.append(...(formulas.get(tex) ?? at).cloneNode(true).childNodes);
}
