import type { IRenderMime } from "@jupyterlab/rendermime";
import { Widget } from "@lumino/widgets";
import type { Show, View } from "./views/view.js";

/** The thin shell that makes a view an output of JupyterLab. */
export class RenderedView extends Widget implements IRenderMime.IRenderer {
  private view: View | undefined;

  constructor(
    private readonly mimeType: string,
    private readonly fill: Show,
  ) {
    super();
    this.addClass("philab-output");
  }

  /** Shows the model's data; called again when an output is updated in place. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const payload: unknown = model.data[this.mimeType];
    if (this.view?.update) return this.view.update(payload);
    this.view?.dispose();
    this.view = await this.fill(this.node, payload);
    if (this.isDisposed) this.view.dispose();
  }

  override dispose(): void {
    this.view?.dispose();
    super.dispose();
  }
}

/** A factory of such outputs for one MIME type; they run nothing that the data says, so they need no trust. */
export function factory(mimeType: string, fill: Show): IRenderMime.IRendererFactory {
  return { safe: true, mimeTypes: [mimeType], createRenderer: () => new RenderedView(mimeType, fill) };
}
