import assert from "node:assert/strict";
import { readNotebook } from "../../kernel/notebook/format/read.js";
import { judgeGroup } from "./judgePage.js";
import { hostile, pathOf } from "./notebooks.js";

/** Those that take long to refuse are tried in test/long. */
const groups = [...new Set(hostile.map(({ group }) => group))].filter(
  (group) => group !== "format" && group !== "time-bomb",
);

describe("a page of a hostile notebook", function () {
  this.timeout(120_000);

  for (const group of groups) {
    it(`holds only what can show, each cell in its place, in bounded time: ${group}`, () =>
      judgeGroup(group));
  }

  it("is refused in words where the file is no notebook", async () => {
    for (const one of hostile.filter(({ group }) => group === "format"))
      await assert.rejects(readNotebook(pathOf(one)), { name: "NotebookError" });
  });
});
