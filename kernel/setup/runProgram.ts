import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** One program to run to its end. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Told of each line that the program writes, to stdout or stderr. */
  readonly onLine?: (line: string) => void;
}

/** Runs a program; throws an Error with its last lines where it ends with another code than 0. */
export function runProgram({ command, args, cwd, env, onLine }: Program): Promise<void> {
  const last: string[] = [];
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      if (last.push(line) > 20) last.shift();
      onLine?.(line);
    });
  }
  const end = (): void => void child.kill();
  process.on("exit", end); // who ends us ends it too
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("exit", end);
      if (code === 0) resolve();
      else
        reject(new Error(`${command} ${args.join(" ")}\nended with ${signal ?? code}:\n${last.join("\n")}`));
    });
  });
}
