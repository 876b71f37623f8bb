/**
 * One program and one checker for all cells that come after the same declarations and declare nothing themselves. A new
 * program would tie a new checker to some two hundred files of declarations, to look at one small file; here the small file
 * is put into the program there is, and the checker that knows the others looks at it.
 *
 * What it says stands only where it finds nothing wrong: a checker that has seen other cells may word an error in another
 * way (the order of a union's types is that in which it met them), so a cell with an error is converted by a program of its
 * own. What a cell declares is worded so too: such a cell gets the program only if it is the first.
 */
import type * as TypeScript from "typescript";
import { indexedMatrices } from "./indexedMatrices.js";
import { standIn } from "./notebookFolder.js";
import type { Builder } from "./program.js";
import type { Ts } from "./typescript.js";

/** How tslab calls the cell and the declarations before it, and what it puts before each. */
const [cellPath, declarationsPath] = [`${standIn}/__tslab__.ts`, `${standIn}/__prev__.d.ts`];
const tslabsLine = "export {};\n";

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
  readonly symbol: TypeScript.Symbol;
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

/** A cell in which nothing is wrong. */
export interface LookedAt {
  readonly file: TypeScript.SourceFile;
  readonly checker: TypeScript.TypeChecker;
  /** Those before it. */
  readonly declarations: TypeScript.SourceFile;
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
  #isPreparing = false;
  /** Whether its checker has looked at no cell. */
  #isNew = false;
  #hasServed = false;
  /** Whether tslab has changed its declarations. */
  #isSpoilt = false;
  #isUsed = false;
  #keepsAll = false;

  constructor(ts: Ts, bind: (program: TypeScript.Program, file: TypeScript.SourceFile) => void) {
    this.#ts = ts;
    this.#bind = bind;
  }

  /** Whether the cell that was converted last got the program of cells before it. */
  get hasServed(): boolean {
    return this.#hasServed;
  }

  /** Whether that cell declares nothing. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** Whether all declarations before the cell that was converted last stay as they are. */
  get keepsAll(): boolean {
    return this.#keepsAll;
  }

  /** Whether it serves a cell that comes after these declarations. */
  serves(declarations: string): boolean {
    return this.#declarations()?.text.endsWith(`\n${declarations}`) ?? false;
  }

  /** A program was made for a cell. */
  adopt(builder: Builder): void {
    this.#builder = builder;
    this.#isNew = this.#isPreparing;
    this.#hasServed = false;
    this.#isSpoilt = false;
    this.#isUsed = false;
    this.#cells = 0;
    this.#length = 0;
    const declarations = this.#declarations();
    this.#statements = declarations?.statements;
    if (declarations) this.#bind(builder.getProgram(), declarations);
    if (declarations?.locals) this.#hideNames(declarations.locals);
    this.#keepsAll = this.#isConverting && this.#overwritesNone();
  }

  /** The next cell gets a program of its own: a file has changed, or the checker has noted an error. */
  leave(): void {
    this.#builder = undefined;
  }

  /** Lets `convert` have the program that lives. */
  during<Result>(convert: () => Result): Result {
    this.#hasServed = false;
    this.#isUsed = false;
    this.#keepsAll = false;
    this.#isConverting = true;
    try {
      return convert();
    } finally {
      this.#isConverting = false;
      this.#isSpoilt ||= !this.#keepsAll;
    }
  }

  /** Lets `ask` make the program for a cell that is not known yet, by a question of which the checker notes nothing. */
  prepare(ask: () => void): void {
    this.#isPreparing = true;
    try {
      ask();
    } finally {
      this.#isPreparing = false;
    }
  }

  /** The program that lives, with the new cell in it, if it can have that. */
  withCell(host: TypeScript.CompilerHost, old: Builder | undefined): Builder | undefined {
    const builder = this.#isConverting && old?.getProgram() === this.#builder?.getProgram() && this.#builder;
    if (!builder || !this.#isFresh(host.readFile(declarationsPath))) return undefined;
    const program = builder.getProgram();
    const file = host.getSourceFile(cellPath, optionsOf(program)) as File;
    const use = this.#isPlain(file) ? this.#useOf(program, file) : undefined;
    if (!use) return undefined;
    this.#put(program, file);
    if (use === "looked at") lookAnew(program, file);
    this.#isNew &&= use === "named";
    this.#hasServed = use !== "named";
    this.#isUsed = use === "looked at";
    this.#keepsAll = this.#overwritesNone();
    return { ...builder };
  }

  /**
   * Puts a cell that declares nothing into the program after these declarations, without tslab, and looks at it. Undefined where it
   * cannot have the program, where the cell is not what `isWanted`, and where anything is wrong with it.
   */
  lookedAt(declarations: string, code: string, isWanted: (file: File) => boolean): LookedAt | undefined {
    const [before, text] = [declarations, code].map((each) => tslabsLine + each) as [string, string];
    if (!this.#isFresh(before)) return undefined;
    const program = this.#builder!.getProgram();
    const file = this.#ts.createSourceFile(cellPath, text, optionsOf(program)) as File;
    if (!isWanted(file) || !this.#isPlain(file) || this.#useOf(program, file) !== "looked at")
      return undefined;
    this.#put(program, file);
    this.#isNew = false;
    const known = this.#declarations()!;
    Object.assign(file, { parent: known }); // as tslab does, so that the cell sees what is declared
    const checker = program.getTypeChecker();
    const { getDiagnostics } = checker as unknown as InnerChecker;
    const isWrong = [...file.bindDiagnostics, ...getDiagnostics(file)].length > 0;
    if (isWrong) this.leave();
    return isWrong || indexedMatrices(this.#ts, checker, file).length > 0
      ? undefined
      : { file, checker, declarations: known };
  }

  #put(program: TypeScript.Program, file: File): void {
    put(program, program.getSourceFile(cellPath) as File, file);
    this.#cells++;
    this.#length += file.text.length;
  }

  /**
   * What the program is asked for: the names that a cell declares, after which tslab comes again with the cell that exports
   * them; what such a cell comes to, which a checker that has seen no other answers as its own would; or what a cell comes to that declares nothing.
   */
  #useOf(program: TypeScript.Program, file: File): "named" | "declared" | "looked at" | undefined {
    this.#bind(program, file);
    const exported = file.symbol.exports?.size ?? 0;
    if (file.locals?.size === 0) return exported === 0 ? "looked at" : undefined;
    if (exported === 0) return "named";
    return this.#isNew ? "declared" : undefined;
  }

  #overwritesNone(): boolean {
    const cell = this.#builder?.getProgram().getSourceFile(cellPath) as File | undefined;
    const names = this.#declarations()?.locals;
    if (!cell?.locals || !names || cell.statements.some(this.#ts.isModuleDeclaration)) return false;
    return ![...cell.locals.keys()].some((name) => names.has(name));
  }

  #declarations(): File | undefined {
    return this.#builder?.getProgram().getSourceFile(declarationsPath) as File | undefined;
  }

  /** Whether the declarations are those that the program has, and its cell has left nothing behind. */
  #isFresh(text: string | undefined): boolean {
    const declarations = this.#declarations();
    const before = this.#builder?.getProgram().getSourceFile(cellPath) as File | undefined;
    if (!declarations || !before || this.#cells > mostCells || this.#length > mostLength) return false;
    if (before.imports.length + before.moduleAugmentations.length > 0) return false;
    if (this.#isSpoilt || declarations.text !== text) return false;
    declarations.statements = this.#statements!;
    return true;
  }

  /** Whether a file can be put in without more: it asks for no others, and adds nothing to what all files know. */
  #isPlain(file: File): boolean {
    const { NodeFlags, isExportDeclaration } = this.#ts;
    const { isImportDeclaration, isImportEqualsDeclaration, isModuleDeclaration } = this.#ts;
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
          (isExportDeclaration(each) && each.moduleSpecifier !== undefined),
      )
    );
  }

  /** tslab prints what a cell leaves of the declarations before it, name by name: none, where they all stay. */
  #hideNames(names: Map<string, unknown>): void {
    const walk = names.forEach.bind(names);
    names.forEach = (take) => this.#keepsAll || walk(take);
  }
}

function optionsOf(program: TypeScript.Program): TypeScript.CreateSourceFileOptions {
  const before = program.getSourceFile(cellPath) as File;
  const { languageVersion, impliedNodeFormat, setExternalModuleIndicator, jsDocParsingMode } = before;
  return { languageVersion, impliedNodeFormat, setExternalModuleIndicator, jsDocParsingMode };
}

function put(program: TypeScript.Program, before: File, file: File): void {
  const { path, resolvedPath, originalFileName, packageJsonLocations, packageJsonScope } = before;
  const place = { path, resolvedPath, originalFileName, packageJsonLocations, packageJsonScope };
  const none = { imports: [], moduleAugmentations: [], ambientModuleNames: [] };
  Object.assign(file, place, none, { version: undefined }); // with one, the same cell again would get no new program
  const files = program.getSourceFiles() as TypeScript.SourceFile[];
  files[files.indexOf(before)] = file;
  (program as unknown as Inner).getFilesByNameMap().set(path, file);
}

/** The program's own answers would be those for the first file of that name. */
function lookAnew(program: TypeScript.Program, file: File): void {
  const checker = program.getTypeChecker() as unknown as InnerChecker;
  program.getSemanticDiagnostics = () => [...file.bindDiagnostics, ...checker.getDiagnostics(file)];
  program.getDeclarationDiagnostics = () => [];
}
