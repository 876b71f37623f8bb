/** Completion as tslab asks for it, also where files and packages are named: tslab gives the compiler an empty host. */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

type Completions = TypeScript.CompletionInfo | undefined;

/** The compiler's own function, as far as it is called here. */
export type CompletionsAtPosition = (
  host: object,
  program: TypeScript.Program,
  ...rest: readonly unknown[]
) => Completions;

/** The function that tslab calls. */
export function completionsForTslab(ts: Ts, complete: CompletionsAtPosition): CompletionsAtPosition {
  return (_empty, program, ...rest) => {
    const found = complete(fileHost(ts, program), program, ...rest);
    return found && { ...found, ...replaced(found) };
  };
}

/** What the entries replace; tslab asks only for what all of them do. */
function replaced({
  optionalReplacementSpan: whole,
  entries,
}: NonNullable<Completions>): Pick<NonNullable<Completions>, "optionalReplacementSpan"> {
  const span = whole ?? entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan;
  return span ? { optionalReplacementSpan: { ...span } } : {};
}

/** The compiler's file system. */
function fileHost({ sys }: Ts, program: TypeScript.Program): object {
  return {
    getCompilationSettings: () => program.getCompilerOptions(),
    getCurrentDirectory: () => sys.getCurrentDirectory(),
    useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    fileExists: (path: string) => sys.fileExists(path),
    readFile: (path: string) => sys.readFile(path),
    directoryExists: (path: string) => sys.directoryExists(path),
    getDirectories: (path: string) => sys.getDirectories(path),
    readDirectory: (...asked: Parameters<TypeScript.System["readDirectory"]>) => sys.readDirectory(...asked),
    realpath: (path: string) => sys.realpath?.(path) ?? path,
  };
}
