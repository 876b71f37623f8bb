import assert from "node:assert/strict";
import { judge } from "../../checker/judge.js";
import { storedCertificates } from "./certificates.js";

describe("every certificate of the stored notebooks", () => {
  const stored = storedCertificates();
  let [shapes, milliseconds] = [0, 0];

  it("is found", () => assert.ok(stored.length >= 60, String(stored.length)));

  for (const { file, certificate } of stored)
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
    assert.ok(shapes / stored.length > 20, `${shapes / stored.length} shapes`);
    assert.ok(milliseconds / stored.length < 1_000, `${milliseconds / stored.length} ms`);
  });
});
