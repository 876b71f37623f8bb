/** JupyterLab as a child process: started, asked for its address, and ended with its kernels. */

import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { SetupError } from "./setupError.js";

/** How often it is asked whether it answers: for ten seconds. */
const [mostTries, msBetweenTries] = [200, 50];

/** How JupyterLab is started. */
export interface LabOptions {
  readonly python: string;
  /** The folder of notebooks that it shows. */
  readonly notebooks: string;
  readonly port?: number;
  readonly browser: boolean;
  readonly env?: NodeJS.ProcessEnv;
  /** Told of the server's warnings and errors. */
  readonly report: (line: string) => void;
}

/** A JupyterLab that answers. */
export interface LabServer {
  /** Its address with the token. */
  readonly url: string;
  /** Resolves with the exit code when it has ended, by itself or by `stop`. */
  readonly ended: Promise<number>;
  /** Ends it and its kernels: gently, and after five seconds by force. */
  stop(): Promise<void>;
}

/**
 * Starts JupyterLab and resolves when it answers; throws SetupError where the port is taken, and with JupyterLab's last lines
 * where it ends before. However this process ends, JupyterLab ends with it.
 */
export async function startLab(options: LabOptions): Promise<LabServer> {
  if (options.port !== undefined) await refuseTaken(options.port);
  // A process group of its own: Ctrl-C in the terminal reaches us alone, and Jupyter never stops to ask "sure?".
  const child = spawn(options.python, labArguments(options), {
    cwd: options.notebooks,
    env: options.env,
    stdio: ["pipe", "ignore", "pipe"],
    detached: process.platform !== "win32",
  });
  // Its end, not that of its standard error: a process that it leaves behind would hold that open.
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  const url = await firstAddress(child, options.report);
  await answers(url, child);
  return { url, ended, stop: () => end(child, ended) };
}

/** Throws SetupError for a port that somebody listens on: Jupyter would take the next one without a word. */
function refuseTaken(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (cause: NodeJS.ErrnoException) => {
      const why = cause.code === "EADDRINUSE" ? "is in use" : `cannot be used (${cause.code})`;
      reject(new SetupError(`port ${port} ${why}; name another with --port, or leave it out`, { cause }));
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

/** JupyterLab, which ends itself when the other end of its standard input is closed: when we are gone, by whatever. */
const program = `
import os, runpy, signal, threading, time
def end_with_starter():
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(1)
threading.Thread(target=end_with_starter, daemon=True).start()
runpy.run_module("jupyterlab", run_name="__main__", alter_sys=True)
`;

function labArguments({ notebooks, port, browser }: LabOptions): string[] {
  return [
    ...["-c", program, `--ServerApp.root_dir=${notebooks}`],
    // Neither news nor update checks nor a list of extensions to install: no start needs the network.
    ...["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
    "--LabApp.extension_manager=readonly",
    ...(port === undefined ? [] : [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"]),
    ...(browser ? [] : ["--no-browser"]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
}

/** Reads the server's log until it names its address; from then on only warnings and errors are passed on. */
function firstAddress(child: ChildProcess, report: (line: string) => void): Promise<string> {
  const before: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr! }).on("line", (line) => {
      before.push(line);
      if (before.length > 30) before.shift();
      const url = /\bhttps?:\/\/\S+\/lab\S*[?&]token=\w+/.exec(line)?.[0];
      if (url) resolve(url);
      else if (/^\[[WE] /.test(line)) report(line);
    });
    child.once("error", reject);
    child.once("close", (code) =>
      reject(new SetupError(`JupyterLab ended with ${code}:\n${before.join("\n")}`)),
    );
  });
}

/** Jupyter names its address a moment before it listens there. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < mostTries && child.exitCode === null; tries++) {
    try {
      await fetch(url, { method: "HEAD", redirect: "manual" });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, msBetweenTries));
    }
  }
}

async function end(child: ChildProcess, ended: Promise<number>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const force = setTimeout(() => killGroup(child), 5_000);
  await ended;
  clearTimeout(force);
}

function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
