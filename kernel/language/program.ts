/** The program that TypeScript makes for each cell, without what a cell does not need. */
import type * as TypeScript from "typescript";
import { plainName } from "./cellScope.js";
import { LivingProgram } from "./livingProgram.js";
import { nameOfScript, scriptName } from "./localFiles.js";
import { flowOf } from "./steps.js";
import type { Ts } from "./typescript.js";

export type Builder = TypeScript.EmitAndSemanticDiagnosticsBuilderProgram;
export type CreateProgram = TypeScript.CreateProgram<Builder>;

/**
 * Programs that keep no table of which file refers to which: TypeScript's own would be made anew, for some two hundred
 * files of declarations, at every cell (a third of its time).
 */
export function lightPrograms(ts: Ts, living: LivingProgram): CreateProgram {
  return ((...args: Parameters<CreateProgram>) => {
    const [, , host, old] = args;
    const known = living.withCell(host!, old);
    if (known) return known;
    const builder = ts.createAbstractBuilder(...args) as Builder;
    builder.getAllDependencies = (file) => [...dependencies(ts, builder.getProgram(), file)].map(scriptName);
    builder.getSourceFile = (name) => builder.getProgram().getSourceFile(nameOfScript(name));
    bindAll(ts, builder.getProgram());
    endDeclarations(ts, builder, living);
    living.adopt(builder);
    return builder;
  }) as CreateProgram;
}

/** A program that lives on for cells which declare nothing. */
export function livingProgram(ts: Ts): LivingProgram {
  return new LivingProgram(ts, (program, file) => bind(ts, program, file));
}

/** tslab takes the statement that ends a cell's JavaScript for its value: what an enum has become gets an end of its own. */
function endDeclarations(ts: Ts, builder: Builder, living: LivingProgram): void {
  const emit = builder.emit.bind(builder);
  const ended =
    ({ factory }: TypeScript.TransformationContext) =>
    (file: TypeScript.SourceFile) => {
      const statements = file.statements.flatMap((statement) => {
        const written = ts.getOriginalNode(statement);
        const isMade = ts.isExpressionStatement(statement) && !ts.isExpressionStatement(written);
        return isMade ? [statement, factory.createNotEmittedStatement(written)] : [statement];
      });
      return factory.updateSourceFile(file, statements);
    };
  builder.emit = (file, write, token, only, transformers) =>
    emit(file, write && asScripts(write), token, living.isUsed ? onlyScripts : only, {
      ...transformers,
      after: [ended, ...(transformers?.after ?? [])],
    });
}

/** No declarations: TypeScript's EmitOnly.Js, which it keeps to itself. */
const onlyScripts = 0 as unknown as boolean;

function asScripts(write: TypeScript.WriteFileCallback): TypeScript.WriteFileCallback {
  return (name, ...rest) => write(scriptName(name), ...rest);
}

function bindAll(ts: Ts, program: TypeScript.Program): void {
  for (const file of program.getSourceFiles()) if (!file.isDeclarationFile) bind(ts, program, file);
}

/** Gives the cell its table of names, which tslab reads before it asks anything that would make it. */
function bind(ts: Ts, program: TypeScript.Program, file: TypeScript.SourceFile): void {
  const { bindSourceFile } = ts as unknown as {
    bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
  };
  bindSourceFile(file, program.getCompilerOptions());
  if (!file.isDeclarationFile) showNames(ts, (file as { locals?: Map<string, unknown> }).locals);
}

/** tslab exports the names that it walks over: not that of `declare global`, and `__x` as it is written. */
function showNames(ts: Ts, locals: Map<string, unknown> | undefined): void {
  if (!locals) return;
  locals.delete("__global");
  const walk = locals.forEach.bind(locals);
  locals.forEach = (take) => walk((symbol, name) => take(symbol, plainName(ts, name), locals));
}

/**
 * A file and the modules that it imports, they import, and so on; not the imports of declarations, and not a module that
 * awaits at its top level, which Node alone can load.
 */
function dependencies(
  ts: Ts,
  program: TypeScript.Program,
  file: TypeScript.SourceFile,
  found: Set<string> = new Set(),
): Set<string> {
  if (found.has(file.fileName)) return found;
  found.add(file.fileName);
  if (file.isDeclarationFile) return found;
  for (const name of importedFiles(program, file)) {
    const imported = program.getSourceFile(name);
    if (imported && flowOf(ts, imported) === "plain") dependencies(ts, program, imported, found);
  }
  return found;
}

/** What TypeScript found for each of a file's imports. */
interface Resolutions {
  forEachResolvedModule(
    take: (found: { readonly resolvedModule?: TypeScript.ResolvedModule }) => void,
    file: TypeScript.SourceFile,
  ): void;
}

function importedFiles(program: TypeScript.Program, file: TypeScript.SourceFile): string[] {
  const names: string[] = [];
  (program as unknown as Resolutions).forEachResolvedModule(({ resolvedModule }) => {
    if (resolvedModule) names.push(resolvedModule.resolvedFileName);
  }, file);
  return names;
}
