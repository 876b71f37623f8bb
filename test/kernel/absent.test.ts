import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launcherFile } from "../../kernel/place/kernelCommand.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import type { ConnectionInfo } from "../../kernel/wire/wire.js";
import { type Client, contentOf, resultText, startKernel, types } from "./client.js";

/** Five sockets as files. */
const inFolder = (folder: string): Partial<ConnectionInfo> => ({
  transport: "ipc",
  ip: join(folder, "ipc"),
  ...{ shell_port: 1, control_port: 2, stdin_port: 3, iopub_port: 4, hb_port: 5 },
});

/** What `npm uninstall` leaves: the launcher beside kernel.json, in a folder where no package is found. */
describe("the kernel of a kernelspec", () => {
  let folder: string;
  let launcher: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-absent-"));
    launcher = join(folder, "start.mjs");
    copyFileSync(launcherFile(), launcher);
  });
  after(() => rmSync(folder, { recursive: true }));

  const start = (main: string, connection = {}): Promise<Client> =>
    startKernel({ connection, command: (file) => [process.execPath, launcher, main, file] });

  it("is the package's where the package is there", async () => {
    const kernel = await start(join(packageRoot(), "dist/kernel/main.js"));
    assert.equal(resultText((await kernel.execute("const n: number = 20; n + 1")).iopub), "21");
    await kernel.stop();
  });

  for (const transport of ["tcp", "ipc"] as const)
    it(`says in the notebook what is missing and what to do, where npm has removed the package: ${transport}`, async () => {
      const main = join(folder, "node_modules/philab/dist/kernel/main.js");
      const kernel = await start(main, transport === "ipc" ? inFolder(folder) : {});
      const info = await kernel.request("control", "kernel_info_request", {});
      assert.deepEqual([info.reply.content.status, types(info.iopub)], ["ok", ["status", "status"]]);
      const { reply, iopub } = await kernel.execute(`"${"x".repeat(100_000)}"`);
      assert.deepEqual(types(iopub), ["status", "error", "status"]);
      const { ename, evalue, traceback } = contentOf(iopub, "error") as Record<string, string | string[]>;
      assert.equal(ename, "PhilabIsMissing");
      assert.equal(reply.content.evalue, evalue);
      for (const words of [main, "npx philab install", "jupyter kernelspec remove philab", folder])
        assert.ok(evalue?.includes(words), `${words} is not in ${evalue}`);
      assert.equal((traceback as string[]).join("\n"), evalue);
      assert.match(kernel.printed.stderr, /philab is not where this kernel was installed from/);
      for (const [type, field] of [
        ["complete_request", "matches"],
        ["inspect_request", "found"],
        ["history_request", "history"],
        ["is_complete_request", "status"],
      ] as const)
        assert.ok(field in (await kernel.request("shell", type, { code: "x" })).reply.content, type);
      assert.deepEqual(types(await kernel.outputs(kernel.send("shell", "constructor_request", {}))), [
        "status",
        "status",
      ]);
      const { content } = await kernel.reply(kernel.send("control", "shutdown_request", { restart: false }));
      assert.deepEqual(content, { status: "ok", restart: false });
      if (kernel.process.exitCode === null) await once(kernel.process, "exit");
      assert.equal(kernel.process.exitCode, 0);
      await kernel.stop();
    });

  it("reads only what is signed, and closes the line of who speaks no ZeroMQ", async () => {
    const kernel = await start(join(folder, "gone/main.js"));
    const [, , header, ...rest] = kernel.frames("execute_request", { code: "1" });
    await kernel.sendFrames("shell", [
      Buffer.from("<IDS|MSG>"),
      Buffer.from("0".repeat(64)),
      header!,
      ...rest,
    ]);
    const { ename } = (await kernel.execute("1")).reply.content;
    assert.equal(ename, "PhilabIsMissing");
    assert.equal(kernel.heard.filter(({ header: { msg_type } }) => msg_type === "error").length, 1);
    await kernel.stop();
  });

  it("says how it is used without words", () => {
    assert.throws(
      () => execFileSync(process.execPath, [launcher], { stdio: "pipe" }),
      /usage: node start\.mjs MAIN CONNECTION_FILE/,
    );
  });
});
