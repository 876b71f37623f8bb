/** The pieces of syntax that interrupt checks are made of. */
import type * as TypeScript from "typescript";
import { checkName, flagName } from "../pipe/cellNames.js";
import type { Ts } from "./typescript.js";

/** Makes the pieces; `place` is what a check stands for in stack traces. */
export class CheckNodes {
  readonly #ts: Ts;
  readonly #factory: TypeScript.NodeFactory;

  constructor(ts: Ts, factory: TypeScript.NodeFactory) {
    this.#ts = ts;
    this.#factory = factory;
  }

  /** __philab_flag !== 0 && __philab_check(), expression */
  lookBefore(expression: TypeScript.Expression): TypeScript.Expression {
    const first = this.#factory.createLogicalAnd(this.#isRaised(), this.#check(expression));
    return this.#factory.createParenthesizedExpression(this.#factory.createComma(first, expression));
  }

  /** if (__philab_flag !== 0) __philab_check(); */
  look(place: TypeScript.Node): TypeScript.Statement {
    return this.#when(this.#isRaised(), this.#check(place));
  }

  #isRaised(): TypeScript.Expression {
    const flag = this.#factory.createIdentifier(flagName);
    return this.#factory.createStrictInequality(flag, this.#factory.createNumericLiteral(0));
  }

  #check(place: TypeScript.Node): TypeScript.Expression {
    const name = this.#factory.createIdentifier(checkName);
    const call = this.#factory.createCallExpression(name, undefined, []);
    return this.#ts.setSourceMapRange(call, { pos: this.#ts.getOriginalNode(place).pos, end: -1 });
  }

  #when(condition: TypeScript.Expression, then: TypeScript.Expression): TypeScript.Statement {
    return this.#factory.createIfStatement(condition, this.#factory.createExpressionStatement(then));
  }
}
