/** The process that compares what texts display with what is certified. */
import { compareDisplay } from "../../../src/index.js";
import type { ComparedDisplay, CompareOrder, DisplayToCompare } from "./comparedDisplays.js";
import type { WordOfProcess } from "./oneByOne.js";

process.once("message", (order: CompareOrder) => void obey(order));

async function obey({ displays, from }: CompareOrder): Promise<void> {
  for (const display of displays.slice(from)) {
    say({ op: "next", next: null });
    say({ op: "found", found: compared(display) });
    await new Promise((resolve) => setImmediate(resolve)); // what was said goes out
  }
  say({ op: "end" });
}

function say(report: WordOfProcess<null, ComparedDisplay>): void {
  process.send?.(report);
}

function compared({ tex, claim }: DisplayToCompare): ComparedDisplay {
  try {
    return compareDisplay(tex, claim);
  } catch (error) {
    return { result: "not compared", why: (error as Error).message };
  }
}
