/** The largest number of a list: the furthest place that a call of machine code reads. */

import type { Code } from "../wasm/code.js";
import { extractWord, i32, integers, repeat, v128, when } from "../wasm/instructions.js";
import { callFunction, type FunctionSource } from "../wasm/module.js";

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
