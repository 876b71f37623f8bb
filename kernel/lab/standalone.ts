/** A view in one file, for pages that bring neither its style nor a typesetter: anywidget's, MyST's. */

import katex from "katex";
import type { Cleanup, ViewModule } from "./views/contract.js";
import { element } from "./views/element.js";
import type { Typeset } from "./views/typeset.js";

/** The view with its style beside it; formulas as MathML, which needs no fonts, where the page sets none. */
export function standalone(view: ViewModule, style: string): ViewModule {
  return {
    initialize: (props) => view.initialize?.(props),
    async render({ model, el, typeset = asMathML }): Promise<Cleanup> {
      const inner = element("div");
      el.replaceChildren(element("style", {}, style), inner);
      const cleanup = await view.render({ model, el: inner, typeset });
      return () => {
        cleanup?.();
        el.replaceChildren();
      };
    },
  };
}

const asMathML: Typeset = (place, tex) =>
  katex.render(`\\displaystyle ${tex}`, place, {
    output: "mathml",
    throwOnError: false,
    trust: false,
    strict: false,
    maxExpand: 1000,
    maxSize: 40,
  });
