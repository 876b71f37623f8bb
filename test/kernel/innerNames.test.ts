import assert from "node:assert/strict";
import { mending } from "../../kernel/runner/innerNames.js";
import { type Client, resultText, startKernel, streamText } from "./client.js";

/** What V8 complains about, and what it says of a variable called `thing` (undefined) or `box` ({}). */
const faults: Readonly<Record<string, string>> = {
  "thing()": "thing is not a function",
  "thing`x`": "thing is not a function",
  "new thing()": "thing is not a constructor",
  "box.open()": "box.open is not a function",
  "thing.open.wide()": "Cannot read properties of undefined (reading 'open')",
  "(() => { const { x } = thing; return x })()":
    "Cannot destructure property 'x' of 'thing' as it is undefined.",
  "for (const x of box) x": "box is not iterable",
  "[...box]": "box is not iterable",
  "new Map([[1, box()]])": "box is not a function",
};

/** How a cell comes to read the message of what `f` throws. */
const readers: Readonly<Record<string, string>> = {
  "a catch clause": "try { f() } catch (e) { said = e.message }",
  "a catch clause with a pattern": "try { f() } catch ({ message, ...rest }) { said = message }",
  "a catch clause after an await": "try { await (async () => f())() } catch (e) { said = e.message }",
  "catch of a promise": "await (async () => f())().catch((e) => (said = e.message))",
  "catch of a promise, by a function":
    "await (async () => f())().catch(function (e) { 'use strict'; said = e.message })",
  "catch of a promise, by a name":
    "function tells(e: any) { said = e.message } await (async () => f())().catch(tells)",
  "catch of a promise, by a pattern": "await (async () => f())().catch(({ message }) => { said = message })",
  "then of a promise, by what a call gives":
    "const telling = () => (e: any) => { said = e.message }; await (async () => f())().then(undefined, telling())",
  "then of a promise": "await (async () => f())().then(() => 0, (e) => { said = e.message })",
  "the head of the stack":
    "try { f() } catch (e) { said = e.stack.split('\\n')[0].replace('TypeError: ', '') }",
  "a stack that no clause has seen":
    "let kept: any; await (async () => f())().catch(((keep: any) => keep)((e: any) => (kept = e))); said = (kept.stack, kept.message)",
};

describe("the names of a cell's variables in messages", function () {
  this.timeout(60_000);
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute(
      "let thing: any; let box: any = {}; let a: any; let f: any; let said: any; let keep: any",
    );
  });
  after(() => kernel.stop());

  for (const [code, wanted] of Object.entries(faults)) {
    it(`${code} says "${wanted}" where it is shown`, async () => {
      const { reply } = await kernel.execute(code);
      assert.ok(String(reply.content.evalue).startsWith(wanted), String(reply.content.evalue));
      assert.doesNotMatch(JSON.stringify(reply.content), /__philab/);
    });

    it(`${code} says it to the cell that catches it, in every way`, async () => {
      for (const [how, reader] of Object.entries(readers)) {
        await kernel.execute(`f = () => { ${code} }; said = undefined`);
        const { reply } = await kernel.execute(reader);
        assert.equal(reply.content.status, "ok", `${how}: ${reply.content.evalue}`);
        const said = String(resultText((await kernel.execute("String(said)")).iopub));
        assert.ok(said.slice(1).startsWith(wanted), `${how}: ${said}`);
      }
    });
  }

  it("says it in the console too", async () => {
    const { iopub } = await kernel.execute("try { thing() } catch (e) { console.log(e) }");
    assert.match(streamText(iopub, "stdout"), /^TypeError: thing is not a function\n/);
  });

  it("leaves alone what is no error of V8's", async () => {
    const code =
      "const frozen = Object.freeze(new Error('as it is')); const proxy = new Proxy(new Error('p'), {}); " +
      "const back: unknown[] = []; for (const each of [frozen, proxy, 7, null, undefined, { message: 'm' }]) " +
      "try { throw each } catch (e) { back.push(e === each) } back.every((same) => same)";
    assert.equal(resultText((await kernel.execute(code)).iopub), "true");
  });
});

describe("a handler that is mended", () => {
  it("is called with all that it would be called with, on the same this; what is no function stays", () => {
    const called: unknown[] = [];
    const handler = mending(function (this: unknown, ...all: unknown[]) {
      called.push(this, ...all);
      return "done";
    }) as (...all: unknown[]) => unknown;
    const on = { handler };
    assert.equal(on.handler(1, "two", 3), "done");
    assert.deepEqual(called, [on, 1, "two", 3]);
    assert.equal(mending(undefined), undefined);
  });
});
