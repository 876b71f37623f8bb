/** The views of an exported page: each payload is shown in its place, where its form without a script stood. */

import type { AnsweringPage } from "./answeringPage.js";
import { element } from "./element.js";
import { LocalModel } from "./localModel.js";
import { showProblem } from "./problem.js";
import { viewOfType } from "./registry.js";
import type { Typeset } from "./typeset.js";

/** Shows every payload of the page; formulas were set when the page was made, and others by a page that answers. */
export function showAll(page: ParentNode, answering?: AnsweringPage): void {
  for (const data of page.querySelectorAll<HTMLElement>(".explorer > script[type='application/json']"))
    void show(data, answering);
}

async function show(data: HTMLElement, answering: AnsweringPage | undefined): Promise<void> {
  const place = data.parentElement as HTMLElement;
  const typeset = typesetIn(place, answering?.typeset);
  const el = element("div");
  place.replaceChildren(el);
  const payload: unknown = JSON.parse(data.textContent ?? "");
  const model = answering
    ? new LocalModel({ payload, live: true }, { sent: (content) => answering.answer(model, place, content) })
    : new LocalModel({ payload });
  const view = viewOfType.get(data.dataset.type ?? "");
  try {
    await view?.initialize?.({ model });
    await view?.render({ model, el, typeset });
  } catch (reason) {
    showProblem(el, reason, payload);
  }
}

/** Takes each formula from those that came with the page; `otherwise` sets those that did not. */
function typesetIn(place: HTMLElement, otherwise: Typeset | undefined): Typeset {
  const formulas = new Map(
    [...place.querySelectorAll<HTMLElement>("[data-tex]")].map((node) => [node.dataset.tex, node]),
  );
  return (at, tex) => {
    const known = formulas.get(tex);
    if (known) at.append(...known.cloneNode(true).childNodes);
    else if (otherwise) otherwise(at, tex);
    else at.textContent = tex;
  };
}
