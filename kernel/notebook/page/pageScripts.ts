/** The scripts of a page: what shows views and marks the contents, or, where cells run, all that they need. */
import { createHash } from "node:crypto";
import type { CodeCell } from "../format/types.js";
import { readExplorer } from "./explorer.js";
import { liveBlocks, readLive } from "./live.js";

/** What the page says at its end, in its style, and of what may run. */
export interface PageScripts {
  readonly html: string;
  readonly style: string;
  /** What the policy allows besides what is shown; nothing where there is no script. */
  readonly allowed: string;
}

/** Of a page that only shows; nothing where it has nothing to show, or the views were never built. */
export async function showingScripts(shows: boolean): Promise<PageScripts> {
  const explorer = shows ? await readExplorer() : undefined;
  if (explorer === undefined) return { html: "", style: "", allowed: "" };
  const { script, style } = explorer;
  return { html: `<script>${script}</script>\n`, style, allowed: `; script-src '${hashOf(script)}'` };
}

/** Of a page whose cells run: code is made from what readers write, in a worker that the page makes of itself. */
export async function runningScripts(cells: readonly CodeCell[]): Promise<PageScripts> {
  const [live, { style }] = await Promise.all([readLive(), showingScripts(true)]);
  const script = live.page.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  return {
    html: `${await liveBlocks(cells, live)}\n<script>${script}</script>\n`,
    style,
    allowed: `; script-src '${hashOf(script)}' 'unsafe-eval' 'wasm-unsafe-eval' blob:; worker-src blob:`,
  };
}

function hashOf(script: string): string {
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}
