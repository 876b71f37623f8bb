/** How bytes of a data package are read: by Node from node_modules, by a page from where it was served. */

/** Reads one file of an installed package. */
export type ReadFile = (packageName: string, path: string) => Promise<Uint8Array>;

/** The reader of the place we run in. */
export async function fileReader(): Promise<ReadFile> {
  const inPage = "document" in globalThis;
  const { readFile } = inPage ? await import("./files.browser.js") : await import("./files.node.js");
  return readFile;
}
