import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, contentOf, startKernel } from "./client.js";

describe("tracebacks", function () {
  this.timeout(60_000);
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    writeFileSync(
      join(kernel.folder, "own.ts"),
      "export function half(x: number): number {\n  if (x % 2) throw new RangeError('odd');\n  return x / 2;\n}\n",
    );
    await kernel.execute("phi; math; 1");
  });
  after(() => kernel.stop());

  /** The lines of the traceback that are frames, with In[n] for the cell's own number. */
  const frames = (content: Record<string, unknown>): string[] =>
    (content.traceback as string[])
      .filter((line) => line.startsWith("    at "))
      .map((line) => line.slice(7).replace(/ \{$/, ""));
  const failing = async (code: string): Promise<string[]> => {
    const { iopub, reply } = await kernel.execute(code);
    const label = `In[${reply.content.execution_count}]`;
    return frames(contentOf(iopub, "error")).map((frame) => frame.replaceAll(label, "In[n]"));
  };
  const interrupted = async (code: string): Promise<string[]> => {
    const id = kernel.send("shell", "execute_request", { code });
    await kernel.iopub(
      ({ header, parent_header }) => header.msg_type === "stream" && parent_header.msg_id === id,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    await kernel.request("control", "interrupt_request", {});
    const error = await kernel.iopub(
      ({ header, parent_header }) => header.msg_type === "error" && parent_header.msg_id === id,
    );
    assert.equal(error.content.ename, "Interrupted");
    const reply = await kernel.reply(id);
    return frames(error.content).map((frame) =>
      frame.replaceAll(`In[${reply.content.execution_count}]`, "In[n]"),
    );
  };
  const more = (count: number): string =>
    `… ${count} more ${count === 1 ? "frame" : "frames"} of philab, packages and Node (process.env.PHILAB_FRAMES = "all" shows ${count === 1 ? "it" : "them"})`;

  it("show the reader's frames, and say how many others there are", async () => {
    assert.deepEqual(await failing('[1].map((x) => {\n  return JSON.parse("{");\n})'), [
      "In[n]:2:15",
      "In[n]:1:5",
      more(2),
    ]);
  });

  it("name the cell below a package's many frames", async () => {
    const [first, last, ...others] = await failing('const text = "1 +";\nmath.evaluate(text)');
    assert.equal(first, "In[n]:2:6");
    assert.match(String(last), /^… \d\d more frames of philab, packages and Node/);
    assert.deepEqual(others, []);
  });

  it("show the reader's own modules", async () => {
    assert.deepEqual(await failing('import { half } from "./own.ts";\nhalf(3)'), [
      `half (${join(kernel.folder, "own.ts")}:2:20)`,
      "In[n]:2:5",
    ]);
  });

  it("name the line that awaited what failed in Node", async () => {
    const wanted = await failing(
      'import { readFile } from "node:fs/promises";\n\n  await readFile("/nowhere")',
    );
    assert.equal(wanted.at(-1), "async In[n]:3:3");
    assert.equal(wanted.filter((frame) => frame.includes("node:")).length, 0);
  });

  it("show ten frames of a recursion without end", async () => {
    const wanted = await failing("function again(): number {\n  return again() + 1;\n}\nagain()");
    assert.equal(wanted.at(-1), '… 40 more frames (process.env.PHILAB_FRAMES = "all" shows them)');
  });

  it("show all frames where that is asked for", async () => {
    await kernel.execute('process.env.PHILAB_FRAMES = "all"');
    assert.deepEqual(await failing('JSON.parse("{")'), ["JSON.parse (<anonymous>)", "In[n]:1:6"]);
    await kernel.execute("delete process.env.PHILAB_FRAMES");
  });

  const loops: Record<string, [code: string, frames: string[]]> = {
    "a loop of nothing": ["console.log(1); for (;;) {}", ["In[n]:1:17"]],
    "a loop on a line of its own": [
      "console.log(1);\nconst x = 1;\n  while (true) {\n    Math.sqrt(x);\n  }",
      ["In[n]:3:3"],
    ],
    "a loop over a top-level variable, after an await": [
      "await 1;\nconsole.log(1);\nlet n = 0;\nfor (;;) n++;",
      ["In[n]:4:1"],
    ],
    "a function's loop": [
      "function f(): void {\n  for (;;) {}\n}\nconsole.log(1);\nf()",
      ["f (In[n]:2:3)", "In[n]:5:1"],
    ],
    "a recursion by promises": [
      "async function again(): Promise<void> {\n  await null;\n  return again();\n}\nconsole.log(1);\nawait again()",
      ["again (In[n]:1:21)", "again (In[n]:3:10)"],
    ],
    "a pending promise": ["console.log(1);\nconst p = new Promise(() => {});\n  await p;", ["In[n]:3:3"]],
    "a pending promise of a function": [
      "const never = async (): Promise<void> => {\n  await new Promise(() => {});\n};\nconsole.log(1);\nawait never();",
      ["In[n]:5:1"],
    ],
    "a pending for await": ["console.log(1);\nfor await (const x of [new Promise(() => {})]) x;", ["In[n]"]],
  };
  for (const [what, [code, wanted]] of Object.entries(loops)) {
    it(`of an interrupt name the line that ran: ${what}`, async () => {
      assert.deepEqual(await interrupted(code), wanted);
    });
  }

  it("of an interrupt name the line that ran, where Node's own code ran", async () => {
    const [first] = await interrupted(
      'const text = "a".repeat(40) + "b";\nconsole.log(1);\n/^(a+)+$/.test(text)',
    );
    assert.equal(first, "In[n]:3:11");
  });
});
