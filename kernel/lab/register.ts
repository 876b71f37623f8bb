import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";

/** What registering asks of JupyterLab's registry. */
export interface Registry {
  getFactory(mimeType: string): unknown;
  addFactory(factory: IRenderMime.IRendererFactory, rank?: number): void;
}

/**
 * Registers a factory for a MIME type that others may show too, and yields to them whatever the order: where one
 * is there already, ours stays away; one that registers later takes our place, because the last one wins. It must
 * be called while the plugin is activated: every notebook copies the registry when it opens, and those that
 * JupyterLab restores open right after activation.
 */
export function registerIfFree(
  registry: Registry,
  factory: IRenderMime.IRendererFactory,
  rank: number,
): void {
  if (factory.mimeTypes.every((type) => registry.getFactory(type) === undefined))
    registry.addFactory(factory, rank);
}
