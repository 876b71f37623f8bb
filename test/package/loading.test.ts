import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

/** Milliseconds of processor time that a fresh Node takes for a program: the least of five, as others run beside it. */
function cost(program: string): number {
  const text = `${program}; const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`;
  const once = (): number =>
    Number(execFileSync(process.execPath, ["--input-type=module", "--eval", text], { encoding: "utf8" }));
  return Math.min(...Array.from({ length: 5 }, once));
}

function costOfLoading(entry: string): number {
  const file = new URL(`../../dist/src/${entry}.js`, import.meta.url).href;
  return cost(`await import(${JSON.stringify(file)})`);
}

describe("loading", function () {
  this.timeout(120_000);
  let bare: number;
  before(() => {
    bare = cost("");
  });

  it("philab/numbers takes less than Node itself takes: some 0.03 s where nothing else runs", () => {
    const numbers = costOfLoading("numbers");
    assert.ok(numbers < 2 * bare, `${numbers} ms; Node alone ${bare} ms`);
  });

  it("philab takes less than six times what Node itself takes (4.5 alone, 5.1 beside others): with mathjs it was nine", () => {
    const all = costOfLoading("index");
    assert.ok(all < 6 * bare, `${all} ms; Node alone ${bare} ms`);
  });
});
