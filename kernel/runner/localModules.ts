/** Modules beside the notebook that the language service converted: .ts by relative path. */
import { createRequire } from "node:module";
import { dirname, extname, resolve } from "node:path";
import { Script } from "node:vm";
import type { LocalScript } from "../pipe/languageWords.js";
import { cellFolder, placeNames } from "./cellPlace.js";
import { isLocal } from "./editedFiles.js";
import { rememberModuleMaps } from "./stack.js";

interface LocalModule {
  exports: unknown;
}

const sources = new Map<string, LocalScript>();
const loaded = new Map<string, LocalModule>();

/** Takes converted modules; those that changed are evaluated anew at their next import. */
export function takeModules(modules: readonly LocalScript[]): void {
  for (const module of modules) sources.set(module.path, module);
  if (modules.length > 0) loaded.clear(); // a module that imports a changed one must see the change
}

/** What converted code is given beside `exports`; `local` resolves from the module's own folder. */
type Parameters = (local: NodeJS.Require) => Record<string, unknown>;

/** The converted module that `id` names, or undefined when it names none. */
export function localModule(
  local: NodeJS.Require,
  id: string,
  parameters: Parameters,
): LocalModule | undefined {
  if (!isLocal(id)) return undefined;
  const path = convertedPath(resolve(folderOf(local), id));
  if (path === undefined) return undefined;
  return loaded.get(path) ?? evaluate(sources.get(path) as LocalScript, parameters);
}

const folders = new WeakMap<NodeJS.Require, string>();

/** The folder from which a `require` finds what it is asked for. */
export function folderOf(local: NodeJS.Require): string {
  return folders.get(local) ?? cellFolder;
}

function convertedPath(path: string): string | undefined {
  const bare = path.slice(0, path.length - extname(path).length);
  const written = bare + extname(path).replace(/^\.([mc]?)ts$/, ".$1js"); // import "./x.ts"
  const all = [path, written, `${written}.js`, `${path}.js`, `${bare}.js`, `${path}/index.js`];
  return all.find((each) => sources.has(each));
}

function evaluate({ path, source, code, maps }: LocalScript, parameters: Parameters): LocalModule {
  const module: LocalModule = { exports: {} };
  loaded.set(path, module);
  const local = createRequire(path);
  folders.set(local, dirname(path));
  const { exports } = module;
  const all: Record<string, unknown> = {
    ...parameters(local),
    exports,
    module,
    ...placeNames(source),
  };
  const wrapped = `(function(${Object.keys(all).join(", ")}) {\n${code}\n})`;
  rememberModuleMaps(source, maps);
  const script = new Script(wrapped, { filename: source, lineOffset: -1 });
  try {
    (script.runInThisContext() as (...args: unknown[]) => void)(...Object.values(all));
  } catch (error) {
    loaded.delete(path);
    throw error;
  }
  return module;
}
