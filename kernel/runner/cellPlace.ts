/** Where cells lie: in the folder in which the runner was started, whatever a cell makes its working folder later. */
import { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { metaName } from "../pipe/cellNames.js";

export const cellFolder: string = process.cwd();

/** What a cell is as a file. */
export const cellFile: string = join(cellFolder, "cell.ts");

/** The names by which code of a file knows where it lies. */
export function placeNames(file: string): Record<string, unknown> {
  const { resolve } = createRequire(file);
  const [url, folder] = [pathToFileURL(file).href, dirname(file)];
  const meta = {
    url,
    filename: file,
    dirname: folder,
    main: false,
    resolve: (specifier: string) => (specifier.startsWith("node:") ? specifier : urlOf(resolve(specifier))),
  };
  return { __filename: file, __dirname: folder, [metaName]: meta };
}

/** The URL of what `require.resolve` found: Node's own modules have no path. */
function urlOf(found: string): string {
  return isAbsolute(found) ? pathToFileURL(found).href : `node:${found}`;
}
