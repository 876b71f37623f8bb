import assert from "node:assert/strict";
import { forgedOutputs, honestOutputs, problemsOf } from "../lecture/forgedOutputs.js";

describe("a forged output", function () {
  this.timeout(600_000);

  for (const [name, honest] of Object.entries(honestOutputs())) {
    it(`is refused whichever field of its certificates, lines and badges is changed: ${name}`, () => {
      const all = [...forgedOutputs(honest)];
      assert.ok(all.length > 100, `${all.length} forgeries`);
      assert.deepEqual(
        all.filter(({ bundle }) => problemsOf(bundle).length === 0).map((one) => one.name),
        [],
      );
    });
  }
});
