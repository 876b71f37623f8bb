import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";
import type { EngineReport } from "./enginePage.js";
import { chromiumFlags, chromiumPath } from "./labSession.js";

/** What a server must say so that a page may share memory with its threads. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

describe("the engine in Chromium", function () {
  this.timeout(60_000);
  let browser: Browser;
  let script: string;

  before(async function () {
    if (!existsSync(chromiumPath)) return this.skip(); // no Chromium here (PHILAB_CHROMIUM names another)
    script = await bundle();
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  });
  after(() => browser?.close());

  it("computes layers as the reference does, in WebAssembly, on one thread without isolation", async () => {
    const { isolated, info, errors } = await report({});
    assert.equal(isolated, false);
    assert.match(info.engine, /simd/);
    assert.equal(info.threads, 1);
    assertSmall(errors);
  });

  it("computes the same with isolation, on several threads, with the same bits as on one", async () => {
    const { isolated, info, errors, sameBits } = await report(isolation);
    assert.equal(isolated, true);
    assert.ok(info.threads > 1);
    assert.equal(sameBits, true);
    assertSmall(errors);
  });

  /** The page's report, from a server of its own that sends these headers. */
  async function report(headers: Record<string, string>): Promise<EngineReport> {
    const server = await serve(headers);
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      return (await page.evaluate("report()")) as EngineReport;
    } finally {
      await context.close();
      server.close();
    }
  }

  function serve(headers: Record<string, string>): Promise<Server> {
    const page = `<!doctype html><title>engine</title><script>${script.replaceAll("</script", "<\\/script")}</script>`;
    const server = createServer((_, response) => {
      response.writeHead(200, { "Content-Type": "text/html", ...headers }).end(page);
    });
    return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
  }
});

/** Relative to the largest entry; every layer and matrix of them. */
function assertSmall(errors: EngineReport["errors"]): void {
  assert.equal(Object.keys(errors).length, 40);
  for (const [what, error] of Object.entries(errors)) {
    const allowed = what.includes("float64") ? 1e-12 : what.includes("fast") ? 5e-5 : 1e-5;
    assert.ok(error <= allowed, `${what}: ${error}`);
  }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("enginePage.ts", import.meta.url))],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]!.text;
}
