/** The scripts of live pages, bundled from the sources of a checkout. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/** What runs in the page: the views, the contents, and the cells. */
export function livePageScript(root: string): Promise<string> {
  return bundled({
    stdin: {
      contents: `import { showAll } from "./views/page.js"; import { markPlace } from "./views/contents.js"; import { beginLive } from "./live/livePage.js"; showAll(document, beginLive(document)); markPlace(document);`,
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
      builder.onResolve({ filter: /^(?:node:|koffi$)/ }, ({ path }) => ({ path, namespace: "absent" }));
      builder.onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: nothing, loader: "js" }));
      for (const { file, contents } of leftOut)
        builder.onLoad({ filter: file }, () => ({ contents, loader: "js" }));
      builder.onLoad({ filter: /acorn[\\/]dist[\\/]acorn\.mjs$/ }, async ({ path }) => ({
        contents: withoutRegexCheck(await readFile(path, "utf8")),
        loader: "js",
      }));
    },
  };
}

/** A module of which everything is undefined. */
const nothing = "module.exports = {};";

/** Files that no page can use, and what stands for them: with them a worker is a fifth larger. */
const leftOut: readonly { readonly file: RegExp; readonly contents: string }[] = [
  {
    file: /mathjs\.node\.ts$/,
    contents: "export const loadMathjs = () => globalThis.philabLoadMathjs();",
  },
  // Machine code is loaded by Node alone, and shards are shared among its threads.
  { file: /src[\\/]engine[\\/]choose[\\/]loadedCode\.ts$/, contents: "export const loadedCode = undefined;" },
  { file: /src[\\/]optimise[\\/]helpers\.node\.ts$/, contents: "export const helpersFor = () => [];" },
  // The lecturer's 3,000 digits, and folders of images: a page holds neither.
  { file: /src[\\/]data[\\/]demoPlaces\.ts$/, contents: "export const demoPlaces = undefined;" },
  { file: /src[\\/]data[\\/]imageFolder\.ts$/, contents: "export const imageFolder = undefined;" },
  { file: /jpeg-js[\\/]lib[\\/]encoder\.js$/, contents: nothing },
  // Of sucrase, what takes TypeScript's types off: no other language, no older JavaScript, no check of its options.
  { file: /sucrase[\\/]dist[\\/]esm[\\/]Options\.js$/, contents: "exports.validateOptions = () => {};" },
  {
    file: /sucrase[\\/]dist[\\/]esm[\\/](?:CJSImportProcessor|computeSourceMap|util[\\/]formatTokens)\.js$/,
    contents: nothing,
  },
  {
    file: /sucrase[\\/]dist[\\/]esm[\\/]parser[\\/]plugins[\\/](?:flow|jsx[\\/]index)\.js$/,
    contents: nothing,
  },
  {
    file: /sucrase[\\/]dist[\\/]esm[\\/]transformers[\\/](?:CJSImport|Flow|JSX|JestHoist|NumericSeparator|OptionalCatchBinding|OptionalChainingNullish|ReactDisplayName|ReactHotLoader)Transformer\.js$/,
    contents: nothing,
  },
];

/** Where acorn judges what stands inside a regular expression, and where it asks for that: a fifth of acorn. */
const regexCheck = [
  /^\/\/ This file contains Unicode properties[\s\S]*?(?=^\/\/ Object type used to represent tokens)/m,
  /^ *var state = this\.regexpState [\s\S]*?this\.validateRegExpPattern\(state\);$/m,
] as const;

/** The browser that runs a cell judges its regular expressions itself. Throws where acorn is no longer written like this. */
function withoutRegexCheck(acorn: string): string {
  return regexCheck.reduce((text, part) => {
    if (!part.test(text))
      throw new Error(`acorn: no ${part} is in it; needed the check of regular expressions`);
    return text.replace(part, "");
  }, acorn);
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
