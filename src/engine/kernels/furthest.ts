/** The largest number of a list, the furthest place that a call of machine code reads; and the same of Winograd's tiles. */

import type { Code } from "../wasm/code.js";
import { extractWord, f64, i32, integers, type Local, repeat, v128, when } from "../wasm/instructions.js";
import { callFunction, type FunctionSource } from "../wasm/module.js";
import { namedLocals } from "./task.js";
import type { FieldValues } from "./tiles.js";

/** furthest(list, count): the largest of so many words without sign, 0 of none. */
export function furthestFunction(): FunctionSource {
  return {
    name: "furthest",
    params: 2,
    result: true,
    body: ({ params: [list, count], locals, local }) => {
      const [many, word, largest] = locals("i32", 3);
      const four = local("v128");
      const take = (found: Code): Code => [
        ...word.set(found),
        ...when(i32.gtU(word.get, largest.get), largest.set(word.get)),
      ];
      return [
        many.set(i32.shru(count.get, i32.const(2))),
        count.set(i32.and(count.get, i32.const(3))),
        repeat(many, four.set(integers.maxU(four.get, v128.load(list.get))), list.step(i32.const(16))),
        ...[0, 1, 2, 3].map((lane) => take(extractWord(four.get, lane))),
        repeat(count, take(i32.load(list.get)), list.step(i32.const(4))),
        largest.get,
      ];
    },
  };
}

/** A call of that function, by its number. */
export function furthest(number: number, list: Code, count: Code): Code {
  return callFunction(number, list, count);
}

// biome-ignore format: the list, which of two words says where a tile is, what is read there
const tilesFields = ["tiles", "count", "word", "rowStep", "colStep", "most"] as const;

/**
 * furthestTile(…): where the last of a tile's rows and columns begins, of all tiles the furthest; a tile has at most
 * `most` of each.
 */
export function furthestTileFunction(): FunctionSource {
  return {
    name: "furthestTile",
    params: tilesFields.length,
    result: "f64",
    body: (scope) => {
      const { tiles, count, word, rowStep, colStep, most } = namedLocals(tilesFields, scope.params);
      const some = scope.local("i32");
      const [reach, furthest] = scope.locals("f64", 2);
      const steps = (offset: number, step: Local): Code[] => [
        some.set(i32.load(tiles.get, offset)),
        when(i32.gtU(some.get, most.get), some.set(most.get)),
        reach.set(
          f64.add(reach.get, f64.mul(f64.add(f64.fromWord(some.get), f64.const(-1)), f64.fromWord(step.get))),
        ),
      ];
      return [
        repeat(
          count,
          reach.set(f64.fromWord(i32.load(i32.add(tiles.get, word.get)))),
          ...steps(8, rowStep),
          ...steps(12, colStep),
          furthest.set(f64.max(furthest.get, reach.get)),
          tiles.step(i32.const(16)),
        ),
        furthest.get,
      ];
    },
  };
}

/** A call of that function, by its number. */
export function furthestTile(
  number: number,
  given: FieldValues<Exclude<(typeof tilesFields)[number], "word" | "most">>,
  word: 0 | 4,
  most: number,
): Code {
  const { tiles, count, rowStep, colStep } = given;
  return callFunction(
    number,
    tiles.get,
    count.get,
    i32.const(word),
    rowStep.get,
    colStep.get,
    i32.const(most),
  );
}
