/** The runner as the protocol process sees it: a child that may die at any moment, and is replaced then. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command } from "../pipe/runnerWords.js";
import { fastestRuntime } from "../place/runtime.js";
import { type LifeEvents, RunnerLife } from "./runnerLife.js";

export interface RunnerEvents extends LifeEvents {
  /** It has ended, unasked; `why` completes the sentence "the runner …". A fresh one has taken its place. */
  died(why: string): void;
}

const script = fileURLToPath(new URL("../runner/main.js", import.meta.url));

export class RunnerProcess {
  readonly #args: readonly string[];
  readonly #events: RunnerEvents;
  #life: RunnerLife;
  #isKilled = false;

  /** Starts a runner. `args` are Node's options for it. */
  constructor(args: readonly string[], events: RunnerEvents) {
    this.#args = args;
    this.#events = events;
    this.#life = this.#start();
  }

  send(command: Command): void {
    this.#life.send(command);
  }

  /** While it is held nothing that it reports is read: it waits when the pipe is full. */
  hold(isHeld: boolean): void {
    this.#life.hold(isHeld);
  }

  /** Stops what runs; if nothing else helps, by ending the process. */
  interrupt(): void {
    this.#life.interrupt();
  }

  /** Ends it for good. */
  kill(): void {
    this.#isKilled = true;
    this.#life.kill();
  }

  #start(): RunnerLife {
    const { node, flags } = fastestRuntime();
    const args = ["--no-warnings=ExperimentalWarning", ...flags, ...this.#args, script];
    const child = spawn(node, args, { stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"] });
    return new RunnerLife(child, this.#events, (life, why) => this.#replace(life, why));
  }

  #replace(life: RunnerLife, why: string): void {
    if (this.#isKilled || life !== this.#life) return;
    this.#life = this.#start();
    this.#events.died(why);
  }
}
