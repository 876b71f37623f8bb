import type { LocalModel } from "./localModel.js";
import type { Typeset } from "./typeset.js";

/** A page that computes: it answers what the views in it ask, and sets formulas that did not come with it. */
export interface AnsweringPage {
  /** Lets the model of a view hear the answer; `place` is where the view stands. */
  answer(model: LocalModel, place: Element, content: unknown): void;
  readonly typeset: Typeset;
}
