import assert from "node:assert/strict";
import {
  convGradients,
  convLinear,
  engineInfo,
  frozen,
  type Matrix,
  multiply,
  phi,
  release,
  resident,
  scope,
  vec,
} from "../../src/index.js";
import { convShape } from "../../src/shape.js";
import { asFloat32, numbersOf } from "../operations/layers.js";

const layer = { shape: convShape({ a: 24, b: 24, d: 4, h: 3 }), groups: 1, batch: 1, dOut: 24 };
const { shape } = layer;
const numbers = numbersOf(layer);
const [W, b, Z, dS] = [numbers.W, numbers.b, numbers.Z, numbers.dS].map(asFloat32) as [
  Matrix,
  Matrix,
  Matrix,
  Matrix,
];
const S = (): Matrix => convLinear(W, b, Z, shape);
const used = (): number => engineInfo().memory.used;
const expected = [...S().data];
/** Asks for memory until what was given back is sure to be written over. */
const writeOver = (): void =>
  scope(() => {
    for (let k = 0; k < 20; k++) resident(asFloat32(ones(22 * 22, 24)));
  });
const ones = (rows: number, cols: number): Matrix => ({
  rows,
  cols,
  data: new Float64Array(rows * cols).fill(1),
});

describe("scope", () => {
  before(() => {
    scope(() => convGradients(W, Z, dS, shape).b.rows + S().rows); // plans and lists are made once, and kept
  });

  it("gives back all but what is returned: a matrix, or matrices in arrays, objects, Maps and Sets", () => {
    const before = used();
    assert.equal(
      scope(() => S().rows + convGradients(W, Z, dS, shape).b.rows),
      48,
    );
    assert.equal(used(), before);
    const one = scope(() => [S(), S()][0]!);
    const block = used() - before;
    assert.ok(block > 0 && block < 2 * 4 * expected.length);
    const many = scope(() => {
      const [first, second, third, fourth] = [S(), S(), S(), S()];
      S();
      const cycle: Record<string, unknown> = { list: [first, { deep: second }] };
      cycle.itself = cycle;
      return { cycle, map: new Map([["third", third]]), set: new Set([fourth]), S: vec(first!) };
    });
    assert.equal(used() - before, 5 * block);
    const kept = [
      one,
      many.S,
      many.map.get("third")!,
      ...many.set,
      ...(many.cycle.list as Matrix[]).slice(0, 1),
    ];
    writeOver();
    for (const M of kept) assert.deepEqual([...M.data], expected);
    assert.ok(one.data.buffer instanceof SharedArrayBuffer, "it stays where it is");
  });

  it("leaves an error, never other numbers, to whoever keeps a matrix without returning it", () => {
    let [kept, asVector]: Matrix[] = [];
    scope(() => {
      kept = S();
      asVector = vec(kept);
    });
    writeOver();
    assert.throws(() => kept!.data, /given back at the end of their scope; return the matrix to keep it/);
    assert.throws(() => asVector!.data, /given back/);
    assert.throws(
      () => multiply(W, kept!),
      /multiply: the memory of B was given back, by release or at the end/,
    );
    assert.throws(() => phi(asVector!, shape), /phi: the memory of Z was given back/);
    release(kept!);
  });

  it("lets who looks at the numbers have them: a copy, which outlives the scope and is written to", () => {
    let raw: Matrix["data"] | undefined;
    let looked: Matrix | undefined;
    const before = used();
    scope(() => {
      looked = S();
      raw = looked.data;
      assert.ok(!(raw.buffer instanceof SharedArrayBuffer));
      assert.equal(looked.data, raw);
      const spread = { ...looked };
      assert.equal(spread.data, raw);
      raw[0] = 7;
      const sums = multiply(asFloat32(ones(1, 24)), looked);
      const sum = expected.slice(1, 24).reduce((total, x) => total + x, 7);
      assert.ok(Math.abs(sums.data[0]! - sum) < 1e-4);
    });
    assert.equal(used(), before);
    writeOver();
    assert.deepEqual([...raw!], [7, ...expected.slice(1)]);
    assert.equal(multiply(asFloat32(ones(1, 24)), looked!).cols, looked!.cols);
  });

  it("stands inside another: what the inner returns is the outer's", () => {
    const before = used();
    let inner: Matrix | undefined;
    scope(() => {
      const outer = S();
      inner = scope(() => {
        S();
        return S();
      });
      assert.equal(
        scope(() => outer),
        outer,
      );
      assert.deepEqual([...outer.data], expected);
    });
    assert.throws(() => inner!.data, /given back/);
    assert.equal(used(), before);
  });

  it("gives back what an error leaves behind", () => {
    const before = used();
    assert.throws(() => scope(() => convLinear(W, b, S(), shape)), /Z is 24 × 484/);
    assert.equal(used(), before);
  });

  it("ends with an async function's promise, and keeps apart what runs meanwhile", async () => {
    const before = used();
    const wait = () => new Promise((resolve) => setTimeout(resolve, 1));
    const lost: Matrix[] = [];
    const run = async () => {
      lost.push(S());
      await wait();
      lost.push(S());
      await wait();
      return { S: S() };
    };
    const [first, second] = [scope(run), scope(run)];
    const mine = S();
    const found = await Promise.all([first, second]);
    writeOver();
    for (const M of [found[0].S, found[1].S, mine]) assert.deepEqual([...M.data], expected);
    assert.equal(lost.length, 4);
    for (const M of lost) assert.throws(() => M.data, /given back/);
    release(mine, found[0].S, found[1].S);
    assert.equal(used(), before);
    await assert.rejects(
      scope(async () => {
        S();
        await wait();
        S();
        throw new Error("in the middle");
      }),
      /in the middle/,
    );
    assert.equal(used(), before);
  });

  it("takes resident() and what is made of frozen() filters too", () => {
    const before = used();
    scope(() => {
      resident(Z);
      convLinear(frozen(W), b, Z, shape);
    });
    assert.equal(used(), before);
    const V = scope(() => {
      const V = frozen(W);
      convLinear(V, b, Z, shape);
      return V;
    });
    assert.ok(used() > before, "what is returned stays frozen");
    release(V);
    assert.equal(used(), before);
  });

  it("refuses what is no function", () => {
    assert.throws(() => scope(S() as never), /scope: .*; needed a function: scope\(\(\) => …\)/);
  });
});

describe("release", () => {
  it("makes operations refuse the matrix and all that shares its memory", () => {
    const given = S();
    const [again, part] = [vec(given), { rows: 1, cols: 600, data: given.data.subarray(0, 600) }];
    release(given);
    for (const M of [given, again, part])
      assert.throws(() => multiply(W, M), /the memory of B was given back/);
    release(given);
  });
});
