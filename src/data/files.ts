/** How bytes are read: by Node from node_modules and the disk, by a page from where data packages were served. */

/** Reads one file of an installed package. */
export type ReadFile = (packageName: string, path: string) => Promise<Uint8Array>;

/** What lies in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

/** Who looks into folders; in a page there are none. */
export interface FolderReader {
  listFolder(path: string): Promise<FolderEntry[]>;
  readPath(path: string): Promise<Uint8Array>;
}

/** The reader of the place we run in. */
export async function fileReader(): Promise<ReadFile> {
  return (await filesHere()).readFile;
}

/** Who reads folders in the place we run in. */
export async function folderReader(): Promise<FolderReader> {
  return filesHere();
}

async function filesHere(): Promise<FolderReader & { readFile: ReadFile }> {
  const inPage = "document" in globalThis;
  return inPage ? import("./files.browser.js") : import("./files.node.js");
}
