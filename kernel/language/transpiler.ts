/**
 * TypeScript's transpileModule, one file after the other by one checker: a program and a checker for each file alone took
 * more than half of its time. What is asked of the checker is only what a name in the file refers to.
 */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

type Transpile = Ts["transpileModule"];
type Host = TypeScript.ModuleResolutionHost & {
  getSourceFiles(): readonly TypeScript.SourceFile[];
  writeFile: TypeScript.WriteFileCallback;
};

/** What TypeScript keeps to itself. */
interface InnerContext {
  getEmitHost(): Host;
  getEmitResolver(): unknown;
}
interface InnerTs {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
  emitFiles(resolver: unknown, host: Host, file: undefined, transformers: unknown, only: false): void;
  getTransformers(options: TypeScript.CompilerOptions, custom: TypeScript.CustomTransformers): unknown;
}
type File = TypeScript.SourceFile & {
  readonly path: string;
  readonly externalModuleIndicator?: unknown;
  readonly setExternalModuleIndicator: (file: TypeScript.SourceFile) => void;
};

/** The program of the first file that came with some options. */
interface Known {
  readonly file: File;
  readonly host: Host;
  readonly resolver: unknown;
  readonly options: TypeScript.CompilerOptions;
  /** How much it may still read: its checker forgets nothing. */
  room: number;
}

const mostLength = 2 ** 20;

/** As ts.transpileModule, for whoever calls it often with the same options. */
export function transpiler(ts: Ts): Transpile {
  const knownPrograms = new Map<string, Known>();
  const { transpileModule } = ts;
  return (source, options) => {
    const key = JSON.stringify([options.fileName, options.compilerOptions]);
    const known = knownPrograms.get(key);
    const output = known && again(ts, known, source, options.transformers ?? {});
    if (output) return output;
    const note = (found: Known): void => void knownPrograms.set(key, found);
    const { before = [] } = options.transformers ?? {};
    const transformers = { ...options.transformers, before: [noting(ts, note), ...before] };
    return transpileModule(source, { ...options, transformers });
  };
}

/** A transformer that changes nothing, and hears what the program is. */
function noting(ts: Ts, note: (found: Known) => void): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const { getEmitHost, getEmitResolver } = context as unknown as InnerContext;
    const original = ts.getOriginalNode(file) as File;
    const options = context.getCompilerOptions();
    if (ts.isExternalModule(original))
      note({ file: original, host: getEmitHost(), resolver: getEmitResolver(), options, room: mostLength });
    return file;
  };
}

/** Undefined for a file that is no module: what it declares would be global. */
function again(
  ts: Ts,
  known: Known,
  source: string,
  transformers: TypeScript.CustomTransformers,
): TypeScript.TranspileOutput | undefined {
  const { options, resolver } = known;
  const file = fileLike(ts, known.file, source);
  known.room -= source.length;
  if (known.room < 0 || !ts.isExternalModule(file)) return undefined;
  const inner = ts as unknown as InnerTs;
  inner.bindSourceFile(file, options);
  const output = { outputText: "", sourceMapText: "" };
  const host: Host = {
    ...known.host,
    getSourceFiles: () => [file],
    writeFile: (name, text) => {
      output[name.endsWith(".map") ? "sourceMapText" : "outputText"] = text;
    },
  };
  inner.emitFiles(resolver, host, undefined, inner.getTransformers(options, transformers), false);
  return output;
}

function fileLike(ts: Ts, file: File, source: string): TypeScript.SourceFile {
  const { fileName, path, languageVersion, impliedNodeFormat, setExternalModuleIndicator } = file;
  const made = ts.createSourceFile(fileName, source, {
    languageVersion,
    impliedNodeFormat,
    setExternalModuleIndicator,
  });
  return Object.assign(made, { path, resolvedPath: path, originalFileName: fileName });
}
