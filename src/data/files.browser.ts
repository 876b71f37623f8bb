/** Reads a file of a data package from `data/PACKAGE/PATH` beside the page. Throws Error that names both. */
export async function readFile(packageName: string, path: string): Promise<Uint8Array> {
  const answer = await fetch(`data/${packageName}/${path}`);
  if (!answer.ok)
    throw new Error(`data: cannot fetch ${path} of the package ${packageName}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
