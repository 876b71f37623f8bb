/** Chromium looking at pages that lie on the disk: one session for all views of a test. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumFlags, chromiumPath } from "./labSession.js";

/** A page from the disk, and what it complained of. */
export interface DiskPage {
  readonly page: Page;
  /** Errors of the console, and what was thrown. */
  readonly complaints: string[];
  /** Addresses beyond the disk and the page itself that were asked for. */
  readonly foreign: string[];
}

/** A browser and a folder for its pages. */
export interface DiskSession {
  /** Opens HTML as a file. */
  open(name: string, html: string, look?: { dark?: boolean; width?: number }): Promise<DiskPage>;
  close(): Promise<void>;
}

/** Starts Chromium. */
export async function startDiskSession(): Promise<DiskSession> {
  const folder = mkdtempSync(join(tmpdir(), "philab-pages-"));
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  return {
    async open(name, html, { dark = false, width = 1280 } = {}) {
      const file = join(folder, `${name}.html`);
      writeFileSync(file, html);
      const page = await browser.newPage({
        viewport: { width, height: 900 },
        colorScheme: dark ? "dark" : "light",
      });
      page.setDefaultNavigationTimeout(120_000); // of large pages on a busy machine
      const watched = { page, complaints: [] as string[], foreign: [] as string[] };
      page.on("console", (message) => {
        if (message.type() === "error") watched.complaints.push(message.text());
      });
      page.on("pageerror", (error) => watched.complaints.push(String(error)));
      page.on("request", (request) => {
        if (!/^(?:file|data|blob):/.test(request.url())) watched.foreign.push(request.url());
      });
      await page.goto(`file://${file}`);
      return watched;
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads the processor time of a page's main thread in milliseconds, which does not count while others compute. */
export async function threadClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
}
