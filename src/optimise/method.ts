/** A method of minimising: a first state, and from each the next. */

import type { TrainingClock } from "./clock.js";

export interface Method<State> {
  readonly name: string;
  /** What a checkpoint has to agree in: options, and vectors such as θ to start from. */
  readonly identity: readonly [string, ...Float64Array[]];
  /** The most iterations or epochs. */
  readonly most: number;
  first(clock: TrainingClock): Promise<State>;
  /** A kept state, with what is worked out and not kept; the state itself where that is all. */
  complete?(kept: State): State;
  next(state: State, clock: TrainingClock): Promise<State>;
  /** Why a state is the last one, for reasons of the method. */
  ends(state: State): string | undefined;
}
