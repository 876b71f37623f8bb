import assert from "node:assert/strict";
import type { Json, Message } from "../../kernel/wire/wire.js";
import { type Client, contentOf, resultText, startKernel, streamText, types } from "./client.js";

const manyLines = "for (let i = 0; i < 100_000; i++) console.log('line ' + i)";

describe("outputs of cells", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel({ env: { PHILAB_OUTPUT_LIMIT: "20000000" } });
  });
  after(() => kernel.stop());

  const displays = (iopub: readonly Message[]): Message[] =>
    iopub.filter(({ header }) => /display_data$/.test(header.msg_type));

  it("brings 100,000 lines whole and in order before idle, in few messages", async () => {
    const { iopub } = await kernel.execute(manyLines);
    const lines = streamText(iopub, "stdout").split("\n");
    assert.equal(lines.length, 100_001);
    assert.ok(lines.slice(0, -1).every((line, i) => line === `line ${i}`));
    assert.equal(iopub.at(-1)?.content.execution_state, "idle");
    assert.ok(iopub.length < 200, `${iopub.length} messages`);
  });

  it("brings a display of 10 MB whole", async () => {
    const { iopub } = await kernel.execute('display({ "text/plain": "x".repeat(1e7) }, { raw: true })');
    assert.equal(((contentOf(iopub, "display_data").data as Json)["text/plain"] as string).length, 1e7);
  });

  it("keeps stdout, stderr and displays in the order in which they came", async () => {
    const { iopub } = await kernel.execute(
      'console.log("a"); console.error("b"); display("c"); process.stdout.write("d"); undefined',
    );
    const said = iopub
      .slice(2, -1)
      .map(({ content }) => content.text ?? (content.data as Json)["text/plain"]);
    assert.deepEqual(said, ["a\n", "b\n", "'c'", "d"]);
  });

  it("shows what is printed while the cell still runs", async () => {
    const id = kernel.send("shell", "execute_request", {
      code: 'console.log("now"); const end = Date.now() + 700; while (Date.now() < end);',
    });
    await kernel.iopub(({ content }) => content.text === "now\n");
    assert.ok(
      !kernel.heard.some(
        ({ header, parent_header }) => header.msg_type === "execute_reply" && parent_header.msg_id === id,
      ),
    );
    assert.ok(
      !kernel.heard.some(
        ({ parent_header, content }) => parent_header.msg_id === id && content.execution_state === "idle",
      ),
    );
    await kernel.reply(id);
  });

  it("says how much it dropped of an output beyond the limit, and how to raise it", async () => {
    const { iopub } = await kernel.execute(
      'const block = "y".repeat(1e6); for (let i = 0; i < 25; i++) process.stdout.write(block)',
    );
    assert.equal(streamText(iopub, "stdout").length, 2e7);
    assert.match(streamText(iopub, "stderr"), /5000000 characters dropped.*20000000.*PHILAB_OUTPUT_LIMIT/);
  });

  it("lets a cell that floods be interrupted, and slows it so that front ends can follow", async () => {
    for (const flood of ["console.log('x')", "display(1)", "process.stdout.write('y'.repeat(1e6))"]) {
      const id = kernel.send("shell", "execute_request", { code: `for (;;) ${flood}` });
      await new Promise((resolve) => setTimeout(resolve, 600));
      const from = performance.now();
      await kernel.request("control", "interrupt_request", {});
      assert.equal((await kernel.reply(id)).content.ename, "Interrupted");
      await kernel.outputs(id);
      assert.ok(performance.now() - from < 1000, `${flood}: ${performance.now() - from} ms`);
    }
  }).retries(2);

  it("gives late output to the cell that made it", async () => {
    const first = await kernel.execute(
      'setTimeout(() => console.log("from the first"), 60); void new Promise((r) => setTimeout(r, 80)).then(() => display("first too"))',
    );
    await kernel.execute('console.log("the second")');
    const text = await kernel.iopub(({ content }) => content.text === "from the first\n");
    const shown = await kernel.iopub(
      ({ content }) => (content.data as Json | undefined)?.["text/plain"] === "'first too'",
    );
    assert.deepEqual([text.parent_header.msg_id, shown.parent_header.msg_id], [first.id, first.id]);
  });

  it("brings the output of child processes and of raw writes to the file descriptor", async () => {
    const code =
      'import { execSync } from "node:child_process"; import { writeSync } from "node:fs"; execSync("echo child", { stdio: "inherit" }); writeSync(1, "raw\\n"); await new Promise((r) => setTimeout(r, 50));';
    assert.deepEqual(
      streamText((await kernel.execute(code)).iopub, "stdout")
        .split("\n")
        .sort(),
      ["", "child", "raw"],
    );
  });

  it("asks a value for its bundle by Symbol.for('Jupyter.display'), sync or async, and adds text/plain", async () => {
    const rich = async (method: string): Promise<unknown> => {
      const { iopub } = await kernel.execute(`({ [Symbol.for("Jupyter.display")]${method} })`);
      return contentOf(iopub, "execute_result").data;
    };
    assert.deepEqual(await rich('() { return { "text/plain": "t", "text/latex": "$x$" } }'), {
      "text/plain": "t",
      "text/latex": "$x$",
    });
    const later = (await rich(': async () => ({ "text/html": "<b>x</b>" })')) as Json;
    assert.equal(later["text/html"], "<b>x</b>");
    assert.equal(typeof later["text/plain"], "string");
    const bytes = (await rich(
      '() { return { "image/png": new Uint8Array([1, 2, 3]), "application/json": { a: [1] } } }',
    )) as Json;
    assert.deepEqual([bytes["image/png"], bytes["application/json"]], ["AQID", { a: [1] }]);
  });

  it("makes a failing or wrong bundle an error of the cell", async () => {
    for (const [method, evalue] of [
      ["() { throw new Error('no picture') }", /no picture/],
      ["() { return 3 }", /Jupyter\.display.*returned 3/],
    ] as const) {
      const { reply } = await kernel.execute(`({ [Symbol.for("Jupyter.display")]${method} })`);
      assert.match(String(reply.content.evalue), evalue);
    }
  });

  it("displays a typed array in a raw bundle as the list of its numbers", async () => {
    const { iopub } = await kernel.execute(
      'display({ "application/json": { y: Float64Array.of(1, 0.5, NaN), n: [Int8Array.of(-1)] } }, { raw: true })',
    );
    assert.deepEqual(displays(iopub)[0]?.content.data, {
      "application/json": { y: [1, 0.5, null], n: [[-1]] },
    });
  });

  it("displays with a display_id and metadata, and updates it", async () => {
    const { iopub } = await kernel.execute(
      'display({ "text/html": "<i>1</i>" }, { raw: true, display_id: "d", metadata: { isolated: true } }); display({ "text/html": "<i>2</i>" }, { raw: true, display_id: "d", update: true })',
    );
    const [first, second] = displays(iopub);
    assert.deepEqual(
      [first?.header.msg_type, second?.header.msg_type],
      ["display_data", "update_display_data"],
    );
    assert.deepEqual(first?.content, {
      data: { "text/html": "<i>1</i>" },
      metadata: { isolated: true },
      transient: { display_id: "d" },
    });
    assert.deepEqual((second?.content.transient as Json | undefined)?.display_id, "d");
    assert.match(
      String((await kernel.execute("display(1, { update: true })")).reply.content.evalue),
      /display_id/,
    );
  });

  it("waits for displays whose bundles come later", async () => {
    const { iopub } = await kernel.execute(
      'display({ async [Symbol.for("Jupyter.display")]() { await new Promise((r) => setTimeout(r, 50)); return { "text/plain": "slow" } } }); 1',
    );
    assert.deepEqual(types(iopub), ["status", "execute_input", "display_data", "execute_result", "status"]);
  });

  it("clears outputs, at once or with the next", async () => {
    const { iopub } = await kernel.execute(
      "display(1); clearOutput({ wait: true }); display(2); clearOutput()",
    );
    const clears = iopub.filter(({ header }) => header.msg_type === "clear_output");
    assert.deepEqual(
      clears.map(({ content }) => content),
      [{ wait: true }, { wait: false }],
    );
  });

  it("bounds what a plain value shows, whatever it is", async () => {
    const shown = async (code: string): Promise<string> =>
      String(resultText((await kernel.execute(code)).iopub));
    assert.equal(
      await shown("new Float64Array(1e7)"),
      "Float64Array(10000000) [ 0, 0, 0, 0, 0, 0, …, 0, 0, 0 ]",
    );
    assert.match(
      await shown("Array.from({ length: 1000 }, (_, i) => i)"),
      /^Array\(1000\) \[ 0, 1, 2, 3, 4, 5, …, 997, 998, 999 \]$/,
    );
    assert.match(await shown("const ring: { me?: unknown } = {}; ring.me = ring; ring"), /Circular/);
    assert.equal(await shown('({ get bad(): number { throw new Error("x") } })'), "{ bad: [Getter] }");
    assert.equal(
      typeof (await shown(
        'new Proxy({}, { get() { throw new Error("x") }, ownKeys() { throw new Error("y") } })',
      )),
      "string",
    );
    assert.ok(
      (await shown("Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['k' + i, i]))")).length <
        110_000,
    );
    assert.equal(
      await shown("[Promise.resolve(1), new Promise(() => {})]"),
      "[ Promise { 1 }, Promise { <pending> } ]",
    );
    assert.ok((await shown('"z".repeat(1e6)')).length < 11_000);
  });
});
