import type { IRenderMime } from "@jupyterlab/rendermime";
import { Widget } from "@lumino/widgets";
import type { Typeset } from "./views/typeset.js";
import type { View } from "./views/view.js";

/** A view, and what it may ask of the page that shows it. */
export type ShowIn = (host: HTMLElement, payload: unknown, typeset?: Typeset) => View | Promise<View>;

/** The thin shell that makes a view an output of JupyterLab. */
export class RenderedView extends Widget implements IRenderMime.IRenderer {
  private view: View | undefined;
  /** Formulas that wait until they are in the page: JupyterLab's typesetter measures there. */
  private waiting: HTMLElement[] = [];

  constructor(
    private readonly mimeType: string,
    private readonly fill: ShowIn,
    private readonly typesetter: IRenderMime.ILatexTypesetter | null,
  ) {
    super();
    this.addClass("philab-output");
  }

  /** Shows the model's data; called again when an output is updated in place. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const payload: unknown = model.data[this.mimeType];
    if (this.view?.update) return this.view.update(payload);
    this.view?.dispose();
    this.waiting = [];
    this.view = await this.fill(this.node, payload, this.typesetter === null ? undefined : this.typeset);
    if (this.isDisposed) this.view.dispose();
  }

  override dispose(): void {
    this.view?.dispose();
    this.waiting = [];
    super.dispose();
  }

  protected override onAfterAttach(): void {
    for (const place of this.waiting.splice(0)) void this.typesetter?.typeset(place);
  }

  private readonly typeset: Typeset = (place, tex) => {
    place.textContent = `$\\displaystyle ${tex}$`;
    if (this.isAttached) void this.typesetter?.typeset(place);
    else this.waiting.push(place);
  };
}

/** A factory of such outputs for one MIME type; they run nothing that the data says, so they need no trust. */
export function factory(mimeType: string, fill: ShowIn): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [mimeType],
    createRenderer: ({ latexTypesetter }) => new RenderedView(mimeType, fill, latexTypesetter),
  };
}
