import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { tryInFractions } from "../../../src/symbolic/trial/fractionTrial.js";
import { withDrawnSelections, withLargestSelected } from "../../../src/symbolic/trial/selection.js";
import type { Setting } from "../../../src/symbolic/trial/setting.js";
import { given } from "../given.js";

const world = declare(`
  dims d q a b; u = floor(a/q); v = floor(b/q)
  A : d x a*b;  B : d x a*b;  C : d x a*b;  Z : d x a*b each
  pool, P_pool = maxpool(q, d, a, b);  other, P_other = maxpool(q, d, a, b)
`);
const sizes = { d: 1, q: 2, a: 8, b: 8 };
const pixels = Array.from({ length: 64 }, (_, k) => k % 7);
const base = given(world, {
  sizes,
  instances: 2,
  values: {
    A: [pixels],
    B: [pixels.map((x, k) => (k === 63 ? x + 1 : x))],
    C: [pixels.map((x) => x + 1)],
    "Z 1": [pixels],
    "Z 2": [pixels.map((x) => -x)],
  },
});

let drawn: Setting<number>[] = [];
beforeEach(() => {
  drawn = [1, 2].map((seed) => withDrawnSelections(base, seed));
});

/** Which of four pixels is taken for each of the 16 entries. */
function choices(
  image: string | undefined,
  { seed = 1, name = "pool", instance = 1, largest = false } = {},
): string {
  const setting = drawn[seed - 1]!;
  const { choice } = largest ? withLargestSelected(setting) : setting;
  const of = image === undefined ? undefined : parse(image);
  return Array.from({ length: 16 }, (_, entry) => choice(world.maps.get(name)!, instance, entry, 4, of)).join(
    "",
  );
}

describe("a selection that is drawn", () => {
  it("is one of an image however it is written, and of what leaves its largest entries where they are", () => {
    for (const same of ["A + 0*B", "B - B + A", "2*A", "relu(A)", "Z"])
      assert.equal(choices(same), choices("A"), same);
    assert.match(choices("A"), /^(?=.*0)(?=.*1)(?=.*2)(?=.*3)[0-3]{16}$/);
  });

  it("is another of an image that differs in one entry or in all, of another map, instance and seed", () => {
    const all = [
      ...["A", "B", "C", "-A"].map((image) => choices(image)),
      choices("A", { name: "other" }),
      choices("A", { seed: 2 }),
      choices("Z", { instance: 2 }),
      choices(undefined),
      choices(undefined, { instance: 2 }),
    ];
    assert.equal(new Set(all).size, all.length - 1); // −A is Z in its second instance
    assert.equal(choices("-A"), choices("Z", { instance: 2 }));
  });
});

describe("the largest entry", () => {
  it("is the first of equal ones, in each window", () => {
    // A window's pixels are at k, k + 1, k + 8, k + 9: the remainders of 7 are r, r + 1, r + 1, r + 2.
    const taken = Array.from({ length: 16 }, (_, entry) => {
      const k = 2 * (entry % 4) + 16 * Math.floor(entry / 4);
      const window = [k, k + 1, k + 8, k + 9].map((at) => at % 7);
      return window.indexOf(Math.max(...window));
    }).join("");
    assert.equal(choices("A", { largest: true }), taken);
  });

  it("is drawn of a matrix alone, where the statement does not say of which image", () => {
    assert.equal(choices(undefined, { largest: true }), choices(undefined));
    const statement = parseStatement("relu(P_pool*vec(A)) = P_pool*relu(vec(A))");
    assert.deepEqual(tryInFractions(world, statement, { ...sizes, u: 4, v: 4 }, 1), { isZero: false });
  });
});
