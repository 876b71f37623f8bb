/** The scripts of live pages, bundled from the sources of a checkout. */
import { join } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/** What runs in the page: the views, the contents, and the cells. */
export function livePageScript(root: string): Promise<string> {
  return bundled({
    stdin: {
      contents: `import { showAll } from "./views/page.js"; import { markPlace } from "./views/contents.js"; import { beginLive } from "./live/livePage.js"; showAll(document); markPlace(document); beginLive(document);`,
      resolveDir: join(root, "kernel", "lab"),
      loader: "ts",
    },
    absWorkingDir: root,
  });
}

/** What runs in the worker. */
export function workerScript(root: string): Promise<string> {
  return bundled({
    entryPoints: [join(root, "kernel", "live", "worker.ts")],
    absWorkingDir: root,
    plugins: [inPage(root)],
  });
}

/** What only Node has is read from the page itself; mathjs comes as a script of its own, where cells speak of it. */
function inPage(root: string): Plugin {
  return {
    name: "in a page",
    setup: (builder) => {
      const data = join(root, "src", "data");
      builder.onResolve({ filter: /\/files\.node\.js$/ }, ({ resolveDir }) =>
        resolveDir === data ? { path: join(data, "files.browser.ts") } : undefined,
      );
      builder.onLoad({ filter: /mathjs\.node\.ts$/ }, () => ({
        contents: "export const loadMathjs = () => globalThis.philabLoadMathjs();",
        loader: "ts",
      }));
      builder.onResolve({ filter: /^(?:node:|koffi$)/ }, ({ path }) => ({ path, namespace: "absent" }));
      builder.onLoad({ filter: /.*/, namespace: "absent" }, () => ({
        contents: "module.exports = {};",
        loader: "js",
      }));
    },
  };
}

async function bundled(options: BuildOptions): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    platform: "browser",
    legalComments: "none",
    loader: { ".css": "text" },
    keepNames: false,
    ...options,
  });
  return outputFiles?.[0]?.text ?? "";
}
