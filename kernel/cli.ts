/** The command line: a table of commands, each loaded when it is asked for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./place/packageRoot.js";

/** Runs with the words after its name and resolves with the exit code. */
type Run = (args: readonly string[]) => Promise<number>;

interface Command {
  readonly says: string;
  readonly load: () => Promise<{ readonly run: Run; readonly usage: string }>;
}

const commands: Readonly<Record<string, Command>> = {
  install: {
    says: "install [--prefix P | --sys-prefix | --user]   the kernel and the JupyterLab plugin for Jupyter",
    load: () => import("./setup/installCommand.js"),
  },
  uninstall: {
    says: "uninstall [--prefix P | --sys-prefix | --user] what install wrote, removed",
    load: () => import("./setup/uninstallCommand.js"),
  },
  lab: {
    says: "lab [FOLDER] [--course] [--no-browser] [--port N]  JupyterLab, set up and open on notebooks",
    load: () => import("./setup/labCommand.js"),
  },
  run: {
    says: "run NB [-p name=value …] [-o OUT]              a notebook from a fresh kernel, or a folder of them",
    load: () => import("./notebook/commands/run.js"),
  },
  export: {
    says: "export NB [-o FILE] [--to html|ts]             a notebook as a page, or its exported cells as modules",
    load: () => import("./notebook/commands/export.js"),
  },
  verify: {
    says: "verify NB…                                     every certificate in the notebooks' outputs, checked again",
    load: () => import("./notebook/commands/verify.js"),
  },
  lock: {
    says: "lock FOLDER [--check]                          what its notebooks print, kept in results.lock.json",
    load: () => import("./notebook/commands/lock.js"),
  },
  grade: {
    says: "grade SHEET…                                   who answered which lines of which exercise, checked again",
    load: () => import("./notebook/commands/grade.js"),
  },
  new: {
    says: "new FOLDER                                     a course of your own: notebook, exported code, test, CI",
    load: () => import("./course/command.js"),
  },
  train: {
    says: "train NET.json [--resume]                      a network, as its configuration says",
    load: () => import("./train/command.js"),
  },
};

/**
 * Runs one command and resolves with the exit code: 0 done, 1 failed, 2 when the words cannot be meant.
 * Faults of what it was given are told on stderr in one line; only faults of philab itself show a stack.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === "--version") return tell(version());
  if (name === "--help" || name === "-h" || name === "help") return tell(help());
  if (name === undefined || !Object.hasOwn(commands, name)) return refuse(name);
  try {
    const { run, usage } = await (commands[name] as Command).load();
    if (args.includes("--help") || args.includes("-h")) return tell(usage);
    return await run(args);
  } catch (error) {
    return report(name, error as Error & { code?: unknown });
  }
}

function tell(text: string): number {
  console.log(text);
  return 0;
}

function refuse(name: string | undefined): number {
  console.error(name === undefined ? help() : `philab: no command ${JSON.stringify(name)}\n\n${help()}`);
  return 2;
}

/** Errors that name what is wrong with the input; parseArgs's say which flag it did not know. */
const expected = new Set([
  "NotebookError",
  "WriteError",
  "KernelError",
  "RangeError",
  "SetupError",
  "TrainError",
]);

function report(name: string, error: Error & { code?: unknown }): number {
  const isUsage = error.name === "UsageError" || String(error.code).startsWith("ERR_PARSE_ARGS");
  if (isUsage) console.error(`${error.message}\nphilab ${name} --help tells more`);
  else if (expected.has(error.name) || typeof error.code === "string")
    console.error(`philab ${name}: ${error.message}`);
  else console.error(error);
  return isUsage ? 2 : 1;
}

function help(): string {
  const lines = Object.values(commands).map(({ says }) => `  philab ${says}`);
  return [
    "philab: lecture derivations in executable notebooks",
    "",
    ...lines,
    "",
    "philab COMMAND --help tells more",
  ].join("\n");
}

function version(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
