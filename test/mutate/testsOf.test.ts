import assert from "node:assert/strict";
import { testsOf } from "./testsOf.js";

describe("the tests that are run for a change", () => {
  it("are those of the folder of the same name, of a file as of its folder", () => {
    const found = testsOf("src/numeric/phi.ts");
    assert.ok(found.includes("test/numeric/phi.test.ts") && found.includes("test/numeric/matrix.test.ts"));
    assert.deepEqual(testsOf("src/numeric"), found);
    assert.ok(found.every((name) => /^test\/numeric\/.*\.test\.ts$/.test(name)));
  });

  it("are those that are named for it too", () => {
    const found = testsOf("src/engine/memory/arena.ts");
    assert.ok(found.includes("test/engine/memory/arena.test.ts"));
    assert.ok(found.includes("test/engine/memory.test.ts"));
    assert.ok(!found.includes("test/engine/conv.test.ts"));
    for (const folder of ["prove", "trial", "check"]) assert.ok(testsOf(`src/symbolic/${folder}`).length > 1);
  });

  it("are the quick ones alone where the slow ones ask the same of the prover", () => {
    const found = testsOf("src/symbolic/prove/prove.ts");
    assert.ok(found.includes("test/symbolic/prove/prove.test.ts"));
    assert.ok(found.every((name) => !name.endsWith(".slow.test.ts")));
  });

  it("are asked for where there are none", () => {
    assert.throws(
      () => testsOf("src/engine/wasm/../kernels"),
      /mutate: no tests belong to .*needed test\/engine/,
    );
  });
});
