import assert from "node:assert/strict";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { printStatement } from "../../../src/symbolic/language/print.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { slipsOf } from "../../../src/symbolic/refute/slips.js";
import { shapeFailure, trial } from "../../../src/symbolic/trial/trial.js";
import { provedStatements, provedWorld } from "../provedStatements.js";
import { acceptedMutants } from "./acceptedMutants.js";

describe("the prover and the trials, two ways that share no code", () => {
  const mutants = provedStatements.flatMap(([, text]) => {
    const statement = parseStatement(text);
    return slipsOf(provedWorld, statement).map(({ label, e }) => ({
      label,
      statement: { left: statement.left, right: e },
    }));
  });
  const fitting = mutants.filter(({ statement }) => shapeFailure(provedWorld, statement) === undefined);
  const accepted = fitting.filter(
    ({ statement }) => proveForAllSizes(provedWorld, statement).status === "proved",
  );

  it("agree on every true statement", () => {
    for (const [tag, text] of provedStatements)
      assert.ok(trial(provedWorld, parseStatement(text)).passed, tag);
  }).timeout(60_000);

  it("agree on every one-slip mutant that the prover accepts: each is true", () => {
    for (const { label, statement } of accepted) {
      const tried = trial(provedWorld, statement);
      assert.ok(tried.passed, `${label}: ${printStatement(statement)}`);
    }
  }).timeout(60_000);

  it("accepts the mutants that are listed, each of which a reader finds true, and no others", () => {
    assert.deepEqual(
      accepted.map(({ label, statement }) => `${label}: ${printStatement(statement)}`),
      acceptedMutants,
    );
  });

  it("had at least 200 mutants to disagree on", () => {
    assert.ok(mutants.length >= 200, `${mutants.length}`);
    console.log(
      `      ${mutants.length} mutants: ${mutants.length - fitting.length} have sizes that do not fit, ${fitting.length - accepted.length} are not proved, ${accepted.length} are true and proved`,
    );
  });
});
