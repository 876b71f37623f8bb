/** The states of a method, one after the other: judged, kept, handed on. */

import { type Checkpoints, checkpointsAt } from "./checkpoint.js";
import { type Progress, TrainingClock } from "./clock.js";
import { judgeOf } from "./judge.js";
import { shownState } from "./looks.js";
import type { Method } from "./method.js";
import type { Problem } from "./objective.js";
import { ownCopy } from "./ownState.js";
import { checkTraining, type TraceEntry, type TrainingOptions, type TrainingState } from "./training.js";

/**
 * The states of a method, one after the other, each kept in the checkpoint before it is handed on. Options are those of
 * the call: what becomes of them afterwards changes nothing, and as little what is done to a state.
 */
export function statesOf<Entry extends TraceEntry, State extends TrainingState<Entry>>(
  problem: Problem,
  method: Method<State>,
  options: TrainingOptions<State>,
): AsyncGenerator<State, void, void> {
  checkTraining(method.name, options);
  const { validation, stop } = options;
  const others = validation && problem.onInstances(validation);
  return states(problem, method, { ...options, ...(stop && { stop: { ...stop } }), others });
}

type Asked<State> = Omit<TrainingOptions<State>, "validation"> & { readonly others: Problem | undefined };

async function* states<Entry extends TraceEntry, State extends TrainingState<Entry>>(
  problem: Problem,
  method: Method<State>,
  { checkpoint, onIteration, stop = {}, others }: Asked<State>,
): AsyncGenerator<State, void, void> {
  const files =
    checkpoint === undefined
      ? undefined
      : await checkpointsAt<State>(checkpoint, { problem, method, others });
  const clock = new TrainingClock();
  const judge = judgeOf<Entry, State>(method, { others, stop, clock });
  let state = await resumed(files, method, judge);
  const from = state?.at ?? 0;
  if (state !== undefined) yield shownState(ownCopy(state));
  while (state?.stopped === undefined) {
    state = await judge(await (state === undefined ? method.first(clock) : method.next(state, clock)), state);
    clock.history.push(clock.seconds);
    await files?.keep(state);
    const own = shownState(ownCopy(state));
    await onIteration?.(own, progressOf(clock, { from, at: state.at, most: method.most }, stop));
    yield own;
  }
}

/** The kept state; what ended it then may not end it now. */
async function resumed<State extends { stopped?: string }>(
  files: Checkpoints<State> | undefined,
  method: Method<State>,
  judge: (state: State, before?: State) => Promise<State>,
): Promise<State | undefined> {
  const kept = await files?.last();
  if (kept === undefined) return undefined;
  const { stopped, ...rest } = method.complete?.(kept) ?? kept;
  return judge({ ...rest } as State, kept);
}

/** How the time goes: what is left at the rate so far, or until time is over where that comes first. */
function progressOf(
  clock: TrainingClock,
  { from, at, most }: { readonly from: number; readonly at: number; readonly most: number },
  stop: TrainingOptions<never>["stop"],
): Progress {
  const { seconds, parts, history } = clock;
  const limit = stop?.seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(0, stop.seconds - seconds);
  const rest = at > from ? ((most - at) * seconds) / (at - from) : Number.NaN;
  const remaining = Number.isNaN(rest) ? undefined : Math.min(rest, limit);
  return { seconds, remaining, parts: Object.fromEntries(parts), history: [...history] };
}
