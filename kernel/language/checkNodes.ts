/** The pieces of syntax that interrupt checks are made of. */
import type * as TypeScript from "typescript";
import { checkName, flagName } from "../pipe/cellNames.js";

/** Makes the pieces. */
export class CheckNodes {
  readonly #factory: TypeScript.NodeFactory;

  constructor(factory: TypeScript.NodeFactory) {
    this.#factory = factory;
  }

  /** __philab_flag !== 0 && __philab_check(), expression */
  lookBefore(expression: TypeScript.Expression): TypeScript.Expression {
    const first = this.#factory.createLogicalAnd(this.#isRaised(), this.#check());
    return this.#factory.createParenthesizedExpression(this.#factory.createComma(first, expression));
  }

  /** if (__philab_flag !== 0) __philab_check(); */
  look(): TypeScript.Statement {
    return this.#when(this.#isRaised(), this.#check());
  }

  #isRaised(): TypeScript.Expression {
    const flag = this.#factory.createIdentifier(flagName);
    return this.#factory.createStrictInequality(flag, this.#factory.createNumericLiteral(0));
  }

  #check(): TypeScript.Expression {
    return this.#factory.createCallExpression(this.#factory.createIdentifier(checkName), undefined, []);
  }

  #when(condition: TypeScript.Expression, then: TypeScript.Expression): TypeScript.Statement {
    return this.#factory.createIfStatement(condition, this.#factory.createExpressionStatement(then));
  }
}
