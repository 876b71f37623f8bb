import assert from "node:assert/strict";
import type { Json } from "../../kernel/wire/wire.js";
import { type Client, contentOf, resultText, startKernel, streamText, types } from "./client.js";

describe("executing cells", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  const plain = async (code: string, options: Json = {}): Promise<unknown> =>
    resultText((await kernel.execute(code, options)).iopub);

  it("says busy, execute_input, outputs, execute_result, idle, and replies ok with the count", async () => {
    const { iopub, reply, id } = await kernel.execute('console.log("out"); 6 * 7');
    assert.deepEqual(types(iopub), ["status", "execute_input", "stream", "execute_result", "status"]);
    assert.deepEqual(
      [iopub[0]?.content.execution_state, iopub.at(-1)?.content.execution_state],
      ["busy", "idle"],
    );
    const input = contentOf(iopub, "execute_input");
    assert.equal(input.code, 'console.log("out"); 6 * 7');
    assert.equal(reply.header.msg_type, "execute_reply");
    assert.equal(reply.content.status, "ok");
    assert.deepEqual(reply.content.payload, []);
    assert.equal(reply.content.execution_count, input.execution_count);
    assert.equal(contentOf(iopub, "execute_result").execution_count, input.execution_count);
    assert.ok(iopub.every(({ parent_header }) => parent_header.msg_id === id));
  });

  it("has a session of its own and a fresh id for each message", async () => {
    const { iopub, reply } = await kernel.execute("1");
    const all = [...iopub, reply];
    assert.equal(new Set(all.map(({ header }) => header.msg_id)).size, all.length);
    assert.equal(new Set(all.map(({ header }) => header.session)).size, 1);
    assert.notEqual(reply.header.session, reply.parent_header.session);
  });

  it("shows null, NaN, 0 and the empty string, and shows nothing for undefined", async () => {
    assert.deepEqual(await Promise.all(["null", "NaN", "0", '""'].map((code) => plain(code))), [
      "null",
      "NaN",
      "0",
      "''",
    ]);
    for (const code of ["undefined", "let a1 = 1", "", "// a comment", "void 0"]) {
      assert.ok(!types((await kernel.execute(code)).iopub).includes("execute_result"), code);
    }
  });

  it("keeps variables, functions, classes and types from cell to cell", async () => {
    await kernel.execute(
      "let n = 1; function twice(x: number) { return 2 * x }; class P { constructor(readonly x: number) {} }; interface Q { y: number }",
    );
    await kernel.execute("n += 2");
    assert.equal(await plain("const q: Q = { y: twice(n) }; new P(q.y).x"), "6");
  });

  it("lets a later cell declare a name anew, with another type", async () => {
    await kernel.execute("const again = 1");
    assert.equal(await plain('const again = "text"; again.toUpperCase()'), "'TEXT'");
  });

  it("keeps a var that was declared inside a statement", async () => {
    await kernel.execute("for (var turn = 0; turn < 3; turn++); if (turn > 2) { var $said = 'yes' }");
    assert.equal(await plain("turn + 1"), "4");
    assert.equal(await plain("$said.length"), "3");
    await kernel.execute("var turn = 10; for (var turn = 0; turn < 2; turn++);");
    assert.equal(await plain("turn.toFixed(1)"), "'2.0'");
  });

  it("takes export as a cell's word for what every cell does", async () => {
    const code =
      "export const out = 1; export function outer(): number { return 2 }\nexport { out }; export type Out = number; out + outer()";
    assert.equal(await plain(code), "3");
    assert.equal(await plain("const typed: Out = out; typed + outer()"), "3");
    const { reply } = await kernel.execute("export const broken: number = 'x'");
    assert.match(String(reply.content.evalue), /:1:14 - error TS2322/);
  });

  it("awaits at top level, also in for await", async () => {
    assert.equal(
      await plain(
        "const later = await new Promise<number>((resolve) => setTimeout(() => resolve(5), 10)); later",
      ),
      "5",
    );
    const code = "let sum = 0; for await (const x of [1, Promise.resolve(2)]) sum += x; sum";
    assert.equal(await plain(code), "3");
  });

  it("keeps what an await import gives, with its type", async () => {
    await kernel.execute('const fs = await import("node:fs")');
    assert.equal(await plain("fs.existsSync('/')"), "true");
    const { reply } = await kernel.execute("fs.noSuchThing");
    assert.match(String(reply.content.evalue), /noSuchThing/);
  });

  it("names the place of a type error in the cell, and runs nothing of it", async () => {
    const { iopub, reply } = await kernel.execute(
      'console.log("ran")\nlet fine = 1\n    const text: number = "no"',
    );
    const count = reply.content.execution_count;
    assert.equal(reply.content.status, "error");
    assert.match(String(reply.content.evalue), new RegExp(`^In\\[${count}\\]:3:11 - error TS2322`));
    assert.equal(contentOf(iopub, "error").ename, "TypeError");
    assert.equal(streamText(iopub, "stdout"), "");
  });

  it("names the place of a syntax error in the cell", async () => {
    const { iopub, reply } = await kernel.execute("let a2 = 1\nlet b2 = (2 + ]");
    assert.equal(contentOf(iopub, "error").ename, "SyntaxError");
    assert.match(String(reply.content.evalue), new RegExp(`^In\\[${reply.content.execution_count}\\]:2:15`));
  });

  it("names the place of a run-time error in the cell's own lines, through loops, types and functions", async () => {
    const code =
      'interface Long {\n  a: number;\n}\nfor (const x of [1]) {\n  const y: Long = { a: x };\n    if (y.a) throw new RangeError("here");\n}';
    const { iopub, reply } = await kernel.execute(code);
    const error = contentOf(iopub, "error");
    assert.deepEqual([error.ename, error.evalue], ["RangeError", "here"]);
    const traceback = (error.traceback as string[]).join("\n");
    assert.match(traceback, new RegExp(`In\\[${reply.content.execution_count}\\]:6:20`));
    assert.doesNotMatch(traceback, /__philab|node:vm|dist\/kernel/);
    assert.deepEqual(reply.content.traceback, error.traceback);
  });

  it("names the cell in which a failing function was defined", async () => {
    const { reply } = await kernel.execute("function fails(): never {\n  throw new Error('deep');\n}");
    const { iopub } = await kernel.execute("1;\nfails();");
    const traceback = (contentOf(iopub, "error").traceback as string[]).join("\n");
    assert.match(
      traceback,
      new RegExp(`fails \\(In\\[${reply.content.execution_count}\\]:2:9\\)[^]*In\\[\\d+\\]:2:1`),
    );
  });

  it("says of a thrown error what can be read of it", async () => {
    const thrown = async (code: string): Promise<unknown[]> => {
      const { ename, evalue, traceback } = (await kernel.execute(code)).reply.content;
      return [ename, evalue, (traceback as string[])[0]];
    };
    const throwing = (name: string): string =>
      `throw Object.defineProperty(new RangeError("m"), "${name}", { get() { throw 1 } })`;
    assert.deepEqual(await thrown(throwing("message")), [
      "RangeError",
      "its message cannot be read",
      "Error",
    ]);
    assert.deepEqual((await thrown(throwing("name"))).slice(0, 2), ["Error", "m"]);
  });

  it("takes the first line of a script, and says of no error that it stands behind the cell", async () => {
    assert.equal(resultText((await kernel.execute("#!/usr/bin/env node\n5")).iopub), "5");
    for (const code of ["function (", "let x = ("]) {
      const { traceback } = (await kernel.execute(code)).reply.content;
      const places = JSON.stringify(traceback).match(/In\[\d+\](:\d+:\d+)/g) ?? [];
      assert.deepEqual(
        places.map((place) => place.replace(/.*\]/, "")),
        [":1:10"],
        code,
      );
    }
  });

  it("reports a thrown value that is no Error, and a hostile one", async () => {
    const shown = async (code: string): Promise<unknown[]> => {
      const { reply } = await kernel.execute(code);
      return [reply.content.status, reply.content.ename, reply.content.evalue];
    };
    assert.deepEqual(await shown('throw "words"'), ["error", "string", "words"]);
    assert.deepEqual(await shown("throw null"), ["error", "null", "null"]);
    assert.deepEqual(await shown("throw { a: 1 }"), ["error", "object", "{ a: 1 }"]);
    const [status] = await shown(
      'throw new Proxy({}, { get() { throw new Error("trap") }, getPrototypeOf() { throw 1 } })',
    );
    assert.equal(status, "error");
    assert.equal(await plain("1 + 1"), "2");
  });

  it("keeps what a cell assigned before it threw, and the older value and type of what it did not", async () => {
    await kernel.execute("const kept = 'old'; const lost = 'old'");
    await kernel.execute(
      "const kept = 1; const lost: number = (() => { throw new Error() })(); const unmade = 2",
    );
    assert.equal(await plain("kept + 1"), "2");
    assert.equal(await plain("lost.toUpperCase()"), "'OLD'");
    assert.match(String((await kernel.execute("unmade")).reply.content.evalue), /Cannot find name 'unmade'/);
  });

  it("leaves no trace of a silent cell but its effect: no input, no output, no count", async () => {
    const before = (await kernel.execute("1")).reply.content.execution_count as number;
    const { iopub, reply } = await kernel.execute('console.log("hush"); var quiet = 3; quiet', {
      silent: true,
    });
    assert.deepEqual(types(iopub), ["status", "status"]);
    assert.deepEqual([reply.content.status, reply.content.execution_count], ["ok", before]);
    assert.equal(await plain("quiet"), "3");
    assert.equal((await kernel.execute("1")).reply.content.execution_count, before + 2);
  });

  it("does not count a cell that is not stored in history", async () => {
    const before = (await kernel.execute("1")).reply.content.execution_count;
    const { iopub, reply } = await kernel.execute("7", { store_history: false });
    assert.deepEqual([resultText(iopub), reply.content.execution_count], ["7", before]);
  });

  it("evaluates user expressions after the cell, each with its own outcome", async () => {
    const user_expressions = {
      sum: "u + 1",
      bad: "nothing.here",
      thrown: "(() => { throw new RangeError('r') })()",
    };
    const { reply } = await kernel.execute("const u = 2", { user_expressions });
    const got = reply.content.user_expressions as Record<string, Json>;
    assert.deepEqual((got.sum as { data: Json }).data, { "text/plain": "3" });
    assert.deepEqual(
      [got.bad?.status, got.thrown?.status, got.thrown?.ename],
      ["error", "error", "RangeError"],
    );
    assert.equal(reply.content.status, "ok");
  });

  it("aborts what had arrived when a cell failed, and nothing that comes after", async () => {
    const ids = ["throw new Error('stop')", "101", "102"].map((code) =>
      kernel.send("shell", "execute_request", { code, stop_on_error: true }),
    );
    const replies = await Promise.all(ids.map((id) => kernel.reply(id)));
    assert.deepEqual(
      replies.map(({ content }) => content.status),
      ["error", "aborted", "aborted"],
    );
    assert.deepEqual(types(await kernel.outputs(ids[1] as string)), ["status", "status"]);
    assert.equal(await plain("103"), "103");
  });

  it("aborts nothing when stop_on_error is false", async () => {
    const ids = ["throw new Error('go on')", "201"].map((code) =>
      kernel.send("shell", "execute_request", { code, stop_on_error: false }),
    );
    const replies = await Promise.all(ids.map((id) => kernel.reply(id)));
    assert.deepEqual(
      replies.map(({ content }) => content.status),
      ["error", "ok"],
    );
  });

  it("answers an unknown request with busy and idle alone", async () => {
    const id = kernel.send("shell", "no_such_request", {});
    assert.deepEqual(types(await kernel.outputs(id)), ["status", "status"]);
  });

  it("shows an unhandled rejection and a late throw as errors of the cell that started them", async () => {
    const first = await kernel.execute("setTimeout(() => { throw new Error('late throw') }, 30); 0");
    const second = await kernel.execute("void Promise.reject(new RangeError('nobody cares')); 0");
    for (const [id, evalue] of [
      [first.id, "late throw"],
      [second.id, "nobody cares"],
    ]) {
      const error = await kernel.iopub(
        ({ header, content }) => header.msg_type === "error" && content.evalue === evalue,
      );
      assert.equal(error.parent_header.msg_id, id);
    }
    assert.equal(await plain("1 + 1"), "2");
  });
});
