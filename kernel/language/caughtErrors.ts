/**
 * What a cell catches is mended before the cell reads its message: V8 quotes the JavaScript that runs, and the cell's
 * variables have other names there. `catch (e) {` becomes `catch (e) { __philab_mend(e);`, and so does the head of a function
 * that is written where `.catch(…)` or `.then(…, …)` takes it; another handler there, as one passed by its name, is wrapped.
 */
import type * as TypeScript from "typescript";
import { caughtName, mendingName, mendName } from "../pipe/cellNames.js";
import type { Ts } from "./typescript.js";

/** The transformer. */
export function caughtErrors(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => {
    const mender = new Mender(ts, context.factory);
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const inner = ts.visitEachChild(node, visit, context);
      if (ts.isCatchClause(inner)) return mender.clause(inner);
      return ts.isCallExpression(inner) ? mender.call(inner) : inner;
    };
    return (file) => ts.visitEachChild(file, visit, context);
  };
}

class Mender {
  readonly #ts: Ts;
  readonly #factory: TypeScript.NodeFactory;

  constructor(ts: Ts, factory: TypeScript.NodeFactory) {
    this.#ts = ts;
    this.#factory = factory;
  }

  /** catch ({ message }) {} is catch (caught) { mend(caught); let { message } = caught; }: it reads the error at once. */
  clause(clause: TypeScript.CatchClause): TypeScript.CatchClause {
    const { variableDeclaration: declared, block } = clause;
    if (!declared) return clause;
    if (this.#ts.isIdentifier(declared.name))
      return this.#factory.updateCatchClause(
        clause,
        declared,
        this.#block([this.#mend(declared.name)], block),
      );
    const caught = this.#factory.createIdentifier(caughtName);
    const list = this.#factory.createVariableDeclarationList(
      [this.#factory.createVariableDeclaration(declared.name, undefined, undefined, caught)],
      this.#ts.NodeFlags.Let,
    );
    const head = [this.#mend(caught), this.#factory.createVariableStatement(undefined, list)];
    const variable = this.#factory.createVariableDeclaration(caughtName);
    return this.#factory.updateCatchClause(clause, variable, this.#block(head, block));
  }

  /** promise.catch((e) => …), promise.then(…, (e) => …), promise.catch(handler) */
  call(call: TypeScript.CallExpression): TypeScript.CallExpression {
    const { expression, arguments: all } = call;
    if (!this.#ts.isPropertyAccessExpression(expression)) return call;
    const { text } = expression.name;
    const handler = text === "catch" ? all[0] : text === "then" ? all[1] : undefined;
    if (!handler || this.#ts.isSpreadElement(all[0]!) || this.#ts.isSpreadElement(handler)) return call;
    const mended = this.#handler(handler) ?? this.#wrapped(handler);
    const changed = all.map((each) => (each === handler ? mended : each));
    return this.#factory.updateCallExpression(call, expression, call.typeArguments, changed);
  }

  #handler(handler: TypeScript.Expression): TypeScript.Expression | undefined {
    const ts = this.#ts;
    const factory = this.#factory;
    if (!ts.isArrowFunction(handler) && !ts.isFunctionExpression(handler)) return undefined;
    const name = handler.parameters[0]?.name;
    if (!name || !ts.isIdentifier(name)) return undefined;
    const { modifiers, typeParameters, parameters, type } = handler;
    if (ts.isFunctionExpression(handler)) {
      const body = this.#block([this.#mend(name)], handler.body);
      return factory.updateFunctionExpression(handler, modifiers, handler.asteriskToken, handler.name, typeParameters, parameters, type, body); // biome-ignore format: one call
    }
    const { body, equalsGreaterThanToken: arrow } = handler;
    const whole = ts.isBlock(body)
      ? this.#block([this.#mend(name)], body)
      : factory.createParenthesizedExpression(factory.createComma(this.#mending(name), body));
    return factory.updateArrowFunction(handler, modifiers, typeParameters, parameters, type, arrow, whole);
  }

  /** __philab_mending(handler) */
  #wrapped(handler: TypeScript.Expression): TypeScript.Expression {
    const mending = this.#factory.createIdentifier(mendingName);
    return this.#factory.createCallExpression(mending, undefined, [handler]);
  }

  #block(head: readonly TypeScript.Statement[], block: TypeScript.Block): TypeScript.Block {
    const prologue = block.statements.findIndex((each) => !isDirective(this.#ts, each));
    const at = prologue < 0 ? block.statements.length : prologue;
    const all = [...block.statements.slice(0, at), ...head, ...block.statements.slice(at)];
    return this.#factory.updateBlock(block, all);
  }

  #mend(name: TypeScript.Identifier): TypeScript.Statement {
    return this.#factory.createExpressionStatement(this.#mending(name));
  }

  #mending(name: TypeScript.Identifier): TypeScript.Expression {
    const { text } = name;
    const mend = this.#factory.createIdentifier(mendName);
    return this.#factory.createCallExpression(mend, undefined, [this.#factory.createIdentifier(text)]);
  }
}

/** "use strict", which stays first. */
function isDirective(ts: Ts, statement: TypeScript.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
