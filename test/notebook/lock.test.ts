import assert from "node:assert/strict";
import { type Lock, lockDifferences, lockOf } from "../../kernel/notebook/equations/lock.js";
import { equationsOfCells } from "../../kernel/notebook/equations/sections.js";
import { outputDifferences } from "../../kernel/notebook/format/differences.js";
import { agree } from "../../kernel/notebook/format/tolerance.js";
import type { Cell } from "../../kernel/notebook/format/types.js";
import { VERDICT_MIME } from "../../src/mime/types.js";
import { code, markdown, notebook } from "./build.js";

const printing = (text: string, source = "1", tags: string[] = []): Cell => ({
  ...code(source, tags.length > 0 ? { tags } : {}, [{ output_type: "stream", name: "stdout", text }]),
  id: "c",
});

const lock = (...cells: Cell[]): Lock => lockOf([["a.ipynb", notebook(...cells)]]);
const section = markdown("## Equation (1)\n\nand (X31, X32), not f(2) or $(3,4)$");

describe("a code cell", () => {
  it("is about the equations that its section names before it, that it compares, and that it certifies", () => {
    const verdict = { [VERDICT_MIME]: { tag: "(X3)" } };
    const certifying = code("L.check()", {}, [{ output_type: "display_data", data: verdict, metadata: {} }]);
    const cells = [
      section,
      code("1"),
      markdown("## Next\n$$a \\tag{U9}$$"),
      code("//| checks: U10\n1"),
      certifying,
    ];
    assert.deepEqual(equationsOfCells(notebook(...cells)), [
      [],
      ["(1)", "(X31)", "(X32)"],
      [],
      ["(U9)", "(U10)"],
      ["(U9)", "(X3)"],
    ]);
  });
});

describe("a lock", () => {
  it("has what is printed under its equation: short text as it is, long text as its hash", () => {
    const { equations } = lock(section, printing("12\n"));
    assert.deepEqual(equations["(1)"], { "a.ipynb, c": "12" });
    const long = lock(printing("1\n".repeat(200))).equations[""]?.["a.ipynb, c"];
    assert.deepEqual(Object.keys(long as object), ["sha256", "lines"]);
  });

  it("leaves out what is measured, and cells that print nothing", () =>
    assert.deepEqual(lock(printing("3 s", "1", ["measured"]), printing("")).equations, {}));

  it("names the equation, the notebook, the cell, and both values where they differ", () => {
    const differences = lockDifferences(lock(section, printing("12")), lock(section, printing("13")));
    assert.equal(differences[0], 'equation (1): a.ipynb, c: "13", locked: "12"');
  });

  it("sees a result that is gone, one that is new, and a long text in which one sign is another", () => {
    const [none, some] = [lock(section), lock(section, printing("12"))];
    assert.match(lockDifferences(some, none)[0] ?? "", /: nothing, locked: "12"$/);
    assert.match(lockDifferences(none, some)[0] ?? "", /: "12", locked: nothing$/);
    const long = "0123456789\n".repeat(20);
    assert.equal(lockDifferences(lock(printing(long)), lock(printing(long.replace("9", "8")))).length, 1);
  });

  it("lets numbers differ by the locked tolerance and no more, and not by one that the cell took since", () => {
    const to = (text: string, tolerance: string) => lock(printing(text, `//| tolerance: ${tolerance}\n1`));
    assert.deepEqual(lockDifferences(to("x = 2.2e-15", "1e-12"), to("x = 3.3e-15", "1e-12")), []);
    assert.equal(lockDifferences(to("x = 2.2e-15", "1e-16"), to("x = 3.3e-15", "1")).length, 1);
    assert.equal(lockDifferences(to("x = 1", "1"), to("y = 1", "1")).length, 1);
    assert.equal(lockDifferences(lock(printing("1")), to("1", "1")).length, 1);
  });
});

describe("a tolerance", () => {
  it("is about numbers alone: signs, powers and how many there are", () => {
    assert.ok(agree("a −1.5 b 2e-3", "a −1.4 b 2.1e-3", 0.2));
    assert.ok(!agree("a -1.5", "a 1.5", 0.2));
    assert.ok(!agree("1 2", "1", 5));
    assert.ok(!agree("1", "2", undefined));
    assert.ok(!agree("NaN", "1", 5));
  });

  it("counts where a run is compared with what is stored", () => {
    const cells = (text: string) => notebook(printing(text, "//| tolerance: 1e-12\n1"));
    assert.deepEqual(outputDifferences(cells("2e-15"), cells("3e-15")), []);
    assert.equal(outputDifferences(cells("2e-15"), cells("3e-11")).length, 1);
  });
});
