import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { freePorts } from "../freePorts.js";
import { printedAddress } from "../setup/printedAddress.js";
import { LabUnavailable, prepareLab } from "./labSession.js";

describe("philab lab", function () {
  this.timeout(60_000);
  let program: ChildProcess | undefined;

  before(async function () {
    this.timeout(600_000);
    try {
      await prepareLab();
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      console.warn(`\nSKIPPED: the start of JupyterLab, because ${error.message}\n`);
      this.skip();
    }
  });

  after(() => void program?.kill("SIGKILL"));

  it("prints an address that answers with the kernel and the plugin, in under ten seconds once set up, and ends on Ctrl-C", async () => {
    const port = String((await freePorts(1))[0]);
    const words = [join(packageRoot(), "bin/philab.js"), "lab", "--no-browser", "--port", port];
    const started = performance.now();
    program = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
    const address = await printedAddress(program);
    assert.ok(performance.now() - started < 10_000, `${performance.now() - started} ms`);
    assert.equal(address.port, port);
    const specs = await (await fetch(new URL(`/api/kernelspecs${address.search}`, address))).json();
    assert.equal(specs.kernelspecs.philab.spec.display_name, "TypeScript (philab)");
    assert.equal((await fetch(await pluginEntry(address))).status, 200);
    program.kill("SIGINT");
    const [code] = await once(program, "exit");
    assert.equal(code, 0);
    await assert.rejects(fetch(address), /fetch failed/);
  }).retries(2);
});

/** Where the page says that the plugin's code is. */
async function pluginEntry(address: URL): Promise<URL> {
  const page = await (await fetch(address)).text();
  const config = JSON.parse(/<script id="jupyter-config-data"[^>]*>([^<]*)/.exec(page)?.[1] ?? "{}");
  const plugin = config.federated_extensions.find(({ name }: { name: string }) => name === "philab");
  return new URL(`/lab/extensions/philab/${plugin.load}${address.search}`, address);
}
