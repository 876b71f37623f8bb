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

  it("is no variable where a pattern takes a property of that name from an object of an earlier cell", async () => {
    await kernel.execute("W = 1; let o = { W: 2, n: { W: 3 } }, taken = 0");
    assert.equal(await plain("{ const { W: x, n: { W: y } } = o; taken = x + y }; taken"), "5");
    assert.equal(await plain("const { W: x, n: { W: y = W } } = o; [x, y]"), "[ 2, 3 ]");
    assert.equal(await plain("(({ W: z }: typeof o, { n: { W: u } } = o) => z + u)(o)"), "5");
    assert.equal(await plain("({ n: { W: taken }, W } = o); [taken, W]"), "[ 3, 2 ]");
    assert.equal(await plain("[{ W: taken }] = [o]; taken"), "2");
    assert.equal(await plain("[...[{ W: taken = 4 }]] = [{} as { W?: number }]; taken"), "4");
    assert.equal(
      await plain("for ({ n: { W: taken } } of [o]); for (const { W: w } of [o]) taken += w; taken"),
      "5",
    );
    assert.equal(await plain("W = 1; ({ W: o }).W === o && [{ W: 7 }][0]!.W"), "7");
  });

  it("leaves positions as the user wrote them, in type errors and in tracebacks", async () => {
    const typeError = await evalue("const o = { W, b }; const q: string = W");
    assert.match(JSON.stringify(typeError), /In\[\d+\]:1:27 - error TS2322/);
    const thrown = await evalue("const o2 = { W, b }; (null as any).foo");
    assert.match(JSON.stringify(thrown), /In\[\d+\]:1:36/);
    assert.match(JSON.stringify(await evalue("({ nope })")), /In\[\d+\]:1:4 - error TS2304/);
    assert.match(
      JSON.stringify(await evalue("{ const { W: p } = o; p.nope }")),
      /In\[\d+\]:1:25 - error TS2339/,
    );
  });
});
