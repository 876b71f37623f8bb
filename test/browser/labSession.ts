/** A real JupyterLab with the plugin, in folders of its own, and Chromium looking at it. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { PythonUnavailable } from "../../kernel/setup/findPython.js";
import { install } from "../../kernel/setup/install.js";
import { buildLabextension } from "../../kernel/setup/labextension.js";
import { type LabServer, startLab } from "../../kernel/setup/labServer.js";
import { ensureEnvironment } from "../../kernel/setup/python.js";

export const chromiumPath: string = process.env.PHILAB_CHROMIUM ?? "/usr/bin/chromium";

export const chromiumFlags: string[] = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
];

/** What a test needs of the running pair. */
export interface LabSession {
  readonly page: Page;
  /** The server's address, with the token that lets the page in. */
  readonly address: string;
  /** What the page wrote as an error, or threw, since the start. */
  readonly complaints: string[];
  /** The addresses beyond this machine that the page asked for. */
  readonly foreign: string[];
  /** Writes a notebook into the server's folder. */
  write(name: string, notebook: unknown): void;
  /** Opens a notebook, written anew, at page load. */
  open(name: string, notebook: unknown): Promise<void>;
  /** Signs notebooks that were written, as the reader's own. */
  trust(names: readonly string[]): void;
  close(): Promise<void>;
}

/** JupyterLab or Chromium cannot be had on this machine; the message says which and why. */
export class LabUnavailable extends Error {}

/** What JupyterLab is told before it starts: settings by plugin, and whether scripts in the page find it. */
export interface LabTold {
  readonly settings?: Readonly<Record<`${string}/${string}:${string}`, unknown>>;
  readonly isExposed?: boolean;
}

/** Sets up, starts and connects the pair; throws LabUnavailable where one of them cannot be had. */
export async function startSession(told: LabTold = {}): Promise<LabSession> {
  if (!existsSync(chromiumPath))
    throw new LabUnavailable(`no Chromium at ${chromiumPath} (PHILAB_CHROMIUM names another)`);
  const folder = mkdtempSync(join(tmpdir(), "philab-lab-"));
  tellLab(folder, told);
  const { server, python } = await startServer(folder);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  const complaints = listen(page);
  await tellDeaths(page, complaints);
  const write = (name: string, notebook: unknown): void =>
    writeFileSync(join(folder, "notebooks", name), JSON.stringify(notebook));
  return {
    page,
    address: server.url,
    complaints,
    foreign: watchRequests(page),
    write,
    async open(name, notebook) {
      write(name, notebook);
      await open(page, server, name);
    },
    trust: (names) => sign(python, folder, names),
    close: () => close(browser, server, folder),
  };
}

function tellLab(folder: string, { settings = {}, isExposed = false }: LabTold): void {
  for (const [plugin, setting] of Object.entries(settings)) {
    const file = join(folder, "settings", `${plugin.replace(":", "/")}.jupyterlab-settings`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(setting));
  }
  mkdirSync(join(folder, "config"), { recursive: true });
  const config = {
    LabApp: { expose_app_in_browser: isExposed },
    // A port that Jupyter found free may be somebody else's when the kernel takes it: tests run beside one another.
    KernelManager: { transport: "ipc" },
  };
  writeFileSync(join(folder, "config", "jupyter_lab_config.json"), JSON.stringify(config));
}

const signing = `
import sys, nbformat
from nbformat.sign import NotebookNotary
notary = NotebookNotary()
for path in sys.argv[1:]:
    notary.sign(nbformat.read(path, as_version=4))
`;

function sign(python: string, folder: string, names: readonly string[]): void {
  const paths = names.map((name) => join(folder, "notebooks", name));
  execFileSync(python, ["-c", signing, ...paths], { env: ownFolders(folder), stdio: "pipe" });
}

async function startServer(folder: string): Promise<{ server: LabServer; python: string }> {
  const python = await prepareLab();
  install({ kind: "prefix", prefix: folder });
  const notebooks = join(folder, "notebooks");
  mkdirSync(notebooks);
  const server = await startLab({
    python,
    notebooks,
    browser: false,
    env: ownFolders(folder),
    report: (line) => void (/\b(?:restart|died)/.test(line) && console.warn(line)),
  });
  return { server, python };
}

/** The environment and the plugin, as `philab lab` makes them; returns the Python. Throws LabUnavailable. */
export async function prepareLab(): Promise<string> {
  const made = { root: packageRoot(), report: console.log };
  try {
    const { python } = await ensureEnvironment(made);
    await buildLabextension(made);
    return python;
  } catch (error) {
    if (error instanceof PythonUnavailable) throw new LabUnavailable(error.message, { cause: error });
    throw error;
  }
}

/** Nothing of the reader's own Jupyter is read or written. */
function ownFolders(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: folder,
    JUPYTER_PATH: join(folder, "share", "jupyter"),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    IPYTHONDIR: join(folder, "ipython"),
    JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
  };
}

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

/** A kernel that died is a complaint; its dialog is closed, as a reader does, so that the test says what else is wrong. */
async function tellDeaths(page: Page, complaints: string[]): Promise<void> {
  await page.addLocatorHandler(
    page.locator(".jp-Dialog", { hasText: "Kernel Restarting" }),
    async (dialog) => {
      const text = await dialog.innerText();
      console.warn(`JupyterLab asks: ${text}`);
      complaints.push(text);
      await dialog.locator(".jp-mod-accept").click();
    },
  );
}

function watchRequests(page: Page): string[] {
  const foreign: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(?:https?|wss?):$/.test(protocol) && hostname !== "localhost") foreign.push(request.url());
  });
  return foreign;
}

async function open(page: Page, server: LabServer, name: string): Promise<void> {
  const url = new URL(server.url);
  url.pathname = `/lab/tree/${name}`;
  await page.goto(url.href);
  await page.locator(".lm-TabBar-tab.lm-mod-current", { hasText: name }).waitFor({ timeout: 30_000 });
  await page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first().waitFor();
}

async function close(browser: Browser, server: LabServer, folder: string): Promise<void> {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
