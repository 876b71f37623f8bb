/** The process that judges sheets anew: what is written on them may be anything. */
import { judgedAlone, judgedByKey } from "../../../src/index.js";
import type { GradeOrder, JudgedSheet } from "./gradedSheets.js";
import type { WordOfProcess } from "./oneByOne.js";

process.once("message", (order: GradeOrder) => void obey(order));

async function obey({ sheets, from }: GradeOrder): Promise<void> {
  for (const { sheet, key } of sheets.slice(from)) {
    say({ op: "next", next: null });
    say({ op: "found", found: judged(sheet, key) });
    await new Promise((resolve) => setImmediate(resolve)); // what was said goes out
  }
  say({ op: "end" });
}

function say(word: WordOfProcess<null, JudgedSheet>): void {
  process.send?.(word);
}

function judged(sheet: unknown, key: unknown): JudgedSheet {
  try {
    const lines = key === null ? judgedAlone(sheet) : judgedByKey(sheet, key);
    return { lines: lines.map(({ line, problem }) => [line, problem]) };
  } catch (error) {
    return { lines: [], problem: (error as Error).message };
  }
}
