import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Client,
  connect,
  contentOf,
  freshConnection,
  resultText,
  startKernel,
  streamText,
  toldConnection,
  types,
} from "./client.js";

const main = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));

async function exited(kernel: Client, ms: number): Promise<void> {
  if (kernel.process.exitCode !== null) return;
  await Promise.race([
    once(kernel.process, "exit"),
    new Promise((_, reject) => setTimeout(() => reject(new Error(`still there after ${ms} ms`)), ms)),
  ]);
}

describe("the life of a kernel", () => {
  it("answers kernel_info before the compiler is loaded", async () => {
    const kernel = await startKernel();
    const from = performance.now();
    const { reply, iopub } = await kernel.request("shell", "kernel_info_request", {});
    assert.ok(performance.now() - from < 250, `${performance.now() - from} ms`);
    assert.deepEqual(types(iopub), ["status", "status"]);
    const { language_info, protocol_version, implementation, status, banner } = reply.content;
    assert.deepEqual([status, protocol_version, implementation], ["ok", "5.5", "philab"]);
    const { name, file_extension, mimetype } = language_info as Record<string, unknown>;
    assert.deepEqual([name, file_extension, mimetype], ["typescript", ".ts", "text/typescript"]);
    assert.match(String(banner), /philab/);
    assert.equal((await kernel.request("control", "kernel_info_request", {})).reply.content.status, "ok");
    await kernel.stop();
  }).retries(2);

  it("ends where whoever started it, by the name that Jupyter gives, was gone before it was loaded", async () => {
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    const kernel = await startKernel({ env: { JPY_PARENT_PID: String(gone) } });
    await exited(kernel, 5000);
    const other = await startKernel({ env: { JPY_PARENT_PID: String(process.pid) } });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(other.process.exitCode, null);
    await other.stop();
  });

  for (const [channel, restart] of [
    ["control", false],
    ["shell", true],
  ] as const) {
    it(`shuts down on ${channel} within a second though a cell loops, and echoes restart: ${restart}`, async () => {
      const kernel = await startKernel();
      kernel.send("shell", "execute_request", { code: "console.log('looping'); for (;;);" });
      await kernel.iopub(({ content }) => content.text === "looping\n");
      const from = performance.now();
      const id = kernel.send(channel, "shutdown_request", { restart });
      const reply = await kernel.reply(id);
      assert.deepEqual(reply.content, { status: "ok", restart });
      await exited(kernel, 1000);
      assert.ok(performance.now() - from < 1000);
      assert.deepEqual(kernel.printed, { stdout: "", stderr: "" });
      await kernel.stop();
    }).retries(2);
  }

  it("chooses the ports that its connection file leaves to it, and tells them there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "philab-ports-"));
    const file = join(folder, "connection.json");
    const [earlier, asked] = [await startKernel(), { ...freshConnection(), kernel_name: "philab" }];
    writeFileSync(file, JSON.stringify(asked));
    const child = spawn(process.execPath, [main, file], { stdio: "ignore" });
    const { shell_port, control_port, stdin_port, iopub_port, hb_port, ...rest } = await toldConnection(file);
    const { connection } = earlier;
    const ports = [shell_port, control_port, stdin_port, iopub_port, hb_port];
    assert.equal(new Set([...ports, connection.shell_port, connection.hb_port]).size, 7);
    const kept = { transport: "tcp", ip: "127.0.0.1", key: asked.key, kernel_name: "philab" };
    assert.deepEqual(rest, { ...kept, signature_scheme: "hmac-sha256" });
    child.kill("SIGKILL");
    await earlier.stop();
    assert.deepEqual(readdirSync(folder), ["connection.json"]);
    rmSync(folder, { recursive: true });
  });

  it("ends when the process that started it is gone", async () => {
    const folder = mkdtempSync(join(tmpdir(), "philab-parent-"));
    const file = join(folder, "connection.json");
    writeFileSync(file, JSON.stringify(freshConnection()));
    const script = `const { spawn } = require("node:child_process"); const c = spawn(process.execPath, [${JSON.stringify(main)}, ${JSON.stringify(file)}], { detached: true, stdio: "ignore" }); console.log(c.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
    const pid = Number(String((await once(parent.stdout!, "data"))[0]));
    const kernel = connect(await toldConnection(file), parent, folder, { stdout: "", stderr: "" });
    await kernel.iopub(({ header }) => header.msg_type === "iopub_welcome");
    const { iopub } = await kernel.execute("process.pid");
    const runner = Number(resultText(iopub));
    parent.kill("SIGKILL");
    for (const each of [pid, runner]) await gone(each, 3000);
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  it("ends when that process was gone before the kernel served", async function () {
    if (process.platform === "win32") return this.skip();
    const folder = mkdtempSync(join(tmpdir(), "philab-orphan-"));
    const file = join(folder, "connection.json");
    execFileSync("mkfifo", [file]); // the kernel waits for its ports there
    const script = `const c = require("node:child_process").spawn(process.execPath, ${JSON.stringify([main, file])}, { detached: true, stdio: "ignore" }); console.log(c.pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
    const pid = Number(String((await once(parent.stdout!, "data"))[0]));
    const writing = open(file, "w"); // there when the kernel reads
    const connection = await writing;
    parent.kill("SIGKILL");
    await once(parent, "exit");
    await connection.writeFile(JSON.stringify(freshConnection()));
    await connection.close();
    await gone(pid, 10_000);
    rmSync(folder, { recursive: true });
  });

  it("says how it is used when it gets no connection file, and what is wrong with a bad one", async () => {
    const run = async (args: string[]): Promise<string> => {
      const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "ignore", "pipe"] });
      let said = "";
      child.stderr.on("data", (chunk) => (said += chunk));
      await once(child, "close");
      assert.notEqual(child.exitCode, 0);
      return said;
    };
    assert.match(await run([]), /usage: node main\.js CONNECTION_FILE/);
    const folder = mkdtempSync(join(tmpdir(), "philab-bad-"));
    const file = join(folder, "connection.json");
    writeFileSync(file, JSON.stringify({ ...freshConnection(), shell_port: "x" }));
    assert.match(await run([file]), /shell_port = x; needed a port number/);
    rmSync(folder, { recursive: true });
  });
});

describe("the death of a runner", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel({ env: { PHILAB_HEAP_MB: "80" } });
  });
  after(() => kernel.stop());

  const deaths: Record<string, [code: string, said: RegExp]> = {
    "process.exit": [
      "console.log('last words'); process.exit(3)",
      /process\.exit\(3\) in In\[\d+\]; variables are lost/,
    ],
    "process.abort": ["console.log('last words'); process.abort()", /crash/],
    "kill -9": [
      "console.log('last words'); process.kill(process.pid, 'SIGKILL'); for (;;);",
      /ended by SIGKILL/,
    ],
    "exhausted memory": [
      "console.log('last words'); const hoard: number[][] = []; for (;;) hoard.push(new Array(1e5).fill(1.5))",
      /ran out of memory at 0\.\d GB in In\[\d+\]/,
    ],
  };
  for (const [what, [code, said]] of Object.entries(deaths)) {
    it(`is told after ${what}: the cell says what happened and what is lost, and the next cell runs`, async () => {
      await kernel.execute("const before = 1");
      const { iopub, reply } = await kernel.execute(code);
      assert.equal(reply.content.status, "error");
      assert.match(String(contentOf(iopub, "error").evalue), said);
      assert.equal(streamText(iopub, "stdout"), "last words\n");
      assert.equal(streamText(iopub, "stderr"), "");
      const next = await kernel.execute("before");
      assert.match(String(next.reply.content.evalue), /Cannot find name 'before'/);
      assert.equal(resultText((await kernel.execute("vec(matrix(1, 1, [4])).rows")).iopub), "1");
    });
  }

  for (const code of ["closeSync(3)", "writeSync(3, Buffer.alloc(100, 255))"]) {
    it(`is what ${code} of a cell comes to: the kernel goes on`, async () => {
      const { reply } = await kernel.execute(
        `import * as fs from "node:fs"; fs.${code}; await new Promise(() => {})`,
      );
      assert.match(String(reply.content.evalue), /the runner .*; variables are lost/);
      assert.equal(resultText((await kernel.execute("1 + 1")).iopub), "2");
    });
  }

  it("is told by the last cell when it happens between cells", async () => {
    const { id } = await kernel.execute("setTimeout(() => process.exit(1), 30); 0");
    const error = await kernel.iopub(
      ({ header, parent_header }) => header.msg_type === "error" && parent_header.msg_id === id,
    );
    assert.match(String(error.content.evalue), /process\.exit\(1\)/);
    assert.equal(resultText((await kernel.execute("1 + 1")).iopub), "2");
  });

  it("closes its comms", async () => {
    const { iopub } = await kernel.execute("comms.open('t')");
    const { comm_id } = contentOf(iopub, "comm_open");
    await kernel.execute("process.exit()");
    await kernel.iopub(
      ({ header, content }) => header.msg_type === "comm_close" && content.comm_id === comm_id,
    );
    assert.deepEqual((await kernel.request("shell", "comm_info_request", {})).reply.content.comms, {});
  });
});

async function gone(pid: number, ms: number): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`process ${pid} is still there after ${ms} ms`);
}
