/** What the figure view asks of plotly; the library itself comes later, as a chunk of its own. */
export interface Plotly {
  react(host: HTMLElement, data: unknown[], layout: unknown, config: unknown): Promise<unknown>;
  purge(host: HTMLElement): void;
  readonly Plots: { resize(host: HTMLElement): Promise<unknown> | undefined };
}

/** Fetches plotly when the first figure is shown, once. */
export async function loadPlotly(): Promise<Plotly> {
  const library = (await import("plotly.js-dist-min")) as unknown as { default?: Plotly } & Plotly;
  return library.default ?? library;
}
