/** The second program is as small as docs/trust.md says that it is. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name: string) => readFileSync(path(name), "utf8");

describe("the second program", () => {
  it("has no more lines than docs/trust.md says, and no folders", () => {
    const [, said] =
      /checker\/\]\([^)]*\) is that program, in at most ([\d,]+) lines/.exec(read("docs/trust.md")) ?? [];
    const files = readdirSync(path("checker"));
    assert.deepEqual(
      files.filter((file) => !file.endsWith(".ts")),
      [],
    );
    const lines = files.reduce((sum, file) => sum + read(`checker/${file}`).split("\n").length - 1, 0);
    const most = Number(said?.replace(",", ""));
    assert.ok(lines <= most && lines > most - 50, `${lines} lines, and ${said} in docs/trust.md`);
  });
});
