/**
 * What a view is: a front-end module of anywidget's form, which fills an element from a model and knows nothing of the
 * page around it. docs/views.md tells it with an example.
 */

import type { Typeset } from "./typeset.js";

/**
 * The state of a view, by names, as anywidget's models keep it. `payload` is what the MIME bundle holds for the view;
 * `live` is true where somebody answers what is sent.
 */
export interface ViewModel {
  get(name: string): unknown;
  /** Changes the state here and tells `change:NAME`; others hear of it by `save_changes`. */
  set(name: string, value: unknown): void;
  /** Keeps what was set: in the notebook's output, or with the kernel. A page without either throws, or does nothing. */
  save_changes(): void;
  /** `change:payload` when a name has another value, `msg:custom` when somebody answers. */
  on(event: string, handler: (content?: unknown) => void): void;
  off(event: string, handler: (content?: unknown) => void): void;
  /** Sends a message to whoever made the output; nobody hears it where `live` is not true. */
  send(content: unknown): void;
}

/** What a view is shown with; `typeset` only where the page brings one. */
export interface ViewProps {
  readonly model: ViewModel;
  readonly el: HTMLElement;
  readonly typeset?: Typeset;
}

/** Lets go of listeners, observers and plots. */
export type Cleanup = () => void;

/** What a module may leave behind. */
// biome-ignore lint/suspicious/noConfusingVoidType: a render that returns nothing is the common case, as in anywidget's types
export type Left = Cleanup | void;

/** The default export of a view's file. */
export interface ViewModule {
  /** Once for each model, before it is shown for the first time. */
  initialize?(props: { readonly model: ViewModel }): MaybePromise<Left>;
  /** Fills `el`, once for each place where the model is shown. */
  render(props: ViewProps): MaybePromise<Left>;
}

type MaybePromise<Value> = Value | Promise<Value>;
