import { setTimeout as pause } from "node:timers/promises";
import type { Peer } from "./peer.js";

/** Two ways of one library as one peer, by the first one's name: its time is the shorter one. `rest` ms lie between. */
export function betterOf(first: Peer, second: Peer, rest: number): Peer {
  return {
    name: first.name,
    version: `${first.version}; ${second.version}`,
    can: (task) => first.can(task),
    time: async (task, least) => {
      const time = await first.time(task, least);
      if (!second.can(task)) return time;
      await pause(rest);
      return Math.min(time, await second.time(task, least));
    },
    probe: async (task) => {
      const probe = await first.probe(task);
      return second.can(task) ? farther(probe, await second.probe(task)) : probe;
    },
    end: () => {
      first.end();
      second.end();
    },
  };
}

/** Both say the same but for rounding: then the first; else what is no number, which nobody agrees with. */
function farther(first: readonly number[], second: readonly number[]): readonly number[] {
  const largest = Math.max(...first.map(Math.abs));
  return first.map((x, k) => (Math.abs(x - second[k]!) <= 1e-4 * largest ? x : Number.NaN));
}
