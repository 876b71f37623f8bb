/**
 * A cell's top-level names as variables that all cells share: `let lr = 0.1` becomes `__philab_of_lr.v = 0.1`, and so
 * does every mention of lr, in functions, classes and closures too; an earlier cell's name, which tslab writes as
 * `exports.lr`, becomes the same. So there is one lr, whichever cell the code that uses it stands in.
 */
import type * as TypeScript from "typescript";
import { BoundNames } from "./boundNames.js";
import { CellScope } from "./cellScope.js";
import { mayCoerce } from "./coercion.js";
import { LocalCopies } from "./localCopies.js";
import { Patterns } from "./patterns.js";
import { assignsWhole, calleeOf, isLoop, startsEnum, withoutParentheses } from "./shapes.js";
import type { Ts } from "./typescript.js";
import { VariableNodes } from "./variableNodes.js";

/** Which variables functions mention: those of earlier cells, and what hears of this cell's. */
export interface FunctionNotes {
  isInFunctions(name: string): boolean;
  noteInFunctions(names: ReadonlySet<string>): void;
}

export function oneVariable(
  ts: Ts,
  functions: FunctionNotes,
): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => new Rewriter(ts, context, file, functions).rewritten();
}

class Rewriter {
  readonly #ts: Ts;
  readonly #context: TypeScript.TransformationContext;
  readonly #factory: TypeScript.NodeFactory;
  readonly #file: TypeScript.SourceFile;
  readonly #scope: CellScope;
  readonly #bound: BoundNames;
  readonly #copies: LocalCopies;
  readonly #nodes: VariableNodes;
  readonly #patterns: Patterns;
  /** Names of which the loop that is being visited keeps copies. */
  readonly #copied = new Set<string>();
  /** Names of which it keeps none. */
  readonly #refused = new Set<string>();

  constructor(
    ts: Ts,
    context: TypeScript.TransformationContext,
    file: TypeScript.SourceFile,
    functions: FunctionNotes,
  ) {
    this.#ts = ts;
    this.#context = context;
    this.#factory = context.factory;
    this.#file = file;
    this.#scope = new CellScope(ts, context, file);
    this.#bound = new BoundNames(ts, this.#scope);
    this.#copies = new LocalCopies(ts, this.#scope, file, (name) => functions.isInFunctions(name));
    functions.noteInFunctions(this.#copies.inFunctions);
    this.#nodes = new VariableNodes(ts, this.#factory);
    const target = (name: TypeScript.Identifier): TypeScript.Expression => this.#mention(name.text, name);
    this.#patterns = new Patterns(ts, this.#factory, this.#nodes, target, (node) => this.#visited(node));
  }

  rewritten(): TypeScript.SourceFile {
    const statements = this.#file.statements.flatMap((statement, i) => this.#topStatement(statement, i));
    const functions = this.#file.statements.flatMap((statement) =>
      this.#ts.isFunctionDeclaration(statement) ? this.#gives(statement) : [],
    );
    const marks = mayCoerce(this.#ts, this.#file) ? [this.#nodes.markCoercion()] : [];
    const all = [...this.#nodes.declarations(), ...marks, ...functions, ...statements];
    return this.#factory.updateSourceFile(
      this.#file,
      this.#ts.setTextRange(this.#factory.createNodeArray(all), this.#file.statements),
    );
  }

  #topStatement(statement: TypeScript.Statement, i: number): TypeScript.Statement[] {
    const ts = this.#ts;
    if (ts.isExportDeclaration(statement)) return this.#exportsOfImports(statement);
    if (ts.isClassDeclaration(statement)) return [this.#visited(statement), ...this.#gives(statement)];
    if (!ts.isVariableStatement(statement)) return [this.#visited(statement)];
    return this.#bound.isForAll(statement.declarationList)
      ? this.#declared(statement, i)
      : [this.#visited(statement)];
  }

  /** `let x` gives undefined, `var x` lets a variable be, but for the one that an enum or namespace begins with. */
  #declared(statement: TypeScript.VariableStatement, i: number): TypeScript.Statement[] {
    const { declarationList } = statement;
    const isNew =
      (declarationList.flags & this.#ts.NodeFlags.BlockScoped) !== 0 ||
      startsEnum(this.#ts, this.#file.statements, i);
    const values = this.#assignments(declarationList, isNew);
    const marks = this.#bound.names(declarationList).map((name) => this.#nodes.markSet(name));
    return [...(values ? [this.#statement(values, statement)] : []), ...marks];
  }

  /** exports of imported names alone: TypeScript defines them by a getter. */
  #exportsOfImports(statement: TypeScript.ExportDeclaration): TypeScript.Statement[] {
    const { exportClause } = statement;
    if (statement.moduleSpecifier || !exportClause || !this.#ts.isNamedExports(exportClause))
      return [statement];
    const elements = exportClause.elements.filter(({ name }) => this.#scope.isImport(name.text));
    if (elements.length === 0) return [];
    const clause = this.#factory.updateNamedExports(exportClause, elements);
    return [this.#factory.updateExportDeclaration(statement, undefined, false, clause, undefined, undefined)];
  }

  #gives(declaration: TypeScript.FunctionDeclaration | TypeScript.ClassDeclaration): TypeScript.Statement[] {
    const name = declaration.name?.text;
    if (name === undefined || !this.#scope.declares(declaration)) return [];
    return [this.#nodes.assign(name, this.#factory.createIdentifier(name)), this.#nodes.markSet(name)];
  }

  #visited<Node extends TypeScript.Node>(node: Node): Node {
    return this.#ts.visitNode(node, this.#visit) as Node;
  }

  readonly #visit = (node: TypeScript.Node): TypeScript.Node => {
    if (!isLoop(this.#ts, node)) return this.#visitWithoutCopies(node);
    const names = this.#copies.of(node).filter((name) => !this.#copied.has(name) && !this.#refused.has(name));
    if (names.length === 0) return this.#visitWithoutCopies(node);
    const copying = this.#visitAmong(this.#copied, names, node);
    const whole = this.#nodes.withCopies(names, this.#copies.written(node, names), copying);
    if (this.#copies.known(names).length === 0) return whole;
    return this.#nodes.unlessCoerced(whole, this.#visitAmong(this.#refused, names, node));
  };

  #visitAmong(set: Set<string>, names: readonly string[], node: TypeScript.Node): TypeScript.Statement {
    for (const name of names) set.add(name);
    const inner = this.#visitWithoutCopies(node) as TypeScript.Statement;
    for (const name of names) set.delete(name);
    return inner;
  }

  #visitWithoutCopies(node: TypeScript.Node): TypeScript.Node {
    const ts = this.#ts;
    const name = this.#scope.nameOf(node);
    if (ts.isShorthandPropertyAssignment(node)) return this.#longhand(node);
    if (name !== undefined) return this.#mention(name, node as TypeScript.Expression);
    if (ts.isVariableStatement(node) && this.#bound.isForAll(node.declarationList)) {
      const values = this.#assignments(node.declarationList, false);
      return values ? this.#statement(values, node) : this.#factory.createEmptyStatement();
    }
    if (ts.isForStatement(node)) return this.#forStatement(node);
    if (ts.isVariableDeclarationList(node) && this.#bound.isForAll(node)) {
      return this.#patterns.target(node.declarations[0]!.name); // of for … of and for … in
    }
    const callee = calleeOf(ts, node);
    if (callee && this.#isShared(callee)) return this.#plainCall(node, callee);
    const inner = ts.visitEachChild(node, this.#visit, this.#context);
    return ts.isBinaryExpression(inner)
      ? this.#namedAssignment(node as TypeScript.BinaryExpression, inner)
      : inner;
  }

  /** A call of a variable has no `this`. */
  #plainCall(node: TypeScript.Node, callee: TypeScript.Expression): TypeScript.Node {
    const plain = this.#nodes.callee(this.#visited(callee), callee);
    const visit = (child: TypeScript.Node): TypeScript.Node =>
      child === callee ? plain : this.#visit(child);
    return this.#ts.visitEachChild(node, visit, this.#context);
  }

  /** A function that is assigned to a variable knows its name. */
  #namedAssignment(
    { left }: TypeScript.BinaryExpression,
    inner: TypeScript.BinaryExpression,
  ): TypeScript.BinaryExpression {
    const { operatorToken, right } = inner;
    const name = assignsWhole(this.#ts, operatorToken.kind) ? this.#scope.nameOf(left) : undefined;
    if (name === undefined) return inner;
    const named = this.#nodes.named(name, right);
    return this.#factory.updateBinaryExpression(inner, inner.left, operatorToken, named);
  }

  #isShared(callee: TypeScript.Expression): boolean {
    const name = this.#scope.nameOf(withoutParentheses(this.#ts, callee));
    return name !== undefined && !this.#copied.has(name);
  }

  /** { lr: lr } for { lr }, and { lr: lr = 1 } for the pattern { lr = 1 } */
  #longhand(node: TypeScript.ShorthandPropertyAssignment): TypeScript.Node {
    const name = this.#scope.nameOf(node.name);
    if (name === undefined) return this.#ts.visitEachChild(node, this.#visit, this.#context);
    const value = this.#mention(name, node.name);
    const { objectAssignmentInitializer: fallback } = node;
    const whole = fallback ? this.#factory.createAssignment(value, this.#visited(fallback)) : value;
    return this.#factory.createPropertyAssignment(node.name.text, whole);
  }

  #forStatement(node: TypeScript.ForStatement): TypeScript.Node {
    const { initializer } = node;
    if (
      !initializer ||
      !this.#ts.isVariableDeclarationList(initializer) ||
      !this.#bound.isForAll(initializer)
    ) {
      return this.#ts.visitEachChild(node, this.#visit, this.#context);
    }
    const inner = this.#ts.visitEachChild(
      node,
      (child) => (child === initializer ? child : this.#visit(child)),
      this.#context,
    );
    const values = this.#assignments(initializer, false);
    return this.#factory.updateForStatement(
      inner,
      values,
      inner.condition,
      inner.incrementor,
      inner.statement,
    );
  }

  #mention(name: string, node: TypeScript.Expression): TypeScript.Expression {
    if (!this.#copied.has(name)) return this.#nodes.value(name, node);
    return this.#ts.setTextRange(this.#factory.createIdentifier(name), node);
  }

  /** a = 1, [b] = c; undefined if nothing is assigned. */
  #assignments(list: TypeScript.VariableDeclarationList, isNew: boolean): TypeScript.Expression | undefined {
    const each = list.declarations.flatMap((declaration) => this.#assignment(declaration, isNew));
    return each.length > 0 ? each.reduce((left, right) => this.#factory.createComma(left, right)) : undefined;
  }

  #assignment(declaration: TypeScript.VariableDeclaration, isNew: boolean): TypeScript.Expression[] {
    const { name, initializer } = declaration;
    if (!initializer && !isNew) return [];
    const value = initializer ? this.#patterns.value(name, initializer) : this.#factory.createVoidZero();
    const assigned = this.#factory.createAssignment(this.#patterns.target(name), value);
    return [this.#ts.setTextRange(assigned, declaration)];
  }

  #statement(expression: TypeScript.Expression, place: TypeScript.Node): TypeScript.Statement {
    return this.#ts.setTextRange(this.#factory.createExpressionStatement(expression), place);
  }
}
