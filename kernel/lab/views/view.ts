/** What a view leaves behind in the page. */
export interface View {
  /** Shows other data in the same place, where the view can do so without starting anew. */
  update?(payload: unknown): Promise<void>;
  /** Lets go of listeners, observers and plots. */
  dispose(): void;
}

/** Fills `host` with what `payload` says; the payload comes from a notebook and is checked by the view. */
export type Show = (host: HTMLElement, payload: unknown) => View | Promise<View>;
