import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../kernel/wire/wire.js";
import { type Client, resultText, startKernel } from "./client.js";

describe("completion, inspection, completeness", () => {
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
    await kernel.execute(
      "/** The area of a disc. */\nfunction discArea(radius: number, exact = false): number { return Math.PI * radius ** 2 }\nconst dictionary = { alpha: 1, beta: 'b' }; const 𝑥 = dictionary",
    );
  });
  after(() => kernel.stop());

  const complete = async (
    code: string,
    at = Array.from(code).length,
  ): Promise<Json & { matches: string[] }> => {
    const { reply } = await kernel.request("shell", "complete_request", { code, cursor_pos: at });
    return reply.content as Json & { matches: string[] };
  };
  const inspect = async (
    code: string,
    at = Array.from(code).length,
  ): Promise<Json & { data: Record<string, string> }> => {
    const { reply } = await kernel.request("shell", "inspect_request", {
      code,
      cursor_pos: at,
      detail_level: 0,
    });
    return reply.content as Json & { data: Record<string, string> };
  };

  it("completes members with their kinds, and replaces what was typed", async () => {
    const { status, matches, cursor_start, cursor_end, metadata } = await complete("1; dictionary.al");
    assert.deepEqual([status, matches, cursor_start, cursor_end], ["ok", ["alpha"], 14, 16]);
    const typed = (metadata as Json)._jupyter_types_experimental;
    assert.deepEqual(typed, [{ text: "alpha", type: "property", start: 14, end: 16 }]);
  });

  it("completes variables of earlier cells first, without names that merely contain the letters", async () => {
    const { matches } = await complete("disc");
    assert.equal(matches[0], "discArea");
    assert.ok(
      matches.every((each) => each.toLowerCase().startsWith("disc")),
      matches.join(),
    );
  });

  it("completes in the middle of a line, to the end of the word", async () => {
    const { matches, cursor_start, cursor_end } = await complete("dictionary.alp + 1", 13);
    assert.deepEqual([matches, cursor_start, cursor_end], [["alpha"], 11, 14]);
  });

  it("counts positions in code points: 𝑥 is one", async () => {
    const { matches, cursor_start, cursor_end } = await complete("𝑥; 𝑥.b");
    assert.deepEqual([matches, cursor_start, cursor_end], [["beta"], 5, 6]);
    assert.match((await inspect("'𝑥𝑥𝑥'; discArea", 10)).data["text/plain"]!, /discArea/);
  });

  it("completes in quotes what may stand there, in the place of all that stands there, and nothing in other words", async () => {
    writeFileSync(join(kernel.folder, "helpers.ts"), "export const helped = 1;");
    const begin = "type Way = 'steep' | 'flat'; let way: Way; const go = (w: Way) => w; '𝑥'; ";
    const cases: readonly (readonly [string, readonly string[], string])[] = [
      ["go('st|')", ["steep"], "st"],
      ["go(`|`)", ["flat", "steep"], ""],
      ['way! === "fl|at"', ["flat"], "flat"],
      ['dictionary["be|"]', ["beta"], "be"],
      ["`𝑥 \x24{dictionary.al|} 𝑥`", ["alpha"], "al"],
      ["`\x24{`\x24{dictionary.|`", ["alpha", "beta"], ""],
      ['import { join } from "node:zl|"', ["node:zlib"], "node:zl"],
      ['import { h| } from "./helpers"', ["helped"], "h"],
      ['import("./hel|', ["helpers"], "hel"],
      ['"dictionary.|"', [], ""],
      ["`dictionary.|`", [], ""],
      ['console.log("dis|', [], "dis"],
      ["// disc|", [], "disc"],
    ];
    for (const [marked, wanted, replaced] of cases) {
      const at = begin.length + marked.indexOf("|");
      const code = begin + marked.replace("|", "");
      const place = Array.from(code.slice(0, at)).length;
      const { matches, cursor_start, cursor_end } = await complete(code, place);
      const found = Array.from(code).slice(Number(cursor_start), Number(cursor_end)).join("");
      assert.deepEqual([matches, found], [wanted, replaced], marked);
    }
  });

  it("offers nothing where nothing fits", async () => {
    assert.deepEqual((await complete("zzzzqqq")).matches, []);
  });

  it("inspects a name as text and as markdown, with signature and documentation", async () => {
    const { found, data } = await inspect("discArea", 3);
    assert.equal(found, true);
    for (const part of ["discArea(radius: number, exact?: boolean): number", "The area of a disc."]) {
      assert.ok(data["text/plain"]?.includes(part) && data["text/markdown"]?.includes(part), part);
    }
    assert.match(data["text/markdown"]!, /^```typescript\n/);
  });

  it("inspects the function called when the cursor is among its arguments", async () => {
    for (const code of ["discArea(", "discArea(1, ", "[discArea(Math.abs(2), "]) {
      assert.match((await inspect(code)).data["text/plain"] ?? "", /discArea\(radius/, code);
    }
  });

  it("says found: false where there is nothing", async () => {
    assert.deepEqual((await inspect("   ")).found, false);
    assert.deepEqual((await inspect("noSuchName")).found, false);
  });

  it("knows complete, incomplete and invalid code", async () => {
    const status = async (code: string): Promise<unknown> =>
      (await kernel.request("shell", "is_complete_request", { code })).reply.content.status;
    for (const code of ["1 + 1", "", "await fetch('x')", "for (const x of []) {}", "import 'fs'"]) {
      assert.equal(await status(code), "complete", code);
    }
    for (const code of ["function f() {", "f(1,", "`open template", "/* open comment", "1 +", "[1, 2"]) {
      assert.equal(await status(code), "incomplete", code);
    }
    for (const code of ["let = ]", "1 ] 2", "'open string"])
      assert.equal(await status(code), "invalid", code);
    const { reply } = await kernel.request("shell", "is_complete_request", { code: "if (true) {" });
    assert.equal(reply.content.indent, "  ");
  });

  it("answers all of it while a cell runs, and says afterwards that it is still busy", async () => {
    const id = kernel.send("shell", "execute_request", {
      code: "const until = Date.now() + 1500; while (Date.now() < until); 'done'",
    });
    await kernel.iopub(
      ({ header, parent_header }) => header.msg_type === "execute_input" && parent_header.msg_id === id,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual((await complete("dictionary.be")).matches, ["beta"]);
    assert.equal((await inspect("discArea(")).found, true);
    assert.equal((await kernel.request("shell", "kernel_info_request", {})).reply.content.status, "ok");
    assert.equal(
      (await kernel.request("shell", "history_request", { hist_access_type: "tail", n: 1 })).reply.content
        .status,
      "ok",
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    const states = kernel.heard
      .filter(({ header }) => header.msg_type === "status")
      .map(({ content }) => content.execution_state);
    assert.equal(states.at(-1), "busy");
    assert.equal(resultText(await kernel.outputs(id)), "'done'");
  });
});
