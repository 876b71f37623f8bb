import assert from "node:assert/strict";
import fc from "fast-check";
import { verifiedBundle, verifiedText } from "../../src/lecture/verifiedCard.js";
import { CARD_MIME } from "../../src/mime/types.js";
import { network } from "../../src/network/network.js";
import type { InstanceLoss } from "../../src/optimise/loss.js";
import { namedLoss } from "../../src/optimise/loss.js";
import { type Problem, objective as plainObjective } from "../../src/optimise/objective.js";
import type { CardRecord } from "../../src/symbolic/world/cardRecord.js";
import { objective } from "../../src/verify/objective.js";
import { verified } from "../../src/verify/training.js";
import { type Verification, VerifiedDerivatives } from "../../src/verify/verification.js";
import { cases } from "../cases.js";
import { anyNetwork, fixtureDigits, networkA, randomInstances } from "../network/given.js";

function failing({ formulas }: Verification): string[] {
  return formulas.filter(({ ok }) => !ok).map(({ what, part, error }) => `${what} of ${part}: ${error}`);
}

describe("problem.verify()", () => {
  it("holds ∇f, Jv, Jᵀu and Gv against derived formulas, and says which", async () => {
    const found = await objective(networkA, fixtureDigits(4), { C: 2 }).verify();
    assert.deepEqual(failing(found), []);
    assert.ok(found.ok);
    assert.deepEqual(
      found.formulas.map(({ what, part }) => `${what} ${part}`),
      [
        ...["∇f W1", "∇f b1", "∇f W2", "∇f b2", "∇f W3", "∇f b3", "Jv all"],
        ...["Jᵀu W1", "Jᵀu b1", "Jᵀu W2", "Jᵀu b2", "Jᵀu W3", "Jᵀu b3"],
        ...["Gv W1", "Gv b1", "Gv W2", "Gv b2", "Gv W3", "Gv b3"],
      ],
    );
    const last = found.formulas.find(({ what, part }) => what === "Jᵀu" && part === "b3");
    assert.equal(last!.formula, "u");
    const first = found.formulas[0]!.formula;
    for (const part of ["vec(W1)' / C", "P_pool1'", "P_pad2' * P_phi2'", "phi_1(pad_1(Z))"])
      assert.ok(first.includes(part), part);
    const regulariser = found.formulas.find(({ what, part }) => what === "Gv" && part === "b3")!.formula;
    assert.match(regulariser, /^db3 \/ C \+/, "directions that do not move b3 add no zeros");
    assert.match(verifiedText(found), /^Verified: 19 of 19 derivatives agree/);
    const card = verifiedBundle(found)[CARD_MIME] as CardRecord;
    assert.deepEqual(
      card.sections.map(({ heading, lines }) => [heading, lines.length]),
      [
        ["∇f, computed and derived", 6],
        ["Jv, computed and derived", 1],
        ["Jᵀu, computed and derived", 6],
        ["Gv, computed and derived", 6],
      ],
    );
    assert.deepEqual(card.sections[0]!.lines[0]![0], { text: "W1", tex: "W^{1}" });
  }).timeout(60_000);

  it("says which one differs, and by how much", () => {
    const one = { what: "Gv", part: "b1", formula: "db1 / C", tex: "x", error: 0.25, ok: false };
    const other = { ...one, part: "W1", error: 1e-16, ok: true };
    const found = new VerifiedDerivatives([one, other], "dims n; b1 : n x 1; W1 : n x n", 1e-10);
    assert.ok(!found.ok);
    const text = verifiedText(found);
    assert.match(
      text,
      /^Not verified: 1 of 2 .*\nGv of b1, against db1 \/ C {2}DIFFERS by 2.5e-1 .*\nGv of W1/,
    );
    assert.ok(!text.endsWith("entry"), "rounding alone is not told");
    const [section] = (verifiedBundle(found)[CARD_MIME] as CardRecord).sections;
    assert.match(String(section!.lines[0]!.at(-1)), /DIFFERS/);
  });

  const own: InstanceLoss = {
    value: (z, y) => z.reduce((sum, x, k) => sum + Math.cosh(x - y[k]!), 0),
    gradient: (z, y) => z.map((x, k) => Math.sinh(x - y[k]!)),
    hessianProduct: (z, y, v) => v.map((x, k) => x * Math.cosh(z[k]! - y[k]!)),
  };
  for (const loss of ["crossEntropy", own] as const)
    it(`holds ${typeof loss === "string" ? loss : "the reader's own loss"} too, in float32, with groups and no regulariser`, async () => {
      const net = network({
        input: { a: 9, b: 7, d: 2 },
        conv: [
          { dOut: 40, h: 3, pad: 1, groups: 2, pool: 2, poolKind: "average" },
          { dOut: 6, h: 2, s: 2, groups: 2 },
        ],
        full: [70, 4],
      });
      const options = { loss, dtype: "float32", C: Number.POSITIVE_INFINITY } as const;
      const found = await objective(net, randomInstances(net, 3, 1), options).verify();
      assert.deepEqual(failing(found), []);
    }).timeout(60_000);

  it("holds for networks of all kinds", async () => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, fc.boolean(), async (net, isSquared) => {
        const loss = isSquared ? "squared" : "crossEntropy";
        const found = await objective(net, randomInstances(net, 2, 3), { loss }).verify();
        assert.deepEqual(failing(found), []);
      }),
      cases(12),
    );
  }).timeout(120_000);

  const wrongs: [string, (right: Problem) => Partial<Problem>][] = [
    [
      "∇f",
      (right) => ({
        gradient: async (theta) => ({
          ...(await right.gradient(theta)),
          g: nudged((await right.gradient(theta)).g),
        }),
      }),
    ],
    ["Jv", (right) => ({ Jv: async (theta, v) => right.Jv(theta, nudged(v as Float64Array)) })],
    ["Jᵀu", (right) => ({ JTu: async (theta, u) => nudged(await right.JTu(theta, u)) })],
    ["Gv", (right) => ({ Gv: async (theta, v) => nudged(await right.Gv(theta, v)) })],
  ];
  for (const [what, wrong] of wrongs)
    it(`sees a ${what} that is off in one entry by a millionth`, async () => {
      const net = network({ input: { a: 5, b: 4, d: 2 }, conv: [{ dOut: 3, h: 2 }], full: [2] });
      const { Z, y } = randomInstances(net, 2, 8);
      const right = plainObjective(net, { Z, y });
      const given = {
        net,
        problem: { ...right, ...wrong(right) },
        loss: namedLoss("squared"),
        isSquared: true,
        Z,
        y,
      };
      const found = await verified(given);
      assert.ok(!found.ok);
      assert.ok(
        failing(found).every((line) => line.startsWith(what)),
        failing(found).join(),
      );
    });
});

/** The same numbers, the last one larger by a millionth of the largest. */
function nudged(numbers: Float64Array): Float64Array {
  const largest = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return numbers.with(-1, numbers.at(-1)! + 1e-6 * largest);
}
