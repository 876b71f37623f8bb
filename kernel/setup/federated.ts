/**
 * The plugin as JupyterLab loads extensions that were built apart from it: a script that puts a container into
 * `_JUPYTERLAB`, with `init(scope)`, which is told what JupyterLab shares, and `get(name)`, which gives a module. It is the
 * protocol of webpack's module federation, as JupyterLab's `bootstrap.js` and `index.js` speak it.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/** What the plugin takes from JupyterLab: one of each in the page, so that tokens and classes are JupyterLab's own. */
const shared = ["@jupyterlab/rendermime", "@lumino/widgets"];

/** Where the modules of `shared` are kept in the page once they are there. */
const place = "__philab_shared";

/** Writes `folder`/package.json and `folder`/static from kernel/lab's sources; what was there goes. */
export async function writeFederated(root: string, folder: string): Promise<void> {
  const files = join(folder, "static");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(files, { recursive: true });
  const extension = await bundled(root, files);
  const style = readFileSync(join(root, "kernel", "lab", "style", "index.css"), "utf8");
  const entry = entryText(extension, style);
  const load = `static/remoteEntry.${hashOf(entry)}.js`;
  writeFileSync(join(folder, load), entry);
  const own = JSON.parse(readFileSync(join(root, "kernel", "lab", "package.json"), "utf8"));
  const build = { load, extension: "./extension", style: "./style" };
  const jupyterlab = { ...own.jupyterlab, _build: build };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ ...own, jupyterlab }, undefined, 2)}\n`);
}

/** The plugin in one file, and beside it what it loads when it is asked for (plotly); the file's name. */
async function bundled(root: string, outdir: string): Promise<string> {
  const { build } = await import("esbuild");
  const options: BuildOptions = {
    entryPoints: { extension: join(root, "kernel", "lab", "index.ts") },
    tsconfigRaw: {},
    outdir,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    entryNames: "[name].[hash]",
    chunkNames: "[name].[hash]",
    metafile: true,
    plugins: [fromPage],
  };
  const { metafile } = await build(options);
  const outputs = Object.entries(metafile?.outputs ?? {});
  const entry = outputs.find(([, { entryPoint }]) => entryPoint !== undefined);
  if (!entry) throw new Error("labextension: esbuild wrote no entry");
  return basename(entry[0]);
}

/** A shared module is read from the page, where the container has put it before the plugin is loaded. */
const fromPage: Plugin = {
  name: "from-page",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@(?:jupyterlab|lumino)\// }, ({ path }) => {
      if (shared.includes(path)) return { path, namespace: "page" };
      return {
        errors: [{ text: `${path} is not shared by JupyterLab; needed one of ${shared.join(", ")}` }],
      };
    });
    onLoad({ filter: /.*/, namespace: "page" }, ({ path }) => ({
      contents: `module.exports = globalThis.${place}[${JSON.stringify(path)}];`,
    }));
  },
};

/** A classic script; import() in it is relative to its own address. */
function entryText(extension: string, style: string): string {
  return `(() => {
  const page = globalThis;
  const kept = (page.${place} ??= {});
  let scope = {};
  // JupyterLab has one version of each; where another extension brings one too, the one that is loaded counts.
  const take = async (name) => {
    const versions = Object.values(scope[name] ?? {});
    const one = versions.find(({ loaded }) => loaded) ?? versions[0];
    if (!one) throw new Error("philab: JupyterLab shares no " + name);
    kept[name] ??= (await one.get())();
  };
  const modules = {
    "./extension": async () => {
      await Promise.all(${JSON.stringify(shared)}.map(take));
      return { ...(await import("./${extension}")), __esModule: true };
    },
    "./style": async () => {
      const style = document.createElement("style");
      style.textContent = ${JSON.stringify(style)};
      document.head.append(style);
      return {};
    },
  };
  (page._JUPYTERLAB ??= {}).philab = {
    init: (given) => void (scope = given),
    get: async (name) => {
      const module = await modules[name]();
      return () => module;
    },
  };
})();
`;
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
