/** Reads a file of a data package from `data/PACKAGE/PATH` beside the page. Throws Error that names both. */
export async function readFile(packageName: string, path: string): Promise<Uint8Array> {
  const answer = await fetch(`data/${packageName}/${path}`);
  if (!answer.ok)
    throw new Error(`data: cannot fetch ${path} of the package ${packageName}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** Throws Error: a page has no folders. */
export async function listFolder(path: string): Promise<never> {
  throw new Error(`data: ${path} is a folder of a disk; a page has none`);
}

/** Throws Error: a page has no files. */
export async function readPath(path: string): Promise<never> {
  throw new Error(`data: ${path} is a file of a disk; a page has none`);
}
