import assert from "node:assert/strict";
import {
  areCaveats,
  type Badge,
  badgePieces,
  badgeText,
  type Caveat,
  caveatText,
  levels,
  notChecked,
} from "../../../src/symbolic/check/badge.js";
import { badgeOf, type Verdict } from "../../../src/symbolic/check/verdict.js";

describe("a badge", () => {
  const badge = (verdict: Partial<Verdict>) =>
    badgeOf({ ok: true, level: "all sizes", evidence: {}, ...verdict });
  const shapes = [{ h: 1 }, { h: 2 }, { h: 3 }];
  const tried = (bound: number, more: Partial<Verdict> = {}) =>
    badge({
      level: "identity",
      evidence: { trials: { prime: 67108859, shapes, seeds: [1], bound } },
      ...more,
    });
  const vacuous = { caveats: [{ kind: "vacuous" }] } as const;

  it("is data: its mark, its claim, how far it goes, and what to know", () => {
    assert.deepEqual(badge({}), { mark: "holds", claim: "all sizes", caveats: [] });
    assert.deepEqual(tried(8.9e-22, vacuous), {
      mark: "holds",
      claim: "identity",
      bound: { shapes: 3, error: 8.9e-22 },
      caveats: [{ kind: "vacuous" }],
    });
    assert.deepEqual(badge({ level: "here", evidence: { here: { h: 2, s: 1 } } }), {
      mark: "holds",
      claim: "here",
      bound: { at: { h: 2, s: 1 } },
      caveats: [],
    });
    const everything = { here: { h: 2 }, trials: { prime: 101, shapes, seeds: [1], bound: 0.5 } };
    assert.deepEqual(badge({ evidence: everything }), { mark: "holds", claim: "all sizes", caveats: [] });
    assert.deepEqual(badge({ level: "here", evidence: everything }).bound, { at: { h: 2 } });
    assert.deepEqual(badge({ level: "identity", evidence: everything }).bound, { shapes: 3, error: 0.5 });
    assert.ok(!("bound" in badge({ level: "here", evidence: { ...everything, here: {} } })));
    assert.deepEqual(badge({ level: "float" }), { mark: "nearly", claim: "float", caveats: [] });
    assert.deepEqual(badge({ ok: false, ...vacuous }), { mark: "fails", caveats: [] });
  });

  it("says how far the evidence reaches", () => {
    assert.equal(badgeText(badge({})), "✓ all sizes");
    assert.equal(badgeText(tried(8.9e-22)), "✓ 3 shapes, error ≤ 1e-21");
    assert.equal(badgeText(badge({ level: "identity" })), "✓ random trials");
    assert.equal(
      badgeText(badge({ level: "here", evidence: { here: { h: 2, s: 1 } } })),
      "✓ exactly at h=2 s=1",
    );
    assert.equal(badgeText(badge({ level: "here", evidence: { here: {} } })), "✓ exactly");
    assert.equal(badgeText(badge({ level: "float" })), "≈ tried on numbers only");
    assert.equal(badgeText(badge({ ok: false })), "✗");
    assert.equal(badgeText(notChecked), "not checked");
    assert.equal(badgeText(badge(vacuous)), "✓ all sizes, but vacuous: both sides are 0");
    assert.equal(
      badgeText(tried(8.9e-22, vacuous)),
      "✓ 3 shapes, error ≤ 1e-21, but vacuous: both sides are 0",
    );
  });

  it("never says that an error is less likely than it is", () => {
    const error = (bound: number) => badgeText(tried(bound)).replace("✓ 3 shapes, error ≤ ", "");
    assert.equal(error(3.2e-21), "1e-20");
    assert.equal(error(1e-21), "1e-21");
    assert.equal(error(1e-21 * (1 + Number.EPSILON)), "1e-20"); // its logarithm is rounded to -21
    assert.equal(error(0), "0");
    for (let k = 0; k < 300; k++) {
      const bound = (1 + ((k * 0.618) % 1) * 9) * 10 ** -(k % 60);
      assert.ok(Number(error(bound)) >= bound, `${bound}`);
      assert.ok(Number(error(bound)) <= bound * 10.000001, `${bound}`);
    }
  });

  it("has TeX of its own for a bound and for conditions", () => {
    const tex = (given: Badge) =>
      badgePieces(given).map((piece) => (typeof piece === "string" ? piece : piece.tex));
    assert.deepEqual(tex(tried(3.2e-21)), ["3 shapes, error", " \\le 10^{-20}"]);
    assert.deepEqual(tex(tried(0)), ["3 shapes, error", " \\le 0"]);
    const where = { kind: "where", condition: "h·w ≥ 2·s·q ≥ 1" } as const;
    assert.deepEqual(tex(badge({ caveats: [where, { kind: "rising" }] })), [
      ...["all sizes", " where ", "h\\,w \\ge  2\\,s\\,q \\ge  1"],
      ...[" where ", "σ does not decrease"],
    ]);
    assert.deepEqual(badgePieces({ mark: "fails", claim: "here", caveats: [where] }), []);
    assert.deepEqual(
      [where, { kind: "rising" }, { kind: "vacuous" }].map((one) => caveatText(one as Caveat)),
      [where.condition, "σ does not decrease", "vacuous: both sides are 0"],
    );
  });

  it("has its levels from the weakest to the strongest", () => {
    assert.deepEqual(levels, ["float", "identity", "here", "all sizes"]);
  });

  it("knows a list of caveats from what is none", () => {
    assert.equal(
      areCaveats([{ kind: "vacuous" }, { kind: "rising" }, { kind: "where", condition: "m ≥ n" }]),
      true,
    );
    assert.equal(areCaveats([]), true);
    assert.equal(areCaveats([{ kind: "vacuous" }, { kind: "sworn" }]), false);
    for (const other of [null, {}, ["vacuous"], [null], [{ kind: "toString" }], [{ kind: 3 }]])
      assert.equal(areCaveats(other), false);
  });
});
