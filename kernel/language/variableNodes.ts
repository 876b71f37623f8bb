/** The pieces of syntax that a cell variable becomes. */
import type * as TypeScript from "typescript";
import { coercionName, variableName, variablePrefix } from "../pipe/cellNames.js";
import type { Ts } from "./typescript.js";

/** Makes the pieces. */
export class VariableNodes {
  readonly #ts: Ts;
  readonly #factory: TypeScript.NodeFactory;
  /** The names that were spoken of. */
  readonly #used = new Set<string>();

  constructor(ts: Ts, factory: TypeScript.NodeFactory) {
    this.#ts = ts;
    this.#factory = factory;
  }

  /** __philab_of_lr.v */
  value(name: string, place?: TypeScript.Node): TypeScript.PropertyAccessExpression {
    const access = this.#factory.createPropertyAccessExpression(this.#variable(name), "v");
    return place ? this.#ts.setTextRange(access, place) : access;
  }

  /**
   * (0, __philab_of_step.v): a call of it has no `this`. V8 places the call behind the callee then, and a source map
   * must lead from there to where the callee `place` starts.
   */
  callee(value: TypeScript.Expression, place: TypeScript.Expression): TypeScript.Expression {
    const comma = this.#factory.createComma(this.#factory.createNumericLiteral(0), value);
    const start = place.getStart();
    return this.#ts.setSourceMapRange(this.#factory.createParenthesizedExpression(comma), {
      pos: start,
      end: start,
    });
  }

  /** __philab_of_lr.v = value; */
  assign(name: string, value: TypeScript.Expression): TypeScript.Statement {
    return this.#factory.createExpressionStatement(this.#factory.createAssignment(this.value(name), value));
  }

  /** __philab_of_lr.set = true; */
  markSet(name: string): TypeScript.Statement {
    const set = this.#factory.createPropertyAccessExpression(this.#variable(name), "set");
    return this.#factory.createExpressionStatement(
      this.#factory.createAssignment(set, this.#factory.createTrue()),
    );
  }

  /** { f: () => 1 }.f, so that the function knows its name; other values stay. */
  named(name: string, value: TypeScript.Expression): TypeScript.Expression {
    if (!isNameless(this.#ts, value)) return value;
    const property = this.#factory.createPropertyAssignment(name, value);
    const object = this.#factory.createObjectLiteralExpression([property]);
    return this.#factory.createPropertyAccessExpression(
      this.#factory.createParenthesizedExpression(object),
      name,
    );
  }

  /** { let s = __philab_of_s.v; try { statement } finally { __philab_of_s.v = s; } } */
  withCopies(
    names: readonly string[],
    written: readonly string[],
    statement: TypeScript.Statement,
  ): TypeScript.Statement {
    const { Let } = this.#ts.NodeFlags;
    const copies = names.map((name) =>
      this.#factory.createVariableDeclaration(name, undefined, undefined, this.value(name)),
    );
    const list = this.#factory.createVariableDeclarationList(copies, Let);
    const back = written.map((name) => this.assign(name, this.#factory.createIdentifier(name)));
    const body = this.#factory.createBlock([statement], true);
    const guarded = this.#factory.createTryStatement(body, undefined, this.#factory.createBlock(back, true));
    const run = written.length > 0 ? guarded : statement;
    return this.#factory.createBlock([this.#factory.createVariableStatement(undefined, list), run], true);
  }

  /** if (__philab_coercion.possible) shared; else copying; */
  unlessCoerced(copying: TypeScript.Statement, shared: TypeScript.Statement): TypeScript.Statement {
    const [block, other] = [shared, copying].map((each) => this.#factory.createBlock([each], true));
    return this.#factory.createIfStatement(this.#coercion(), block as TypeScript.Block, other);
  }

  /** __philab_coercion.possible = true; */
  markCoercion(): TypeScript.Statement {
    return this.#factory.createExpressionStatement(
      this.#factory.createAssignment(this.#coercion(), this.#factory.createTrue()),
    );
  }

  #coercion(): TypeScript.PropertyAccessExpression {
    return this.#factory.createPropertyAccessExpression(
      this.#factory.createIdentifier(coercionName),
      "possible",
    );
  }

  /** const __philab_of_lr = __philab_variable("lr"), …; for all that was spoken of. */
  declarations(): TypeScript.Statement[] {
    if (this.#used.size === 0) return [];
    const declared = [...this.#used].map((name) => {
      const call = this.#factory.createCallExpression(
        this.#factory.createIdentifier(variableName),
        undefined,
        [this.#factory.createStringLiteral(name)],
      );
      return this.#factory.createVariableDeclaration(variablePrefix + name, undefined, undefined, call);
    });
    const list = this.#factory.createVariableDeclarationList(declared, this.#ts.NodeFlags.Const);
    return [this.#factory.createVariableStatement(undefined, list)];
  }

  #variable(name: string): TypeScript.Identifier {
    this.#used.add(name);
    return this.#factory.createIdentifier(variablePrefix + name);
  }
}

function isNameless(ts: Ts, value: TypeScript.Expression): boolean {
  if (ts.isParenthesizedExpression(value)) return isNameless(ts, value.expression);
  return (
    ts.isArrowFunction(value) ||
    ((ts.isFunctionExpression(value) || ts.isClassExpression(value)) && !value.name)
  );
}
