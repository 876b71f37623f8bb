/** Which words of a cell's JavaScript are variables of the cell, and so of all cells. */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

/** What TypeScript keeps to itself. */
interface Inner {
  getEmitResolver(): {
    getReferencedValueDeclaration(node: TypeScript.Identifier): TypeScript.Declaration | undefined;
    getReferencedImportDeclaration(node: TypeScript.Identifier): TypeScript.Declaration | undefined;
  };
}
type WithLocals = TypeScript.SourceFile & { readonly locals?: ReadonlyMap<string, TypeScript.Symbol> };

/**
 * The names that a cell declares for all cells. Imports are not among them, nor what it exports by a word, nor what it
 * holds by `using`, which ends with the cell.
 */
export class CellScope {
  readonly #ts: Ts;
  readonly #resolver: ReturnType<Inner["getEmitResolver"]>;
  /** The declarations of each of the cell's own variables. */
  readonly #own: ReadonlyMap<string, readonly TypeScript.Declaration[]>;
  readonly #locals: ReadonlyMap<string, TypeScript.Symbol>;

  constructor(ts: Ts, context: TypeScript.TransformationContext, file: TypeScript.SourceFile) {
    this.#ts = ts;
    this.#resolver = (context as unknown as Inner).getEmitResolver();
    this.#locals = new Map(
      [...((file as WithLocals).locals ?? [])].map(([name, symbol]) => [plainName(ts, name), symbol]),
    );
    const own = [...this.#locals].map(
      ([name, symbol]) => [name, (symbol.declarations ?? []).filter((each) => this.#isForAll(each))] as const,
    );
    this.#own = new Map(own.filter(([, declarations]) => declarations.length > 0));
  }

  /** Whether the cell imports the name. */
  isImport(name: string): boolean {
    return ((this.#locals.get(name)?.flags ?? 0) & this.#ts.SymbolFlags.Alias) !== 0;
  }

  /** Whether what is declared here is a variable of all cells. */
  declares(declaration: TypeScript.Declaration): boolean {
    const name = this.#ts.getNameOfDeclaration(declaration);
    const found = name && this.#ts.isIdentifier(name) && this.#own.get(name.text);
    return found ? found.includes(this.#ts.getOriginalNode(declaration) as TypeScript.Declaration) : false;
  }

  /** The name of the cell variable that the node mentions, its own as `lr`, an earlier cell's as `exports.lr`. */
  nameOf(node: TypeScript.Node): string | undefined {
    const ts = this.#ts;
    if (ts.isPropertyAccessExpression(node))
      return this.#isExports(node.expression) ? node.name.text : undefined;
    if (!ts.isIdentifier(node) || !this.#own.has(node.text) || isWord(ts, node)) return undefined;
    const declaration =
      this.#resolver.getReferencedValueDeclaration(node) ??
      this.#resolver.getReferencedImportDeclaration(node); // `const m = require("m")` is one to TypeScript
    if (!declaration || !this.#own.get(node.text)?.includes(declaration)) return undefined;
    return isInside(node, declaration) && ts.isClassDeclaration(declaration) ? undefined : node.text;
  }

  /** The names that a node mentions, in whatever depth. */
  namesIn(node: TypeScript.Node, found: Set<string> = new Set()): Set<string> {
    const name = this.nameOf(node);
    if (name !== undefined) found.add(name);
    if (this.#ts.isVariableDeclaration(node) || this.#ts.isBindingElement(node)) {
      if (this.declares(node)) found.add((node.name as TypeScript.Identifier).text);
    }
    this.#ts.forEachChild(node, (child) => void this.namesIn(child, found));
    return found;
  }

  #isExports(node: TypeScript.Node): boolean {
    return (
      this.#ts.isIdentifier(node) &&
      node.text === "exports" &&
      this.#resolver.getReferencedValueDeclaration(node) === undefined
    );
  }

  #isForAll(declaration: TypeScript.Declaration): boolean {
    const ts = this.#ts;
    if (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration)) return true;
    if (!ts.isVariableDeclaration(declaration) && !ts.isBindingElement(declaration)) return false;
    if ((ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Using) === ts.NodeFlags.Using) return false;
    return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) === 0;
  }
}

/** TypeScript writes an underscore more before names that start with two. */
export function plainName(ts: Ts, name: string): string {
  return ts.unescapeLeadingUnderscores(name as TypeScript.__String);
}

/** Whether an identifier stands for itself and no value: a property's name, a label, the name of what is declared. */
function isWord(ts: Ts, node: TypeScript.Identifier): boolean {
  const parent = node.parent as TypeScript.Node & {
    readonly name?: TypeScript.Node;
    readonly propertyName?: TypeScript.Node;
    readonly label?: TypeScript.Node;
  };
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  return parent.name === node || parent.propertyName === node || parent.label === node;
}

function isInside(node: TypeScript.Node, outer: TypeScript.Node): boolean {
  for (let each: TypeScript.Node | undefined = node; each; each = each.parent)
    if (each === outer) return true;
  return false;
}
