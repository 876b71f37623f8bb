/**
 * tslab's converter with compiler options of ours.
 *
 * tslab hard-codes its options. They enter TypeScript at three functions, which are wrapped here (typescript.ts says
 * how tslab comes to call the wrapped ones).
 */
import { join } from "node:path";
import * as tslab from "tslab/dist/converter.js";
import type * as TypeScript from "typescript";
import type { StageMaps } from "../pipe/languageWords.js";
import { globalDeclarations } from "./globals.js";
import { libraryFiles, nodesDeclarations, shortlyDocumented } from "./library.js";
import type { LivingProgram } from "./livingProgram.js";
import { type LocalFiles, watchLocalFiles } from "./localFiles.js";
import { namesInFunctions, withoutFunctionNames } from "./namesInFunctions.js";
import { languageOptions, libraries } from "./nodesLanguage.js";
import { enterFolder, standIn, standInFileSystem } from "./notebookFolder.js";
import { type PlainCell, plainCell } from "./plainCell.js";
import { isPlainSyntax } from "./plainSyntax.js";
import { lightPrograms, livingProgram } from "./program.js";
import { hasOwnCopies, resolution, typescriptFolder } from "./resolution.js";
import { type Seen, wrapTranspile } from "./secondStage.js";
import { type Ts, ts } from "./typescript.js";

/** Where TypeScript sees the globals of globals.ts. */
const globalsFile = "__philab_globals__.d.ts";

/** tslab's converter, ready for a notebook in any folder; takes about a second. */
export class Compiler {
  readonly ts: Ts = ts;
  readonly isCompleteCode: typeof tslab.isCompleteCode = tslab.isCompleteCode;
  /** Makes changes of files beside the notebook known, and says whether there were any; called before every question. */
  readonly noticeChanges: () => boolean;
  readonly #localFiles: LocalFiles;
  readonly #mapsOfModules = new Map<string, StageMaps>();
  #seen: Seen | undefined;
  #inFunctions: Pick<ReadonlySet<string>, "has"> = new Set();
  readonly #living: LivingProgram = livingProgram(ts);
  #converter: tslab.Converter;

  constructor() {
    ts.sys.createHash = rememberingHash(ts);
    ts.sys.getExecutingFilePath = () => join(typescriptFolder, "typescript.js");
    standInFileSystem(ts);
    this.#localFiles = watchLocalFiles(ts);
    this.noticeChanges = () => this.#noticeChanges();
    wrapHost(ts, this.#living);
    wrapTranspile(ts, {
      cell: (seen) => {
        this.#seen = seen;
      },
      module: (code, maps) => this.#mapsOfModules.set(code, maps),
      isInFunctions: (name) => this.#inFunctions.has(name),
    });
    this.#converter = newConverter();
  }

  get converter(): tslab.Converter {
    return this.#converter;
  }

  /** Converts a cell that comes after these declarations. */
  convert(declarations: string, code: string): tslab.ConvertResult {
    this.#inFunctions = namesInFunctions(declarations);
    const before = withoutFunctionNames(declarations);
    const result = this.#convert(before, code);
    if (result.diagnostics.length === 0) return result;
    const { hasServed } = this.#living;
    this.#living.leave();
    return hasServed ? this.#convert(before, code) : result;
  }

  /** Converts a cell that can run as it is written and is right; undefined for any other. */
  convertPlain(declarations: string, code: string): PlainCell | undefined {
    const isWanted = ({ statements: [, ...own] }: TypeScript.SourceFile): boolean =>
      isPlainSyntax(ts, code, own);
    const plain = this.#living.lookedAt(withoutFunctionNames(declarations), code, isWanted);
    return plain && plainCell(ts, plain);
  }

  /** Whether all declarations before the cell that was converted last stay as they are; then what it declares does not repeat them. */
  get keepsAll(): boolean {
    return this.#living.keepsAll;
  }

  /** Makes the program for the cell that comes after these declarations; says whether there was none. */
  prepare(declarations: string): boolean {
    const before = withoutFunctionNames(declarations);
    if (this.#living.serves(before)) return false;
    this.#living.prepare(() => this.#converter.inspect(before, "", 0));
    return true;
  }

  #convert(declarations: string, code: string): tslab.ConvertResult {
    this.#seen = undefined;
    this.#mapsOfModules.clear(); // a module that has not changed is not written again
    const result = this.#living.during(() => this.#converter.convert(declarations, code));
    return this.#living.isUsed ? { ...result, declOutput: "" } : result; // it declares nothing: none were written
  }

  #noticeChanges(): boolean {
    const areThere = this.#localFiles.noticeChanges();
    if (areThere) this.#living.leave();
    return areThere;
  }

  /** What was seen of the cell converted last. */
  get seen(): Seen | undefined {
    return this.#seen;
  }

  /** The maps of a local module, by its JavaScript. */
  mapsOf(code: string): StageMaps | undefined {
    return this.#mapsOfModules.get(code);
  }

  /** From now on cells are those of a notebook in this folder. */
  enter(folder: string): void {
    enterFolder(folder);
    if (hasOwnCopies()) this.renew();
  }

  /** Starts the converter anew, which forgets where modules were looked for; takes most of a second. */
  renew(): void {
    this.#converter.close();
    this.#living.leave();
    this.#localFiles.forget();
    this.#converter = newConverter();
  }
}

/** TypeScript's own (a snapshot cannot hold Node's), which remembers that of the last long text: the declarations', at every cell. */
function rememberingHash(ts: Ts): (text: string) => string {
  const { generateDjb2Hash } = ts as unknown as { generateDjb2Hash(text: string): string };
  let known = { text: "", hash: generateDjb2Hash("") };
  return (text) => {
    if (text === known.text) return known.hash;
    const hash = generateDjb2Hash(text);
    if (text.length > 1_000) known = { text, hash };
    return hash;
  };
}

function newConverter(): tslab.Converter {
  return tslab.createConverter({ isJS: false, isBrowser: false });
}

function wrapHost(ts: Ts, living: LivingProgram): void {
  const original = ts.createWatchCompilerHost as (...args: unknown[]) => unknown;
  const wrapped = (
    roots: string[],
    options: TypeScript.CompilerOptions,
    system: TypeScript.System,
    _createProgram: unknown,
    ...rest: unknown[]
  ): unknown => {
    const globals = `${standIn}/${globalsFile}`;
    shorten(system);
    addFile(system, globals, globalDeclarations);
    for (const [path, text] of libraries.flatMap((name) => [...libraryFiles(name, ts.sys.readFile)])) {
      addFile(system, path, text);
    }
    const all = { ...options, ...resolution(), ...optionsOfOurs(ts) };
    return original([...roots, globals], all, system, lightPrograms(ts, living), ...rest);
  };
  ts.createWatchCompilerHost = wrapped as Ts["createWatchCompilerHost"];
}

/** Makes TypeScript see Node's declarations with the first words of their documentation. */
function shorten(system: TypeScript.System): void {
  const { readFile } = system;
  system.readFile = (path, encoding) => {
    const text = readFile.call(system, path, encoding);
    return text !== undefined && nodesDeclarations.test(path) ? shortlyDocumented(text) : text;
  };
}

/** Makes TypeScript see a file that is not there. */
function addFile(system: TypeScript.System, path: string, text: string): void {
  const { readFile, fileExists } = system;
  system.readFile = (asked, encoding) => (asked === path ? text : readFile.call(system, asked, encoding));
  system.fileExists = (asked) => asked === path || fileExists.call(system, asked);
}

function optionsOfOurs(ts: Ts): TypeScript.CompilerOptions {
  return {
    inlineSourceMap: true,
    ...languageOptions(ts),
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    assumeChangesOnlyAffectDirectDependencies: true,
    experimentalDecorators: false,
  };
}
