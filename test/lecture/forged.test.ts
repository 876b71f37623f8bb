import assert from "node:assert/strict";
import fc from "fast-check";
import { shownStatements } from "../../src/index.js";
import { cases } from "../cases.js";
import { forgedOutputs, honestOutputs, problemsOf } from "./forgedOutputs.js";

describe("what an output shows", () => {
  const outputs = honestOutputs();

  for (const [name, bundle] of Object.entries(outputs)) {
    it(`follows from its words, all of it, where nobody has changed it: ${name}`, () => {
      assert.deepEqual(problemsOf(bundle), []);
    });
  }

  it("is refused where one field is forged (test/long has every field)", () => {
    const { statement = {} } = outputs;
    const forged = [...forgedOutputs(statement)];
    fc.assert(
      fc.property(fc.constantFrom(...forged), ({ name, bundle }) =>
        assert.notDeepEqual(problemsOf(bundle), [], name),
      ),
      cases(40),
    );
  });

  it("is refused where a badge has no certificate, wherever it stands", () => {
    for (const bundle of [
      { "text/html": "A B = B A <b>✓ all sizes</b>", "text/plain": "x" },
      { "text/latex": "$$A B = B A \\quad \\checkmark\\ \\text{all sizes}$$" },
      { ...outputs.statement, "text/html": "✓ all sizes" },
    ])
      assert.match(problemsOf(bundle).join(), /a badge without a certificate/);
    assert.deepEqual(shownStatements({ "text/plain": "✓ done" }), []);
  });
});
