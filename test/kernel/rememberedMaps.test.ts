import assert from "node:assert/strict";
import type { CellScript } from "../../kernel/pipe/languageWords.js";
import { cellFrame, rememberMaps } from "../../kernel/runner/stack.js";

/** A cell whose maps have so many characters, and lead each line to itself. */
function script(length: number): CellScript {
  const map = { version: 3, sources: ["cell.ts"], names: [], mappings: "AAAA;AACA;AACA" };
  const maps = {
    first: JSON.stringify(map).padEnd(length / 2),
    second: JSON.stringify(map).padEnd(length / 2),
  };
  return { code: "", maps, insertions: [], flow: "plain", imports: [], modules: [] } as unknown as CellScript;
}

const frame = (label: string): string => cellFrame(label, { line: 3, column: 1 }).trim();

describe("maps of cells", () => {
  it("are kept for the last eight million characters of them, and of the last cell in any case", () => {
    for (let k = 1; k <= 20; k++) rememberMaps(`In[${k}]`, script(2 ** 20 - 64));
    assert.equal(frame("In[12]"), "at In[12]");
    assert.equal(frame("In[13]"), "at In[13]:2:1");
    assert.equal(frame("In[20]"), "at In[20]:2:1");
    rememberMaps("In[21]", script(2 ** 24));
    assert.deepEqual([frame("In[20]"), frame("In[21]")], ["at In[20]", "at In[21]:2:1"]);
  });

  it("of a cell that is run again under its old name are counted once", () => {
    for (let k = 0; k < 20; k++) rememberMaps("In[1]", script(2 ** 20));
    rememberMaps("In[2]", script(2 ** 20));
    assert.equal(frame("In[1]"), "at In[1]:2:1");
  });

  it("of cells that run as they are written lead back by what was put in, which is counted", () => {
    const insertion = { line: 3, column: 1, length: 10 };
    const plain = (count: number): CellScript => ({
      ...script(0),
      maps: undefined,
      insertions: [Array.from({ length: count }, () => insertion)],
    });
    rememberMaps("In[40]", plain(1));
    assert.equal(cellFrame("In[40]", { line: 3, column: 15 }).trim(), "at In[40]:3:5");
    rememberMaps("In[41]", plain(2 ** 17));
    assert.equal(frame("In[40]"), "at In[40]");
  });
});
