import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { cellOf, type KernelComm, kernelOf, type NotebookKernel } from "./kernelOf.js";
import type { Cleanup, Left, ViewModule } from "./views/contract.js";
import { LocalModel } from "./views/localModel.js";
import { showProblem } from "./views/problem.js";
import type { Typeset } from "./views/typeset.js";

/** The comm target by which views speak with the kernel. */
const target = "philab.view";

/** The thin shell that makes a view's module an output of JupyterLab. */
export class RenderedView extends Widget implements IRenderMime.IRenderer {
  private model: LocalModel | undefined;
  private output: IRenderMime.IMimeModel | undefined;
  private readonly cleanups: Cleanup[] = [];
  private comm: { readonly kernel: NotebookKernel; readonly comm: KernelComm } | undefined;
  /** While the output takes what the view has drawn already. */
  private isKeeping = false;
  /** Formulas that wait until they are in the page: JupyterLab's typesetter measures there. */
  private waiting: HTMLElement[] = [];

  constructor(
    private readonly mimeType: string,
    private readonly view: ViewModule,
    private readonly typesetter: IRenderMime.ILatexTypesetter | null,
  ) {
    super();
    this.addClass("philab-output");
  }

  /** Shows the output's data; called again when an output is updated in place. */
  async renderModel(output: IRenderMime.IMimeModel): Promise<void> {
    this.output = output;
    if (this.isKeeping) return;
    const payload: unknown = output.data[this.mimeType];
    if (this.model) this.model.take("payload", payload);
    else await this.begin(payload);
  }

  override dispose(): void {
    for (const cleanup of this.cleanups.splice(0)) cleanup();
    if (this.comm && !this.comm.comm.isDisposed) this.comm.comm.close();
    this.waiting = [];
    super.dispose();
  }

  protected override onAfterAttach(): void {
    for (const place of this.waiting.splice(0)) void this.typesetter?.typeset(place);
    for (const event of ["pointerenter", "focusin"]) this.node.addEventListener(event, this.lookForKernel);
    this.lookForKernel();
    this.model?.take("kept", cellOf(this)?.getMetadata("philab"));
  }

  /** A kernel may start after the notebook was opened: looked for again when a reader comes. */
  private readonly lookForKernel = (): void => this.model?.take("live", kernelOf(this) !== undefined);

  private async begin(payload: unknown): Promise<void> {
    const listeners = { saved: this.keep, sent: this.send };
    const model = new LocalModel({ payload, live: false }, listeners);
    this.model = model;
    const typeset = this.typesetter === null ? {} : { typeset: this.typeset };
    try {
      this.leave(await this.view.initialize?.({ model }));
      this.leave(await this.view.render({ model, el: this.node, ...typeset }));
    } catch (reason) {
      showProblem(this.node, reason, payload);
    }
  }

  private leave(cleanup: Left): void {
    if (!cleanup) return;
    if (this.isDisposed) cleanup();
    else this.cleanups.push(cleanup);
  }

  /** What a view keeps goes into the notebook's output, and `kept` into the cell, where it outlives a new run. */
  private readonly keep = ({ payload, bundle, kept }: Readonly<Record<string, unknown>>): void => {
    if (kept !== undefined) cellOf(this)?.setMetadata("philab", kept);
    if (payload === undefined || !this.output) return;
    const data = { ...this.output.data, ...(bundle as object), [this.mimeType]: payload };
    this.isKeeping = true;
    this.output.setData({ data: data as typeof this.output.data });
    this.isKeeping = false;
  };

  private readonly send = (content: unknown): void => {
    const kernel = kernelOf(this);
    if (!kernel) {
      this.model?.take("live", false);
      return;
    }
    this.comm = this.comm?.kernel === kernel && !this.comm.comm.isDisposed ? this.comm : this.open(kernel);
    this.comm.comm.send(content as object);
  };

  private open(kernel: NotebookKernel): { readonly kernel: NotebookKernel; readonly comm: KernelComm } {
    const comm = kernel.createComm(target);
    comm.onMsg = ({ content }) => this.model?.answer(content.data);
    comm.open();
    return { kernel, comm };
  }

  private readonly typeset: Typeset = (place, tex) => {
    place.textContent = `$\\displaystyle ${tex}$`;
    if (this.isAttached) void this.typesetter?.typeset(place);
    else this.waiting.push(place);
  };
}

/** A factory of such outputs for one MIME type; they run nothing that the data says, so they need no trust. */
export function factory(mimeType: string, view: ViewModule): IRenderMime.IRendererFactory {
  return {
    safe: true,
    mimeTypes: [mimeType],
    createRenderer: ({ latexTypesetter }) => new RenderedView(mimeType, view, latexTypesetter),
  };
}
