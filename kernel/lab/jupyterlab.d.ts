/** What the plugin uses of JupyterLab's own packages, which are in the page and not among our dependencies. */

declare module "@jupyterlab/rendermime" {
  import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
  import type { Token } from "@lumino/coreutils";

  /** JupyterLab's table of who shows which MIME type. */
  export interface IRenderMimeRegistry {
    getFactory(mimeType: string): unknown;
    addFactory(factory: IRenderMime.IRendererFactory, rank?: number): void;
  }
  export const IRenderMimeRegistry: Token<IRenderMimeRegistry>;
}
