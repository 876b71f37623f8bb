/** Where a plan's rooms lie in its scratch memory: rooms that no stage needs at the same time share space. */

import { blockBytes } from "../memory/arena.js";

/** A room: its bytes, and the first and the last stage whose tasks read or write it. */
export interface Lifetime {
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/** Where each room begins, and the bytes of all together. */
export interface Layout {
  readonly offsets: readonly number[];
  readonly bytes: number;
}

/**
 * The largest room first, each at the lowest place where it meets none that lives when it does. A room that no stage
 * names takes no space.
 */
export function sharedLayout(rooms: readonly Lifetime[]): Layout {
  const offsets = rooms.map(() => 0);
  const placed: Placed[] = [];
  const largestFirst = [...rooms.keys()].sort((k, l) => rooms[l].bytes - rooms[k].bytes || k - l);
  for (const k of largestFirst) {
    const room = rooms[k];
    if (room.first > room.last) continue;
    offsets[k] = lowestPlace(room, placed);
    placed.push({ ...room, from: offsets[k], to: offsets[k] + blockBytes(room.bytes) });
  }
  return { offsets, bytes: placed.reduce((most, { to }) => Math.max(most, to), 0) };
}

interface Placed extends Lifetime {
  readonly from: number;
  readonly to: number;
}

function lowestPlace({ bytes, first, last }: Lifetime, placed: readonly Placed[]): number {
  const size = blockBytes(bytes);
  let place = 0;
  const neighbours = placed.filter((other) => other.first <= last && first <= other.last);
  for (const { from, to } of neighbours.sort((x, y) => x.from - y.from)) {
    if (place + size <= from) break;
    place = Math.max(place, to);
  }
  return place;
}
