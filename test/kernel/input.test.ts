import assert from "node:assert/strict";
import type { Message } from "../../kernel/wire/wire.js";
import { type Client, connect, resultText, startKernel, streamText } from "./client.js";

describe("asking for input", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  const answer = (question: Message, value: string): string =>
    kernel.send("stdin", "input_reply", { value, status: "ok" }, { parent_header: question.header });

  it("asks the front end that sent the cell, after what was printed, and goes on with the answer", async () => {
    const code = 'console.log("before"); const name: string = await input("Name: "); name + "!"';
    const id = kernel.send("shell", "execute_request", { code, allow_stdin: true });
    const question = await kernel.question();
    assert.equal(question.header.msg_type, "input_request");
    assert.deepEqual(question.content, { prompt: "Name: ", password: false });
    assert.equal(question.parent_header.msg_id, id);
    answer(question, "Ada 𝑥");
    const iopub = await kernel.outputs(id);
    assert.deepEqual([streamText(iopub, "stdout"), resultText(iopub)], ["before\n", "'Ada 𝑥!'"]);
  });

  it("asks for a password", async () => {
    const id = kernel.send("shell", "execute_request", {
      code: 'await input("Key: ", { password: true })',
      allow_stdin: true,
    });
    const question = await kernel.question();
    assert.deepEqual(question.content, { prompt: "Key: ", password: true });
    answer(question, "secret");
    assert.equal(resultText(await kernel.outputs(id)), "'secret'");
  });

  it("asks several times in one cell", async () => {
    const id = kernel.send("shell", "execute_request", {
      code: "const two = [await input('1'), await input('2')]; two.join()",
      allow_stdin: true,
    });
    answer(await kernel.question(), "a");
    answer(await kernel.question(), "b");
    assert.equal(resultText(await kernel.outputs(id)), "'a,b'");
  });

  it("asks one question after the other where several are awaited at once", async () => {
    const id = kernel.send("shell", "execute_request", {
      code: "(await Promise.all([input('a '), input('b '), input('c ')])).join()",
      allow_stdin: true,
    });
    for (const prompt of ["a ", "b ", "c "]) {
      const question = await kernel.question();
      assert.equal(question.content.prompt, prompt);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const asked = kernel.send("stdin", "input_reply", { value: prompt.trim(), status: "ok" }); // to the last question
      assert.ok(asked);
    }
    assert.equal(resultText(await kernel.outputs(id)), "'a,b,c'");
  });

  it("asks synchronously too: in a function that cannot await, several times, a password, beside an open question", async () => {
    const code =
      "const later = input('later');\n" +
      "const both = ['1', '2'].map((prompt) => inputSync(prompt, { password: prompt === '2' }));\n" +
      "both.join() + await later";
    const id = kernel.send("shell", "execute_request", { code, allow_stdin: true });
    const questions = [await kernel.question(), await kernel.question()] as const;
    assert.deepEqual(
      questions.map(({ content }) => content.prompt),
      ["later", "1"],
    );
    answer(questions[1], "a".repeat(100_000));
    const third = await kernel.question();
    assert.deepEqual(third.content, { prompt: "2", password: true });
    answer(questions[0], "!");
    answer(third, "𝑥");
    assert.equal((await kernel.reply(id)).content.status, "ok");
    const { iopub } = await kernel.execute("[both[0].length, both[1]].join()");
    assert.equal(resultText(iopub), "'100000,𝑥'");
  });

  it("can be interrupted while it waits synchronously, and keeps the variables", async () => {
    const code = "var kept = 41; inputSync('?')";
    const id = kernel.send("shell", "execute_request", { code, allow_stdin: true });
    await kernel.question();
    const from = performance.now();
    await kernel.request("control", "interrupt_request", {});
    assert.equal((await kernel.reply(id)).content.ename, "Interrupted");
    assert.ok(performance.now() - from < 1000);
    assert.equal(resultText((await kernel.execute("kept + 1")).iopub), "42");
  }).retries(2);

  it("takes the empty answer, the first of two, and none to a question that is over", async () => {
    const gone = kernel.send("shell", "execute_request", { code: "await input('old')", allow_stdin: true });
    const old = await kernel.question();
    await kernel.request("control", "interrupt_request", {});
    assert.equal((await kernel.reply(gone)).content.ename, "Interrupted");
    const code = "[await input('1'), await input('2'), inputSync('3')]";
    const id = kernel.send("shell", "execute_request", { code, allow_stdin: true });
    const first = await kernel.question();
    for (const value of ["", "again"]) answer(first, value);
    const second = await kernel.question();
    answer(old, "late");
    await kernel.request("control", "kernel_info_request", {}); // what was sent before has been heard
    answer(second, "b");
    answer(await kernel.question(), "");
    assert.equal(resultText(await kernel.outputs(id)), "[ '', 'b', '' ]");
  });

  it("takes no answer of a client that was not asked, also while that one is asked", async () => {
    const other = connect(kernel.connection, kernel.process, kernel.folder, kernel.printed);
    const ask = (client: Client, code: string): string =>
      client.send("shell", "execute_request", { code, allow_stdin: true });
    const mine = ask(kernel, "const mine = await input('mine'); mine");
    const question = await kernel.question();
    other.send("stdin", "input_reply", { value: "stolen" });
    other.send("stdin", "input_reply", { value: "stolen" }, { parent_header: question.header });
    const theirs = ask(other, "const theirs = await input('theirs'); theirs");
    await other.request("control", "kernel_info_request", {});
    answer(question, "own");
    const next = await other.question();
    assert.equal(next.content.prompt, "theirs");
    other.send("stdin", "input_reply", { value: "other" }, { parent_header: next.header });
    assert.equal(resultText(await kernel.outputs(mine)), "'own'");
    await kernel.reply(ask(kernel, "0"));
    assert.equal(resultText(await kernel.outputs(theirs)), "'other'");
    other.disconnect();
  });

  it("fails where the front end cannot be asked", async () => {
    const { reply } = await kernel.execute("await input('?')");
    assert.match(String(reply.content.evalue), /allow_stdin/);
  });

  it("can be interrupted while it waits", async () => {
    const id = kernel.send("shell", "execute_request", { code: "await input('?')", allow_stdin: true });
    await kernel.question();
    await kernel.request("control", "interrupt_request", {});
    assert.equal((await kernel.reply(id)).content.ename, "Interrupted");
  });
});
