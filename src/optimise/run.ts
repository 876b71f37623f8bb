/** A training that runs: its outcome is awaited, and its last good state can be looked at whatever happens. */

import { lookBundle, shows } from "../numeric/show.js";
import { runLook, shownTrained } from "./looks.js";
import type { Best, TraceEntry, TrainingState } from "./training.js";

/** What a training comes to. */
export interface Trained<Entry extends TraceEntry> {
  /** The last θ. */
  readonly theta: Float64Array;
  /** What happened, iteration by iteration or epoch by epoch. */
  readonly trace: readonly Entry[];
  /** The best θ: by accuracy on the validation instances, where there are some, else by f. */
  readonly best: Best;
  /** Why it ended. */
  readonly stopped: string;
}

/** A training under way: to be awaited. Stopped, or failed, it still has its last good state. */
export class TrainingRun<Entry extends TraceEntry, State extends TrainingState<Entry>>
  implements Promise<Trained<Entry>>
{
  /** What it calls itself. */
  readonly [Symbol.toStringTag] = "TrainingRun";
  #last: State | undefined;
  #mayGoOn = true;
  readonly #outcome: Promise<Trained<Entry>>;

  constructor(states: () => AsyncGenerator<State, void, void>) {
    this.#outcome = this.#run(states);
  }

  /** The last good state; undefined before the first. */
  get last(): State | undefined {
    return this.#last;
  }

  /** Ends it after the iteration or epoch that runs now. */
  stop(): void {
    this.#mayGoOn = false;
  }

  /** As a promise of its outcome. */
  // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for
  then<A = Trained<Entry>, B = never>(
    done?: ((value: Trained<Entry>) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#outcome.then(done, failed);
  }

  /** As a promise of its outcome. */
  catch<B = never>(failed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Trained<Entry> | B> {
    return this.#outcome.catch(failed);
  }

  /** As a promise of its outcome. */
  finally(after?: (() => void) | null): Promise<Trained<Entry>> {
    return this.#outcome.finally(after);
  }

  async #run(states: () => AsyncGenerator<State, void, void>): Promise<Trained<Entry>> {
    for await (const state of states()) {
      this.#last = state;
      if (!this.#mayGoOn) break;
    }
    const { theta, trace, best, stopped = "stopped" } = this.#last as State;
    return shownTrained({ theta, trace, best: best as Best, stopped });
  }
}

shows<TrainingRun<TraceEntry, TrainingState<TraceEntry>>>(
  TrainingRun,
  ({ last }) => lookBundle(runLook(last)),
  ({ last }) => runLook(last).text,
);
