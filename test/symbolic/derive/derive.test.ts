import assert from "node:assert/strict";
import type { Verdict } from "../../../src/symbolic/check/verdict.js";
import { type Check, derive, StepError } from "../../../src/symbolic/derive/derive.js";
import { recordOf } from "../../../src/symbolic/derive/record.js";
import { ParseError, parse } from "../../../src/symbolic/language/parse.js";
import { print, printStatement } from "../../../src/symbolic/language/print.js";
import { RuleError } from "../../../src/symbolic/rules/all.js";
import { ShapeError } from "../../../src/symbolic/world/shapes.js";
import { lecture, lectureText } from "../lectureWorld.js";

const S = "W*phi(Z) + b*ones(a_out*b_out)'";

/** A check that says of every statement what it is told to. */
const saying =
  (answer: Partial<Verdict>): Check =>
  (statement) => ({
    ok: true,
    level: "all sizes",
    statement: printStatement(statement),
    evidence: {},
    certificate: () => ({ statement: printStatement(statement) }),
    ...answer,
  });

describe("a derivation by rules", () => {
  it("gives vec(S) as a linear map of vec(Z), eq. (1)", () => {
    const derivation = derive(lecture, `vec(${S})`)
      .by("vec-of-sum")
      .by("vec-of-product")
      .by("eq (4)")
      .by("vec-of-product", "b")
      .by("vec-of-column");
    assert.equal(
      print(derivation.last),
      "kron(I(a_out * b_out), W) * P * vec(Z) + kron(ones(a_out * b_out), I(d_out)) * b",
    );
    assert.deepEqual(
      derivation.lines.map(({ reason }) => reason),
      ["", "vec-of-sum", "vec-of-product", "eq (4)", "vec-of-product", "vec-of-column"],
    );
  });

  it("gives vec(S) as a linear map of vec(W) and b, eq. (1)", () => {
    const derivation = derive(lecture, `vec(${S})`)
      .by("vec-of-sum")
      .by("vec-of-product", "W")
      .by("vec-of-product", "b")
      .by("vec-of-column")
      .done("kron(phi(Z)', I(d_out))*vec(W) + kron(ones(a_out*b_out), I(d_out))*b");
    assert.equal(derivation.lines.length, 5, "what is written alike is no new line");
  });

  it("never changes: a cell that runs twice gives the same", () => {
    const start = derive(lecture, "vec(W*phi(Z))");
    assert.equal(start.by("vec-of-product").lines.length, 2);
    assert.equal(start.by("vec-of-product").lines.length, 2);
    assert.equal(start.lines.length, 1);
  });

  it("refuses a rule that does not apply, naming those that do", () => {
    assert.throws(() => derive(lecture, "vec(W*phi(Z))").by("vec-of-sum"), {
      name: "StepError",
      message:
        "line 2: the rule vec-of-sum does not apply to\n  vec(W * phi(Z))\n  rules that apply: vec-of-product, map-as-matrix",
    });
    assert.throws(
      () => derive(lecture, "vec(W*phi(Z))").by("vec-of-product", "V"),
      /rule vec-of-product, keeping V, does not apply to/,
    );
  });

  it("refuses a name that is no rule's, and a start that has no size", () => {
    assert.throws(() => derive(lecture, "vec(W)").by("vec-trick"), RuleError);
    assert.throws(() => derive(lecture, "W*W"), ShapeError);
    assert.throws(() => derive(lecture, "vec(W"), ParseError);
  });
});

describe("a written line", () => {
  const start = (answer: Partial<Verdict>) => derive(lecture, "vec(W * phi(Z))", saying(answer));

  it("that does not follow stops with both sides, the counterexample and a verified suggestion", () => {
    const wrong = start({
      ok: false,
      level: "identity",
      evidence: {
        counterexample: {
          sizes: { h: 2, s: 1, d_in: 2, a_in: 3, b_in: 4, d_out: 3 },
          entry: [1, 1],
          left: "226",
          right: "251",
        },
      },
      suggestions: [{ slip: "Kronecker factors swapped", expression: "kron(phi(Z)', I(d_out)) * vec(W)" }],
    });
    assert.throws(() => wrong.eq("kron(I(d_out), phi(Z)')*vec(W)", "by the vec rule"), {
      name: "StepError",
      message: `line 2 (by the vec rule) does not follow from line 1
  vec(W * phi(Z))
  = kron(I(d_out), phi(Z)') * vec(W)
  the two sides differ at h=2 s=1 d_in=2 a_in=3 b_in=4 d_out=3: entry (1, 1) is 226 on the left, 251 on the right
  Did you mean (verified): Kronecker factors swapped: kron(phi(Z)', I(d_out)) * vec(W)`,
    });
  });

  it("lists several suggestions one below the other", () => {
    const slips = [
      { slip: "missing transpose", expression: "A'" },
      { slip: "sign", expression: "-A" },
    ];
    assert.throws(
      () => start({ ok: false, why: "the sides differ", suggestions: slips }).eq("b"),
      /\n {2}the sides differ\n {2}Did you mean \(verified\):\n {4}missing transpose: A'\n {4}sign: -A$/,
    );
  });

  it("of another size is refused even where nothing checks values", () => {
    assert.throws(
      () => derive(lecture, "vec(W)").eq("W"),
      (error) =>
        error instanceof StepError &&
        /the left side is .*d_out.* × 1, the right side d_out × /.test(error.message),
    );
  });

  it("whose parts do not fit is refused with its number", () => {
    assert.throws(
      () => derive(lecture, "vec(W)").eq("W*W"),
      (error) => error instanceof ShapeError && /^line 2: W is d_out/.test(error.message),
    );
  });

  it("that holds keeps its verdict and its reason", () => {
    const derivation = start({ level: "identity" }).eq(
      "kron(phi(Z)', I(d_out))*vec(W)",
      "vec(AB) = (Bᵀ ⊗ I) vec A",
    );
    const [, line] = derivation.lines;
    assert.equal(line.reason, "vec(AB) = (Bᵀ ⊗ I) vec A");
    assert.equal(line.verdict?.statement, "vec(W * phi(Z)) = kron(phi(Z)', I(d_out)) * vec(W)");
    assert.equal(line.rule, undefined);
  });

  it("asked for at the end is checked like any other", () => {
    assert.equal(start({}).done("kron(phi(Z)', I(d_out))*vec(W)").lines.length, 2);
    assert.throws(() => start({ ok: false, why: "no" }).done("kron(phi(Z)', I(d_out))*vec(W)"), StepError);
  });
});

describe("a derivation's record", () => {
  it("is plain JSON with both notations, the rule, the level and a certificate on every line", () => {
    const derivation = derive(lecture, "vec(W*phi(Z))", saying({})).by("vec-of-product").by("eq (4)");
    const record = recordOf(derivation);
    assert.deepEqual(JSON.parse(JSON.stringify(record)), record);
    assert.equal(record.declarations, lectureText);
    assert.equal(record.statement.text, "vec(W * phi(Z)) = kron(I(a_out * b_out), W) * P * vec(Z)");
    assert.equal(record.level, "all sizes");
    const [first, second] = record.lines;
    assert.deepEqual(first, {
      text: "vec(W * phi(Z))",
      tex: "\\operatorname{vec}\\bigl(W \\phi(Z^{i})\\bigr)",
      words: "vec of (W times phi of Z)",
      reason: "",
    });
    assert.equal(second.rule?.name, "vec-of-product");
    assert.deepEqual(second.badge, { mark: "holds", claim: "all sizes", caveats: [] });
    assert.deepEqual(second.certificate, {
      statement: "vec(W * phi(Z)) = kron(I(a_out * b_out), W) * vec(phi(Z))",
    });
  });

  it("says what each entry is, where all lines are proved and a reader can take it in", () => {
    const derivation = derive(lecture, "vec(W*phi(Z))", saying({})).by("vec-of-product").by("eq (4)");
    assert.deepEqual(recordOf(derivation).entry, {
      at: "k, p, q",
      text: "Σ_i,j,c W[k; i, j, c] Z[c; p·s + i, q·s + j]",
      tex: "\\sum_{i,j,c} \\left[W\\right]_{k;\\,i,j,c} \\left[Z^{i}\\right]_{c;\\,p\\,s + i,q\\,s + j}",
    });
    const tried = derive(lecture, "vec(W*phi(Z))", saying({ level: "identity" })).by("vec-of-product");
    assert.equal(recordOf(tried).entry, undefined);
  });

  it("has no level where a line was not checked, and that of the weakest line elsewhere", () => {
    assert.equal(recordOf(derive(lecture, "vec(W*phi(Z))").by("vec-of-product")).level, undefined);
    const levels = ["all sizes", "identity"] as const;
    let at = 0;
    const mixed: Check = (statement) => saying({ level: levels[at++] })(statement);
    const derivation = derive(lecture, "vec(W*phi(Z))", mixed).by("vec-of-product").by("eq (4)");
    assert.equal(recordOf(derivation).level, "identity");
  });
});

describe("the cost of a derivation", () => {
  it("of twenty lines without checking stays below 50 ms", () => {
    const start = parse(`vec(${S})`);
    const twenty = () => {
      let derivation = derive(lecture, start);
      for (let k = 0; k < 5; k++) {
        derivation = derivation.by("vec-of-sum").by("vec-of-product").by("eq (4)").eq(start);
      }
      return derivation;
    };
    twenty(); // the first run compiles
    const times = [1, 2, 3].map(() => {
      const before = performance.now();
      assert.equal(twenty().lines.length, 21);
      return performance.now() - before;
    });
    assert.ok(Math.min(...times) < 50, `${Math.min(...times)} ms`);
  }).retries(2);
});
