import assert from "node:assert/strict";
import fc from "fast-check";
import { compareDisplay } from "../../src/lecture/shownDisplay.js";
import { checkStatement } from "../../src/symbolic/check/check.js";
import { parseStatement } from "../../src/symbolic/language/parse.js";
import { slipsOf } from "../../src/symbolic/refute/slips.js";
import { texStatement } from "../../src/symbolic/world/tex.js";
import { cases } from "../cases.js";
import { provedStatements, provedWorld } from "../symbolic/provedStatements.js";

describe("a display of a certified statement", () => {
  it("says it as it is set, and with a slip only where that holds", () => {
    const { declarations } = provedWorld;
    const statements = fc.constantFrom(...provedStatements.map(([, text]) => text));
    let refused = 0;
    fc.assert(
      fc.property(statements, fc.nat(), (text, number) => {
        const statement = parseStatement(text);
        const certified = { declarations, statement: text };
        assert.equal(compareDisplay(texStatement(provedWorld, statement), certified).result, "same");
        const slips = slipsOf(provedWorld, statement);
        const slip = slips[number % slips.length]?.e ?? statement.right;
        const slipped = texStatement(provedWorld, { ...statement, right: slip });
        const { result } = compareDisplay(slipped, certified);
        refused += Number(result === "differs");
        const isEqual = () => checkStatement(provedWorld, { left: slip, right: statement.right }).ok;
        assert.ok(result !== "same" || isEqual(), slipped);
      }),
      cases(40),
    );
    assert.ok(refused > 4, String(refused));
  });
});
