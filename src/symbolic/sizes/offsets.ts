/**
 * Offsets of indices that move in steps: places 3 c + u and 3 c + v meet only where u − v is a multiple of 3. A statement about
 * two such maps says nothing at sizes where they never meet.
 */

import { asNumber, equal, minus, one, type Polynomial, zero } from "../language/polynomial.js";
import type { World } from "../world/world.js";
import { compiledSize, placeParts } from "./compiledSize.js";
import type { Sizes } from "./sizes.js";

/** Whether two places that begin at different offsets meet at these sizes. */
export type Meeting = (sizes: Sizes) => boolean;

interface SteppedPlace {
  readonly offset: Polynomial;
  readonly step: Polynomial;
  /** The counter's last value. */
  readonly last: Polynomial;
}

/** A meeting for each two places of a world with one step, whose offsets differ by what is not fixed. */
export function meetings(world: World): Meeting[] {
  const places = steppedPlaces(world);
  return places.flatMap((place, k) =>
    [...places.slice(k + 1), { ...place, offset: zero }].flatMap((other) => {
      const difference = minus(place.offset, other.offset);
      const isFixed = asNumber(difference) !== undefined;
      return isFixed || !equal(place.step, other.step) ? [] : [meetingOf(difference, place)];
    }),
  );
}

function meetingOf(difference: Polynomial, { step, last }: SteppedPlace): Meeting {
  const [apart, by, most] = [difference, step, last].map(compiledSize);
  return (sizes) => {
    const [distance, width] = [Math.abs(apart(sizes)), Math.abs(by(sizes))];
    return distance > 0 && distance % width === 0 && distance <= width * most(sizes);
  };
}

/** The different ones of an offset and a step other than 1. */
function steppedPlaces(world: World): SteppedPlace[] {
  const found: SteppedPlace[] = [];
  for (const map of world.maps.values())
    for (const { at } of [...map.placeRows, ...map.placeCols]) {
      const [{ factor: offset }, ...moving] = placeParts(at, map);
      for (const { factor: step, last } of moving) {
        const isKnown = found.some((x) => equal(x.offset, offset) && equal(x.step, step));
        if (!equal(step, one) && !isKnown) found.push({ offset, step, last });
      }
    }
  return found;
}
