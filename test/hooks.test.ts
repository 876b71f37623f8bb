import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import ts from "typescript";
import { cases, seedOf, usualSeed } from "./cases.js";

const seed = Number(process.env.PHILAB_SEED);

describe("the seed of a run", () => {
  it("is always the same, or PHILAB_SEED, or the day", () => {
    const day = new Date("2027-01-02T23:59:59Z");
    assert.deepEqual([seedOf(undefined, day), seedOf("", day)], [usualSeed, usualSeed]);
    assert.deepEqual([seedOf("day", day), seedOf("7", day)], [20270102, 7]);
    for (const wrong of ["-1", "1.5", "x", "2147483648"]) {
      assert.throws(() => seedOf(wrong, day), /PHILAB_SEED is .*; needed "day" or a whole number/);
    }
  });

  it("is in force before a test is loaded, and for all that is drawn", () => {
    assert.equal(fc.readConfigureGlobal().seed, seed);
    assert.deepEqual(fc.sample(fc.integer(), 20), fc.sample(fc.integer(), { numRuns: 20, seed }));
    const drawn: number[][] = [[], []];
    for (const numbers of drawn) fc.assert(fc.property(fc.integer(), (x) => void numbers.push(x)));
    assert.ok(drawn[0]!.length >= cases(100).numRuns);
    assert.deepEqual(drawn[0], drawn[1]);
  });

  it("is the only one: no property names a seed, a path or a number of cases of its own", () => {
    const folder = new URL(".", import.meta.url);
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const wrong: string[] = [];
    let found = 0;
    for (const name of names.filter((file) => /\.[cm]?[jt]s$/.test(file) && !ofTheHook.includes(file))) {
      const source = readFileSync(new URL(name, folder), "utf8");
      if (!source.includes('"fast-check"')) continue;
      assert.match(
        source,
        /^import fc from "fast-check";$/m,
        `${name}: the name fc is what this test looks for`,
      );
      for (const call of drawingCalls(source)) {
        found++;
        if (!call.isSeeded) wrong.push(`${name}: ${call.text}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(found >= 20, `${found} properties`);
  });

  it("and a property that names one is found", () => {
    const isSeeded = (text: string) => drawingCalls(text).map((call) => call.isSeeded);
    assert.deepEqual(isSeeded("fc.assert(p)"), [true]);
    assert.deepEqual(isSeeded("fc.assert(p, cases(20)); fc.sample(x, 30); fc.sample(x, cases(3))"), [
      true,
      true,
      true,
    ]);
    for (const text of [
      "fc.assert(p, { numRuns: 20, seed: 1 })",
      "await fc.check(p, { seed })",
      "fc.sample(x, options)",
      "fc.configureGlobal({})",
      "fc.resetConfigureGlobal()",
      "fc.statistics(x, f, { seed: 3 })",
    ]) {
      assert.deepEqual(isSeeded(text), [false], text);
    }
  });
});

/** What sets the seed, and what tests it. */
const ofTheHook: readonly string[] = ["hooks.ts", "hooks.test.ts"];

/** The calls of fast-check that draw or that set how it draws, and whether each leaves the seed of the run in force. */
function drawingCalls(source: string): { text: string; isSeeded: boolean }[] {
  const calls: { text: string; isSeeded: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [, name] =
        /^fc\.(assert|check|sample|statistics|\w*configureGlobal)$/i.exec(node.expression.getText()) ?? [];
      if (name) calls.push({ text: node.getText(), isSeeded: isSeeded(name, node.arguments) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("test.ts", source, ts.ScriptTarget.Latest, true));
  return calls;
}

function isSeeded(name: string, args: ts.NodeArray<ts.Expression>): boolean {
  const [, options] = args;
  if (!["assert", "check", "sample"].includes(name)) return false;
  if (options === undefined || /^cases\(\w+\)$/.test(options.getText())) return true;
  return name === "sample" && ts.isNumericLiteral(options);
}

describe("cases", () => {
  it("are as many as usual, unless PHILAB_RUNS asks for more", () => {
    const times = Number(process.env.PHILAB_RUNS || 1);
    assert.deepEqual(cases(20), { numRuns: Math.ceil(20 * times) });
    assert.equal(cases(0.001 / times).numRuns, 1);
  });
});
