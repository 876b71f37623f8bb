/** The pieces of syntax that interrupt checks are made of. */
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { checkName, flagName, turnsBetweenChecks } from "../pipe/cellNames.js";
import type { Ts } from "./typescript.js";

const counterName = "__philab_turns";

export interface CheckNodes {
  /** flag[0] !== 0 && check(), expression */
  lookBefore(expression: TypeScript.Expression): TypeScript.Expression;
  /** if (flag[0] !== 0) check(); */
  look(): TypeScript.Statement;
  /** if ((turns = turns - 1 | 0) < 0) turns = check(); */
  countDown(): TypeScript.Statement;
  /** let turns = 1024; */
  declareCounter(): TypeScript.Statement;
}

/** Makers of the pieces. */
export function checkNodes(ts: Ts, factory: TypeScript.NodeFactory): CheckNodes {
  const zero = (): TypeScript.Expression => factory.createNumericLiteral(0);
  const counter = (): TypeScript.Identifier => factory.createIdentifier(counterName);
  const check = (): TypeScript.Expression =>
    factory.createCallExpression(factory.createIdentifier(checkName), undefined, []);
  const isRaised = (): TypeScript.Expression => {
    const word = factory.createElementAccessExpression(factory.createIdentifier(flagName), 0);
    return factory.createStrictInequality(word, zero());
  };
  const isSpent = (): TypeScript.Expression => {
    const less = factory.createSubtract(counter(), factory.createNumericLiteral(1));
    const assigned = factory.createAssignment(counter(), factory.createBitwiseOr(less, zero()));
    return factory.createLessThan(factory.createParenthesizedExpression(assigned), zero());
  };
  const when = (condition: TypeScript.Expression, then: TypeScript.Expression): TypeScript.Statement =>
    factory.createIfStatement(condition, factory.createExpressionStatement(then));
  return {
    lookBefore: (expression) => {
      const first = factory.createLogicalAnd(isRaised(), check());
      return factory.createParenthesizedExpression(factory.createComma(first, expression));
    },
    look: () => when(isRaised(), check()),
    countDown: () => when(isSpent(), factory.createAssignment(counter(), check())),
    declareCounter: () => {
      const turns = factory.createNumericLiteral(turnsBetweenChecks);
      const declaration = factory.createVariableDeclaration(counter(), undefined, undefined, turns);
      const list = factory.createVariableDeclarationList([declaration], ts.NodeFlags.Let);
      return factory.createVariableStatement(undefined, list);
    },
  };
}
