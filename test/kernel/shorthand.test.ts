import assert from "node:assert/strict";
import { type Client, contentOf, resultText, startKernel } from "./client.js";

describe("{ W } in a cell", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute("let W = 1; const b = [2]");
  });
  after(() => kernel.stop());
  const plain = async (code: string): Promise<unknown> => resultText((await kernel.execute(code)).iopub);
  const evalue = async (code: string): Promise<unknown> =>
    contentOf((await kernel.execute(code)).iopub, "error");

  it("is the W of an earlier cell, in calls and in functions too", async () => {
    assert.equal(await plain("({ W, b })"), "{ W: 1, b: [ 2 ] }");
    assert.equal(await plain("[3].map((x) => ({ x, W }))[0]"), "{ x: 3, W: 1 }");
    assert.equal(await plain("(() => { const W = 9; return { W } })()"), "{ W: 9 }");
  });

  it("is assigned to by destructuring", async () => {
    assert.equal(await plain("({ W } = { W: 5 }); W"), "5");
    assert.equal(await plain("({ W = 7 } = {} as { W?: number }); W"), "7");
  });

  it("leaves positions as the user wrote them, in type errors and in tracebacks", async () => {
    const typeError = await evalue("const o = { W, b }; const q: string = W");
    assert.match(JSON.stringify(typeError), /In\[\d+\]:1:27 - error TS2322/);
    const thrown = await evalue("const o2 = { W, b }; (null as any).foo");
    assert.match(JSON.stringify(thrown), /In\[\d+\]:1:36/);
    assert.match(JSON.stringify(await evalue("({ nope })")), /In\[\d+\]:1:4 - error TS2304/);
  });
});
