/**
 * One program and one checker for all cells that come after the same declarations and declare nothing themselves. A new
 * program would tie a new checker to some two hundred files of declarations, to look at one small file; here the small file
 * is put into the program there is, and the checker that knows the others looks at it.
 *
 * What it says stands only where it finds nothing wrong: a checker that has seen other cells may word an error in another
 * way (the order of a union's types is that in which it met them), so a cell with an error is converted by a program of its own,
 * and so is one that declares something, for the same words become declarations.
 */
import type * as TypeScript from "typescript";
import { standIn } from "./notebookFolder.js";
import type { Builder } from "./program.js";
import type { Ts } from "./typescript.js";

/** How tslab calls the cell and the declarations before it. */
const [cellPath, declarationsPath] = [`${standIn}/__tslab__.ts`, `${standIn}/__prev__.d.ts`];

/** So many cells a checker looks at, and so many characters of them: it forgets nothing. */
const [mostCells, mostLength] = [1_000, 2 ** 20];

/** What TypeScript keeps to itself. */
type File = TypeScript.SourceFile & {
  statements: TypeScript.NodeArray<TypeScript.Statement>;
  locals?: Map<string, unknown>;
  readonly path: string;
  readonly resolvedPath: string;
  readonly originalFileName: string;
  readonly packageJsonLocations: unknown;
  readonly packageJsonScope: unknown;
  imports: readonly unknown[];
  moduleAugmentations: readonly unknown[];
  ambientModuleNames: readonly unknown[];
  readonly parseDiagnostics: readonly unknown[];
  readonly bindDiagnostics: readonly TypeScript.Diagnostic[];
  readonly commentDirectives?: readonly unknown[];
  readonly checkJsDirective?: unknown;
  readonly setExternalModuleIndicator: (file: TypeScript.SourceFile) => void;
  readonly jsDocParsingMode: TypeScript.JSDocParsingMode;
};
interface Inner {
  getFilesByNameMap(): Map<string, TypeScript.SourceFile>;
}
interface InnerChecker {
  getDiagnostics(file: TypeScript.SourceFile): readonly TypeScript.Diagnostic[];
}

/** The names of a file are made by `bind`. */
export class LivingProgram {
  readonly #ts: Ts;
  readonly #bind: (program: TypeScript.Program, file: TypeScript.SourceFile) => void;
  #builder: Builder | undefined;
  /** The statements of the declarations: tslab leaves some out when it has read them. */
  #statements: File["statements"] | undefined;
  #cells = 0;
  #length = 0;
  #isConverting = false;
  #isUsed = false;

  constructor(ts: Ts, bind: (program: TypeScript.Program, file: TypeScript.SourceFile) => void) {
    this.#ts = ts;
    this.#bind = bind;
  }

  /** Whether the cell that was converted last declares nothing, and was looked at by a checker that has seen others. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Whether it serves a cell that comes after these declarations. */
  serves(declarations: string): boolean {
    return this.#declarations()?.text.endsWith(`\n${declarations}`) ?? false;
  }

  /** A program was made for a cell. */
  adopt(builder: Builder): void {
    this.#builder = builder;
    this.#isUsed = false;
    this.#cells = 0;
    this.#length = 0;
    const declarations = this.#declarations();
    this.#statements = declarations?.statements;
    if (declarations) this.#bind(builder.getProgram(), declarations);
    if (declarations?.locals) this.#hideNames(declarations.locals);
  }

  /** The next cell gets a program of its own: a file has changed, or the checker has noted an error. */
  leave(): void {
    this.#builder = undefined;
  }

  /** Lets `convert` have the program that lives. */
  during<Result>(convert: () => Result): Result {
    this.#isUsed = false;
    this.#isConverting = true;
    try {
      return convert();
    } finally {
      this.#isConverting = false;
    }
  }

  /** The program that lives, with the new cell in it, if it can have that. */
  withCell(host: TypeScript.CompilerHost, old: Builder | undefined): Builder | undefined {
    const builder = this.#isConverting && old?.getProgram() === this.#builder?.getProgram() && this.#builder;
    if (!builder || !this.#isFresh(host)) return undefined;
    const program = builder.getProgram();
    const before = program.getSourceFile(cellPath) as File;
    const { languageVersion, impliedNodeFormat, setExternalModuleIndicator, jsDocParsingMode } = before;
    const options = { languageVersion, impliedNodeFormat, setExternalModuleIndicator, jsDocParsingMode };
    const file = host.getSourceFile(cellPath, options) as File;
    if (!this.#isPlain(file)) return undefined;
    (this.#declarations() as File).statements = this.#statements!;
    this.#put(program, before, file);
    this.#bind(program, file);
    this.#isUsed = file.locals?.size === 0;
    return { ...builder };
  }

  #declarations(): File | undefined {
    return this.#builder?.getProgram().getSourceFile(declarationsPath) as File | undefined;
  }

  /** Whether the declarations are those that the program has, and its cell has left nothing behind. */
  #isFresh(host: TypeScript.CompilerHost): boolean {
    const declarations = this.#declarations();
    const before = this.#builder?.getProgram().getSourceFile(cellPath) as File | undefined;
    if (!declarations || !before || this.#cells > mostCells || this.#length > mostLength) return false;
    if (before.imports.length + before.moduleAugmentations.length > 0) return false;
    const isOverwritten = [...(before.locals?.keys() ?? [])].some((name) => declarations.locals?.has(name));
    return !isOverwritten && declarations.text === host.readFile(declarationsPath);
  }

  /** Whether a file can be put in without more: it asks for no others, and adds nothing to what all files know. */
  #isPlain(file: File): boolean {
    const { NodeFlags, isImportDeclaration, isImportEqualsDeclaration, isModuleDeclaration } = this.#ts;
    const { PossiblyContainsDynamicImport } = NodeFlags as unknown as Record<string, number>;
    return (
      file.parseDiagnostics.length === 0 &&
      file.referencedFiles.length + file.typeReferenceDirectives.length === 0 &&
      file.libReferenceDirectives.length === 0 &&
      file.commentDirectives === undefined &&
      file.checkJsDirective === undefined &&
      (file.flags & PossiblyContainsDynamicImport!) === 0 &&
      !file.statements.some(
        (each) =>
          isImportDeclaration(each) ||
          isImportEqualsDeclaration(each) ||
          isModuleDeclaration(each) ||
          this.#exportsSome(each),
      )
    );
  }

  /** tslab has seen that the cell declares names, and exports them: `export { a, b }`. */
  #exportsSome(statement: TypeScript.Statement): boolean {
    if (!this.#ts.isExportDeclaration(statement)) return false;
    const { exportClause, moduleSpecifier } = statement;
    const isEmpty = exportClause && this.#ts.isNamedExports(exportClause) && exportClause.elements.length === 0;
    return moduleSpecifier !== undefined || !isEmpty;
  }

  #put(program: TypeScript.Program, before: File, file: File): void {
    const { path, resolvedPath, originalFileName, packageJsonLocations, packageJsonScope } = before;
    const none = { imports: [], moduleAugmentations: [], ambientModuleNames: [] };
    Object.assign(file, { path, resolvedPath, originalFileName, packageJsonLocations, packageJsonScope }, none);
    const files = program.getSourceFiles() as TypeScript.SourceFile[];
    files[files.indexOf(before)] = file;
    (program as unknown as Inner).getFilesByNameMap().set(path, file);
    this.#cells++;
    this.#length += file.text.length;
    program.getSemanticDiagnostics = () => [...file.bindDiagnostics, ...checkedAnew(program, file)];
    program.getDeclarationDiagnostics = () => [];
  }

  /** tslab prints what a cell leaves of the declarations before it, name by name: where it declares none, that is all. */
  #hideNames(names: Map<string, unknown>): void {
    const walk = names.forEach.bind(names);
    names.forEach = (take) => this.#isUsed || walk(take);
  }
}

/** The program's own answer would be that for the first file of that name. */
function checkedAnew(program: TypeScript.Program, file: File): readonly TypeScript.Diagnostic[] {
  return (program.getTypeChecker() as unknown as InnerChecker).getDiagnostics(file);
}
