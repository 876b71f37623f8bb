/** The form that most views have: drawn from the payload, and drawn anew when there is another one. */

import type { Cleanup, ViewModule, ViewProps } from "./contract.js";
import { showProblem } from "./problem.js";
import { boundedTypeset } from "./typeset.js";

/** What a view is drawn from; `signal` ends when it is drawn anew, or goes. */
export interface Drawing extends ViewProps {
  readonly payload: unknown;
  readonly signal: AbortSignal;
}

/** Fills `el` with what `payload` says; what it throws is shown in its place, with the raw data. */
export type Draw = (drawing: Drawing) => void | Promise<void>;

/** A view that is drawn anew for each payload. */
export function viewModule(draw: Draw): ViewModule {
  return {
    async render(props): Promise<Cleanup> {
      let drawing = new AbortController();
      const show = (): Promise<void> => {
        drawing.abort();
        drawing = new AbortController();
        return drawn(draw, { ...props, payload: props.model.get("payload"), signal: drawing.signal });
      };
      props.model.on("change:payload", show);
      await show();
      return () => {
        props.model.off("change:payload", show);
        drawing.abort();
        props.el.replaceChildren();
      };
    },
  };
}

async function drawn(draw: Draw, drawing: Drawing): Promise<void> {
  try {
    const { typeset } = drawing;
    await draw(typeset ? { ...drawing, typeset: boundedTypeset(typeset) } : drawing);
  } catch (reason) {
    if (!drawing.signal.aborted) showProblem(drawing.el, reason, drawing.payload);
  }
}
