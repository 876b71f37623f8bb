/** What `require` and `import` give a cell: the notebook's packages, ours where it has none. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { constants, Script } from "node:vm";
import { importName } from "../pipe/cellNames.js";
import { packageFolder } from "../place/packageRoot.js";
import { cellFile } from "./cellPlace.js";
import { editedSpecifier, forgetEdited, isLocal } from "./editedFiles.js";
import { folderOf, localModule } from "./localModules.js";
import { mathjs } from "./mathjsModule.js";
import { tslab } from "./tslabModule.js";

type Namespace = Record<string, unknown>;
type Require = (id: string) => unknown;

const fromCell = createRequire(cellFile);
const fromUs = createRequire(join(packageFolder, "package.json"));
/** ES modules that only `import` can load (top-level await): loaded before the cell that requires them runs. */
const imported = new Map<string, unknown>();

/** What `require` says of packages that only `import` can load. */
const onlyForImport = ["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE", "ERR_PACKAGE_PATH_NOT_EXPORTED"];

/** The mathematics, by its public names. */
export function loadPhilab(): Namespace {
  return fromUs("./dist/src/index.js") as Namespace;
}

/** display, input and the other names that only cells have. */
export function loadCell(): Namespace {
  return fromUs("./dist/kernel/runner/cellModule.js") as Namespace;
}

/** A cell's `require`, also for its static imports. */
export const cellRequire: Require = Object.assign((id: string): unknown => requireFrom(fromCell, id), {
  resolve: fromCell.resolve,
  cache: fromCell.cache,
});

function requireFrom(local: NodeJS.Require, id: string): unknown {
  if (id === "philab") return loadPhilab();
  if (id === "philab/cell") return loadCell();
  if (id === "tslab") return tslab;
  forgetEdited(local, id);
  if (imported.has(id)) return imported.get(id);
  const own = localModule(local, id, localParameters);
  if (own) return own.exports;
  if (id === "mathjs" && !resolvesElsewhere(local, id)) return mathjs(fromUs);
  return isMissing(local, id) ? fromUs(id) : local(id);
}

function localParameters(local: NodeJS.Require): Record<string, unknown> {
  return {
    require: (id: string) => requireFrom(local, id),
    [importName]: (id: string, options?: ImportCallOptions) => importAs(local, id, options),
  };
}

/** A cell's `import()`: its own .ts modules as converted, else the ES module, found as for `require`. */
export async function cellImport(specifier: string, options?: ImportCallOptions): Promise<unknown> {
  return importAs(fromCell, specifier, options);
}

async function importAs(
  local: NodeJS.Require,
  specifier: string,
  options?: ImportCallOptions,
): Promise<unknown> {
  if (specifier === "philab" || specifier === "philab/cell") return requireFrom(local, specifier);
  const own = localModule(local, specifier, localParameters);
  if (own) return asEsModule(own.exports as Namespace);
  try {
    return await importFrom(folderOf(local), specifier, options);
  } catch (error) {
    if (!isNotFound(error, specifier)) throw error;
    return importFrom(packageFolder, specifier, options).catch(() => {
      throw error;
    });
  }
}

/** What `import()` gives of a converted module: its names alone. */
function asEsModule(exports: Namespace): Namespace {
  const names = Object.keys(exports).filter((name) => name !== "__esModule");
  const getters = names.map((name): [string, PropertyDescriptor] => [
    name,
    { enumerable: true, get: () => exports[name] },
  ]);
  if (!("__esModule" in exports)) getters.push(["default", { enumerable: true, get: () => exports }]);
  const tag = { [Symbol.toStringTag]: { value: "Module" } };
  return Object.create(null, { ...Object.fromEntries(getters), ...tag }) as Namespace;
}

/** Loads those of a cell's static imports that `require` refuses. */
export async function loadImports(specifiers: readonly string[]): Promise<void> {
  for (const specifier of specifiers) {
    if (isLocal(specifier)) imported.delete(specifier);
    try {
      cellRequire(specifier);
    } catch (error) {
      if (!isOnlyForImport(error)) return; // the cell itself will say it, with its place
      imported.set(specifier, asCommonJs(await cellImport(specifier)));
    }
  }
}

/** An ES module as `require` would give it: its default export is found where converted code looks for one. */
function asCommonJs(namespace: unknown): unknown {
  const names = Object.keys(namespace as Namespace);
  const getters = names.map((name): [string, PropertyDescriptor] => [
    name,
    { enumerable: true, get: () => (namespace as Namespace)[name] },
  ]);
  const module = Object.defineProperties({}, Object.fromEntries(getters));
  return Object.defineProperty(module, "__esModule", { value: "default" in (namespace as Namespace) });
}

type Import = (specifier: string, options: ImportCallOptions | undefined) => Promise<unknown>;

function importFrom(
  folder: string,
  specifier: string,
  options: ImportCallOptions | undefined,
): Promise<unknown> {
  const script = new Script("(specifier, options) => import(specifier, options)", {
    filename: join(folder, "cell.mjs"),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return (script.runInThisContext() as Import)(editedSpecifier(folder, specifier), options);
}

function isMissing(local: NodeJS.Require, id: string): boolean {
  try {
    local.resolve(id);
    return false;
  } catch (error) {
    return isNotFound(error, id) && canResolve(id);
  }
}

function canResolve(id: string): boolean {
  if (/^[./]/.test(id)) return false;
  try {
    return fromUs.resolve(id) !== "";
  } catch {
    return false;
  }
}

/** Whether the notebook's folder has a copy of its own. */
function resolvesElsewhere(local: NodeJS.Require, id: string): boolean {
  try {
    return local.resolve(id) !== fromUs.resolve(id);
  } catch {
    return false;
  }
}

function isNotFound(error: unknown, specifier: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  const isCode = code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
  return (
    isCode &&
    message.includes(
      `'${specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/")}`,
    )
  );
}

function isOnlyForImport(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return onlyForImport.includes(code ?? "");
}
