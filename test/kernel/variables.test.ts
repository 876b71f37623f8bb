import assert from "node:assert/strict";
import { type Client, type Exchange, resultText, startKernel } from "./client.js";

/** Cells that are run one after the other in a kernel of many, and what the last one shows. */
const sequences: Record<string, { cells: readonly string[]; shows: string }> = {
  "a function reads what a later cell writes": {
    cells: ["let lr = 0.1; function step() { return lr }", "lr = 0.01; [lr, step()]"],
    shows: "[ 0.01, 0.01 ]",
  },
  "a later cell reads what a function writes, and the function what the cell writes": {
    cells: ["let n1 = 0; function inc() { n1++; return n1 }", "inc()", "n1 = 10; [inc(), n1]"],
    shows: "[ 11, 11 ]",
  },
  "var, a class and an arrow": {
    cells: [
      "var v2 = 1; class Reader2 { kept = v2; now() { return v2 } static s = () => v2 } const arrow2 = () => v2; const r2 = new Reader2()",
      "v2 += 4",
      "[r2.kept, r2.now(), Reader2.s(), arrow2(), v2]",
    ],
    shows: "[ 1, 5, 5, 5, 5 ]",
  },
  "a destructuring assignment, its defaults and its rest": {
    cells: [
      "let [a3, b3] = [1, 2]; let { c3 = 3, ...d3 } = { e: 5 } as { c3?: number; e: number }; const all3 = () => [a3, b3, c3, d3]",
      "[a3, b3] = [b3, a3]; ({ c3 = 7, ...d3 } = { e: 6 } as { c3?: number; e: number }); let f3 = 0; for ([a3, f3] of [[8, 9]]) ;",
      "[all3(), f3]",
    ],
    shows: "[ [ 8, 1, 7, { e: 6 } ], 9 ]",
  },
  "a variable of a module, until a cell has one of that name": {
    cells: [
      'require("node:fs").writeFileSync("counter.ts", "export let count = 1; export function more() { count++ }")',
      'import { count, more } from "./counter"; const seen = () => count',
      "more(); const twice: number[] = [count, seen()]",
      "more(); twice.push(count)",
      "let count = 50; more(); twice.push(count, seen())",
      "twice",
    ],
    shows: "[ 2, 2, 3, 50, 4 ]",
  },
  "a generator and its resumption": {
    cells: [
      "let k5 = 1; function* g5() { for (;;) yield k5++ } const i5 = g5()",
      "i5.next(); k5 = 10",
      "[i5.next().value, k5]",
    ],
    shows: "[ 10, 11 ]",
  },
  "a timer and a pending async function": {
    cells: [
      "let t6 = 0; let seen6 = 0; let go6 = () => {}; const gone6 = new Promise<void>((resolve) => { go6 = resolve }); const later6 = (async () => { await gone6; return t6 })(); const timer6 = setInterval(() => { seen6 = t6 }, 1)",
      "t6 = 2; go6()",
      "await new Promise((resolve) => setTimeout(resolve, 50)); clearInterval(timer6); [await later6, seen6]",
    ],
    shows: "[ 2, 2 ]",
  },
  "??=, ||=, &&=, **= and --": {
    cells: [
      "let p7: number | undefined; let q7 = 0; let s7 = 2; const all7 = () => [p7, q7, s7]",
      "p7 ??= 1; q7 ||= 2; s7 &&= 3; s7 **= 2; q7--",
      "all7()",
    ],
    shows: "[ 1, 1, 9 ]",
  },
  "names that inner scopes shadow stay theirs": {
    cells: [
      "let w8 = 1; function f8(w8: number) { w8++; return w8 } const g8 = () => { let w8 = 5; { let w8 = 6; w8++ } try { throw 7 } catch (w8) { w8 = 8 } for (const w8 of [9]) void w8; return w8 }; class C8 { w8 = 10; m() { return this.w8 } }",
      "w8 = 2; [f8(3), g8(), new C8().m(), { w8: 4 }.w8, w8]",
    ],
    shows: "[ 4, 5, 10, 4, 2 ]",
  },
  "{ W } written short, also in a function": {
    cells: ["let s9 = 1; const short9 = () => ({ s9 })", "s9 = 2; [{ s9 }, short9()]"],
    shows: "[ { s9: 2 }, { s9: 2 } ]",
  },
  "the variables of loops at the top": {
    cells: [
      "var i10 = 0; let sum10 = 0; const see10 = () => [i10, sum10]; for (i10 = 0; i10 < 5; i10++) sum10 += i10; see10()",
      "for (var i10 = 0; i10 < 3; i10++) { sum10 = 0; if (i10 === 1) break } const key10: string[] = []; for (var k10 in { a: 1, b: 2 }) key10.push(k10)",
      "[see10(), key10, k10]",
    ],
    shows: "[ [ 1, 0 ], [ 'a', 'b' ], 'b' ]",
  },
  "the variables of patterns in loops and blocks, whatever their letters": {
    cells: [
      "for (var [i29, ö29 = 2, { q: [z29] = [7] } = {}] of [[1], [3, 4]] as any[]) ; if (i29) { var { p29, ...rest29 } = { p29: 1, e: 2 } }",
      "i29 += 10; const see29 = () => [i29, ö29, z29, p29, rest29]",
      "ö29++; if (i29) { var é29 = 5 }",
      "const number29: number[] = []; for (var é29 = 0; é29 < 2; é29++) number29.push(é29); [...see29(), number29]",
    ],
    shows: "[ 13, 5, 7, 1, { e: 2 }, [ 0, 1 ] ]",
  },
  "a text that eval reads, and what it leaves behind": {
    cells: [
      "let n30 = 1; const local30 = (inner: number) => eval('inner + n30')",
      "const count30: () => number = eval('() => { n30 += later30; return n30 }'); let later30 = 5",
      "let seen30 = 0; for (let i = 0; i < 2; i++) { n30++; count30(); seen30 += n30 } for (let i = 0; i < 2; i++) eval('seen30 += 100')",
      "[n30, seen30, local30(1), typeof eval('typeof missing30'), eval('const n30 = 7; n30'), eval('typeof phi')]",
    ],
    shows: "[ 13, 220, 14, 'string', 7, 'function' ]",
  },
  "a loop that throws half way": {
    cells: [
      "let n11 = 0; const see11 = () => n11; try { for (let i = 0; i < 9; i++) { n11++; if (i === 4) throw i } } catch { } see11()",
    ],
    shows: "5",
  },
  "functions and classes know their names, and no this": {
    cells: [
      "let f12 = () => 1; const C12 = class { }; function self12(this: unknown) { return this === undefined || this === globalThis } let { g12 = () => 2 } = {} as { g12?: () => number }",
      "f12 = () => 3; [f12.name, C12.name, g12.name, self12(), self12?.(), (self12 as unknown as (s: TemplateStringsArray) => boolean)``]",
    ],
    shows: "[ 'f12', 'C12', 'g12', true, true, true ]",
  },
  "a name declared again is the same variable for what used it before": {
    cells: [
      "const rate13 = 1; function loss13() { return 'old' } class Net13 { v = 1 } const use13 = () => [rate13, loss13(), new Net13().v]",
      "let rate13 = 2; function loss13() { return 'new' } class Net13 { v = 2 }",
      "use13()",
    ],
    shows: "[ 2, 'new', 2 ]",
  },
  "a parameter that is called exports": {
    cells: [
      "let k19 = 5; const read19 = (exports: { k19: number }) => exports.k19",
      "[read19({ k19: 7 }), k19]",
    ],
    shows: "[ 7, 5 ]",
  },
  "a loop that calls a function of its own cell": {
    cells: [
      "let n20 = 0; function inc20() { n20++ } let sum20 = 0; for (let i = 0; i < 3; i++) { inc20(); sum20 += n20 } [n20, sum20]",
    ],
    shows: "[ 3, 6 ]",
  },
  "a loop that awaits what changes the variable": {
    cells: [
      "let t21 = 0; const later21 = (ms: number) => new Promise<void>((resolve) => setTimeout(() => { t21 += 10; resolve() }, ms))",
      "const both21 = [later21(5), later21(20)]; for (let i = 0; i < 2; i++) { await both21[i]; t21++ } t21",
    ],
    shows: "22",
  },
  "a loop over an iterator that changes the variable": {
    cells: [
      "let y22 = 0; function* up22() { for (let i = 0; i < 3; i++) yield ++y22 } const each22 = up22()",
      "let sum22 = 0; for (const x22 of each22) sum22 += x22 * y22; sum22",
    ],
    shows: "14",
  },
  "a namespace, also of a class, cells later": {
    cells: [
      "namespace N27 { export let x = 1; export const inc = () => ++x } class C27 {} namespace C27 { export const k = 2 }",
      "N27.x = 5",
      "1",
      "[N27.inc(), C27.k, new C27() instanceof C27]",
    ],
    shows: "[ 6, 2, true ]",
  },
  "a namespace, until its name is declared as something else": {
    cells: ["namespace N28 { export const x = 1 }", "const { N28 } = { N28: 4 }", "N28 + 1"],
    shows: "5",
  },
  "a loop that calls what a cell kept that threw": {
    cells: [
      "const kept25: (() => void)[] = []; let n25 = 0",
      "try { kept25.push(() => { n25++ }); throw 1 } catch { }",
      "let seen25 = 0; for (let i = 0; i < 3; i++) { kept25[0]!(); seen25 += n25 } [seen25, n25]",
    ],
    shows: "[ 6, 3 ]",
  },
  "a loop of a cell that is run again, and calls a function of a later one": {
    cells: [
      "let n26 = 0; let step26 = () => 1",
      "for (let i = 0; i < 3; i++) { n26 = step26() + n26 }",
      "step26 = () => { n26 += 10; return 1 }",
      "for (let i = 0; i < 3; i++) { n26 = step26() + n26 }",
      "n26",
    ],
    shows: "36",
  },
  "a class's own name in its body, which stays the class that it is": {
    cells: [
      "class Own23 { static made = 1; make() { return Own23.made } } const old23 = new Own23()",
      "class Own23 { static made = 2; make() { return Own23.made } }",
      "[old23.make(), new Own23().make()]",
    ],
    shows: "[ 1, 2 ]",
  },
  "an enum declared again begins anew": {
    cells: ["enum Color14 { Red, Blue }", "enum Color14 { Green }", "Color14"],
    shows: "{ '0': 'Green', Green: 0 }",
  },
  "let without a value begins anew, var does not": {
    cells: ["let a15 = 1; var b15 = 2", "let a15; var b15: number", "[a15, b15]"],
    shows: "[ undefined, 2 ]",
  },
  "functions are there before the cell's first line": {
    cells: ["const early16 = late16(); function late16() { return 16 }", "early16"],
    shows: "16",
  },
  "loops that count up and down alone": {
    cells: [
      "let up24 = 0, down24 = 9; const see24 = () => [up24, down24]; while (up24 < 5) { up24++; --down24 } see24()",
    ],
    shows: "[ 5, 4 ]",
  },
  // The last ones: from then on the kernel's loops keep no copies.
  "a setter and a getter of an object": {
    cells: [
      "let x4 = 1; const o4 = { get twice() { return 2 * x4 }, set twice(y) { x4 = y / 2 } }",
      "x4 = 5; let seen4 = 0; for (let i = 0; i < 2; i++) { x4++; seen4 = o4.twice } o4.twice = 40",
      "[seen4, x4]",
    ],
    shows: "[ 14, 20 ]",
  },
  "a loop of numbers whose object reads and writes the variable": {
    cells: [
      "let turns17 = 0; const seen17: number[] = []; function count17(to: any): number { for (; turns17 < to; turns17++); return turns17 }",
      "[count17(3), turns17]",
      "const limit17 = { valueOf() { seen17.push(turns17); if (turns17 === 5) turns17 = 8; return 10 } }; [count17(limit17), seen17.join()]",
    ],
    shows: "[ 10, '3,4,5,9,10' ]",
  },
  "a loop over a Proxy that reads the variable": {
    cells: [
      "let place18 = 0, sum18 = 0; let list18: number[] = [1, 2]; for (place18 = 0; place18 < list18.length; place18++) sum18 += list18[place18]!",
      "list18 = new Proxy([0, 0, 0], { get: (whole, name) => name === 'length' ? whole.length : 10 * place18 })",
      "for (place18 = 0; place18 < list18.length; place18++) sum18 += list18[place18]!",
      "[sum18, place18]",
    ],
    shows: "[ 33, 3 ]",
  },
};

describe("the variables of all cells", function () {
  this.timeout(30_000);
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  for (const [what, { cells, shows }] of Object.entries(sequences)) {
    it(`are one for each name: ${what}`, async () => {
      let last: Exchange | undefined;
      for (const cell of cells) {
        last = await kernel.execute(cell);
        const { status, evalue } = last.reply.content;
        assert.equal(status, "ok", `${cell}: ${String(evalue)}`);
      }
      assert.equal(resultText(last!.iopub), shows);
    });
  }

  it("are declared by a cell that throws afterwards, even as undefined", async () => {
    await kernel.execute(
      "let best: number | undefined; let other = 1; throw new Error('half way'); let never = 2",
    );
    const { iopub } = await kernel.execute("[best, other]");
    assert.equal(resultText(iopub), "[ undefined, 1 ]");
    const { reply } = await kernel.execute("never");
    assert.equal(reply.content.status, "error");
  });

  it("are one for functions that a throwing cell, and a user's expression, have left behind", async () => {
    await kernel.execute("const left: (() => void)[] = []; let n = 0");
    await kernel.execute("left.push(() => { n++ }); throw new Error('half way')");
    await kernel.execute("0", { user_expressions: { e: "left.push(() => { n += 10 })" } });
    const loop =
      "let seen = 0; for (let i = 0; i < 2; i++) { for (const f of left) f(); seen += n } [seen, n]";
    assert.equal(resultText((await kernel.execute(loop)).iopub), "[ 33, 22 ]");
  });

  it("are called by their names in what V8 says of them", async () => {
    const cell = "const notFunction: any = 1; notFunction()";
    const { reply } = await kernel.execute(cell);
    assert.equal(reply.content.evalue, "notFunction is not a function");
    assert.doesNotMatch(String(reply.content.traceback), /__philab/);
  });
});

describe("loops of numbers", function () {
  this.timeout(30_000);
  let kernel: Client;
  before(async () => {
    kernel = await startKernel();
  });
  after(() => kernel.stop());

  it("keep copies of variables until a cell makes an object that runs code where nothing is called", async () => {
    const mayRun = "eval('__philab_coercion.possible')";
    const cells: Readonly<Record<string, boolean>> = {
      "let n = 0; const step = (): number => n++; for (const x of [1, 2]) n += x; n.toString() + n.valueOf()": false,
      "class Net { weights = [1]; sum(): number { return this.weights[0]! } } new Net().sum()": false,
      "class Lazy { get value(): number { return n } } new Lazy().value": true,
    };
    for (const [cell, wanted] of Object.entries(cells)) {
      assert.equal((await kernel.execute(cell)).reply.content.status, "ok", cell);
      assert.equal(resultText((await kernel.execute(mayRun)).iopub), String(wanted), cell);
    }
  });
});
