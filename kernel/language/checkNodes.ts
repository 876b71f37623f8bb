/** The pieces of syntax that interrupt checks are made of. */
import type * as TypeScript from "typescript";
import { checkName, flagName, turnsBetweenChecks } from "../pipe/cellNames.js";
import type { Ts } from "./typescript.js";

const counterName = "__philab_turns";

/** Makes the pieces. */
export class CheckNodes {
  readonly #ts: Ts;
  readonly #factory: TypeScript.NodeFactory;

  constructor(ts: Ts, factory: TypeScript.NodeFactory) {
    this.#ts = ts;
    this.#factory = factory;
  }

  /** flag[0] !== 0 && check(), expression */
  lookBefore(expression: TypeScript.Expression): TypeScript.Expression {
    const first = this.#factory.createLogicalAnd(this.#isRaised(), this.#check());
    return this.#factory.createParenthesizedExpression(this.#factory.createComma(first, expression));
  }

  /** if (flag[0] !== 0) check(); */
  look(): TypeScript.Statement {
    return this.#when(this.#isRaised(), this.#check());
  }

  /** if ((turns = turns - 1 | 0) < 0) turns = check(); */
  countDown(): TypeScript.Statement {
    return this.#when(this.#isSpent(), this.#factory.createAssignment(this.#counter(), this.#check()));
  }

  /** let turns = 1024; */
  declareCounter(): TypeScript.Statement {
    const turns = this.#factory.createNumericLiteral(turnsBetweenChecks);
    const declaration = this.#factory.createVariableDeclaration(this.#counter(), undefined, undefined, turns);
    const list = this.#factory.createVariableDeclarationList([declaration], this.#ts.NodeFlags.Let);
    return this.#factory.createVariableStatement(undefined, list);
  }

  #isRaised(): TypeScript.Expression {
    const flag = this.#factory.createIdentifier(flagName);
    const word = this.#factory.createElementAccessExpression(flag, 0);
    return this.#factory.createStrictInequality(word, this.#zero());
  }

  #isSpent(): TypeScript.Expression {
    const less = this.#factory.createSubtract(this.#counter(), this.#factory.createNumericLiteral(1));
    const whole = this.#factory.createBitwiseOr(less, this.#zero());
    const assigned = this.#factory.createAssignment(this.#counter(), whole);
    return this.#factory.createLessThan(this.#factory.createParenthesizedExpression(assigned), this.#zero());
  }

  #check(): TypeScript.Expression {
    return this.#factory.createCallExpression(this.#factory.createIdentifier(checkName), undefined, []);
  }

  #counter(): TypeScript.Identifier {
    return this.#factory.createIdentifier(counterName);
  }

  #zero(): TypeScript.Expression {
    return this.#factory.createNumericLiteral(0);
  }

  #when(condition: TypeScript.Expression, then: TypeScript.Expression): TypeScript.Statement {
    return this.#factory.createIfStatement(condition, this.#factory.createExpressionStatement(then));
  }
}
