import assert from "node:assert/strict";
import { judge } from "../../checker/judge.js";
import { storedCertificates } from "./certificates.js";

describe("certificates of the stored notebooks", () => {
  const stored = storedCertificates();
  let [shapes, milliseconds] = [0, 0];

  it("is found", () => assert.ok(stored.length >= 60, String(stored.length)));

  /** A third of them, by the seed of the run; all where more cases are asked for. */
  const judged = stored.filter(
    (_, k) => Number(process.env.PHILAB_RUNS || 1) > 1 || (k + Number(process.env.PHILAB_SEED)) % 3 === 0,
  );
  for (const { file, certificate } of judged)
    it(`holds for the second program: ${file}: ${certificate.statement}`, () => {
      const start = performance.now();
      const judgement = judge(certificate);
      milliseconds += performance.now() - start;
      shapes += judgement.shapes;
      assert.deepEqual([judgement.verdict, judgement.why], ["holds", ""]);
    });

  it("is judged by the same draws each time", () => {
    for (const { certificate } of stored.slice(0, 5))
      assert.deepEqual(judge(certificate), judge(certificate));
  });

  it("was judged at over 20 shapes on the average, fast enough for a notebook", () => {
    assert.ok(shapes / judged.length > 20, `${shapes / judged.length} shapes`);
    assert.ok(milliseconds / judged.length < 1_000, `${milliseconds / judged.length} ms`);
  }).retries(2);
});
