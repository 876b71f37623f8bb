import assert from "node:assert/strict";
import { inspect } from "node:util";
import {
  convShape,
  HoldsError,
  image,
  lecture,
  maxAbs,
  multiply,
  randomMatrix,
  ShapeError,
  StepError,
  shownStatements,
  subtract,
  transpose,
  vec,
  vTP,
} from "../../src/index.js";
import {
  type Bundle,
  DERIVATION_MIME,
  type Shown,
  VERDICT_MIME,
  type VerdictPayload,
} from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { lectureText } from "../symbolic/lectureWorld.js";

const L = lecture`${lectureText}`;
const S = "W*phi(Z) + b*ones(a_out*b_out)'";
const bundle = (shown: unknown): Bundle => (shown as Shown)[displayKey]();

describe("a lecture in a cell", () => {
  it("gives sizes, and refuses what fits for no size", () => {
    assert.equal(L.shape(S), "d_out × a_out·b_out");
    assert.throws(() => L.shape("phi(Z)*W"), ShapeError);
  });

  it("says what came and what was needed where types did not look", () => {
    const asked = L as unknown as Record<string, (...given: unknown[]) => unknown>;
    const Z = image(randomMatrix(2, 12, { seed: 1 }), 3, 4);
    const wanted = {
      "an expression": "shape size derive exercise gradient jacobian jv jtu index run",
      "a statement": "check counterexample refute",
    };
    const wrong = [undefined, null, 3, Z];
    for (const [what, operations] of Object.entries(wanted))
      for (const operation of operations.split(" "))
        for (const given of wrong)
          assert.throws(
            () => asked[operation]!(given),
            new RegExp(`^TypeError: ${operation}: .* came; needed ${what} as text`),
          );
    const line = L.derive("W*phi(Z)");
    for (const given of wrong as unknown as string[]) {
      assert.throws(() => line.by(given), /^RuleError: .* came; needed the name of a rule as text/);
      assert.throws(() => line.eq(given), /^TypeError: .* came; needed an expression as text/);
    }
    assert.throws(
      () => asked.gradient!("norm2(b)", 3),
      /^TypeError: gradient: number 3 came; needed the name/,
    );
    assert.throws(() => asked.jtu!("W*phi(Z)", "W"), /^TypeError: jtu: undefined came; needed the name/);
    assert.throws(() => asked.run!("W*phi(Z)"), /^TypeError: run: undefined came; needed the values/);
  });

  it("shows its letters, sizes, maps and losses", () => {
    const shown = bundle(L);
    assert.match(shown["text/plain"], /^lecture\n {2}sizes h, s.*\n.*floor/);
    assert.match(
      shown["text/latex"] as string,
      /^\$\$\\begin\{aligned\}\n& \\text\{sizes\} \\\\\n& \\quad h,.*\\text\{maps, counted from 0\}.*\\phi\\colon .*\\end\{aligned\}\$\$$/s,
    );
    assert.equal(inspect(L), shown["text/plain"]);
  });

  it("checks a statement, and shows it with its badge", () => {
    const verdict = L.check("(4)", "phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)");
    assert.deepEqual([verdict.ok, verdict.level, verdict.tag], [true, "all sizes", "(4)"]);
    const shown = bundle(verdict);
    assert.match(shown["text/plain"], /^\(4\) {2}phi\(Z\) = mat\(.*\) {3}\[✓ all sizes\]$/);
    assert.match(shown["text/latex"] as string, /\\phi\(Z\^\{i\}\) = \\operatorname\{mat\}.*\\checkmark/);
    const { certificate, evidence, ...record } = shown[VERDICT_MIME] as VerdictPayload;
    assert.deepEqual(record, {
      version: 1,
      declarations: lectureText,
      tag: "(4)",
      statement: {
        text: "phi(Z) = mat(P * vec(Z), h * h * d_in, a_out * b_out)",
        tex: record.statement.tex,
        words: record.statement.words,
      },
      level: "all sizes",
      badge: { mark: "holds", claim: "all sizes", caveats: [] },
      entry: { at: "i, j, c; p, q", text: "Z[c; p·s + i, q·s + j]", tex: record.entry?.tex },
    });
    assert.deepEqual(certificate, verdict.certificate());
    assert.deepEqual(evidence, verdict.evidence);
    assert.equal(shown[DERIVATION_MIME], undefined);
  });

  it("checks a statement that nobody names, and what it shows is what is verified", () => {
    const [named, alone] = [L.check("(x)", "vec(Z)' = vec(Z)'"), L.check("vec(Z)' = vec(Z)'")];
    assert.deepEqual([alone.ok, alone.tag, alone.statement], [true, "", named.statement]);
    assert.equal(`(x)  ${bundle(alone)["text/plain"]}`, bundle(named)["text/plain"]);
    assert.equal(
      (bundle(alone)["text/latex"] as string).replace("$$", () => "$$\\text{(x)}\\quad "),
      bundle(named)["text/latex"],
    );
    const shown = JSON.parse(JSON.stringify(bundle(alone)));
    const statements = shownStatements(shown);
    assert.equal(statements[0]?.place, "a checked statement");
    assert.deepEqual(
      statements.flatMap((one) => one.problems(7)),
      [],
    );
    assert.throws(() => L.check("vec(Z) = vec(Z)'"), /^StepError: this does not hold: /);
    assert.throws(() => (L.check as () => unknown)(), /check: nothing came; needed a statement/);
  });

  it("stops at a wrong statement and at a wrong line, with numbers and a repair", () => {
    const wrong = "kron(I(d_out), phi(Z)')*vec(W)";
    const repaired =
      /Did you mean \(verified\): Kronecker factors swapped: kron\(phi\(Z\)', I\(d_out\)\) \* vec\(W\)/;
    for (const attempt of [
      () => L.check("(wrong)", `vec(W*phi(Z)) = ${wrong}`),
      () => L.derive("vec(W*phi(Z))").eq(wrong, "by the vec rule"),
    ]) {
      assert.throws(
        attempt,
        (error: Error) =>
          error instanceof StepError && repaired.test(error.message) && /on the left/.test(error.message),
      );
    }
    assert.match(L.counterexample(`vec(W*phi(Z)) = ${wrong}`)?.text ?? "", /the two sides differ at/);
    assert.equal(L.counterexample("vec(W*phi(Z)) = vec(W*phi(Z))"), undefined);
  });

  it("refutes a false statement, and shows its numbers", () => {
    const refuted = L.refute("vec(W*phi(Z)) = kron(I(d_out), phi(Z)')*vec(W)");
    assert.equal(refuted.statement, "vec(W * phi(Z)) = kron(I(d_out), phi(Z)') * vec(W)");
    assert.deepEqual(refuted.counterexample?.sides, {
      left: [[0], [0], [1], [0]],
      right: [[0], [1], [0], [0]],
    });
    assert.deepEqual(
      refuted.suggestions.map(({ expression }) => expression),
      ["kron(phi(Z)', I(d_out)) * vec(W)"],
    );
    const shown = bundle(refuted);
    assert.equal(
      shown["text/plain"],
      `✗ vec(W * phi(Z)) = kron(I(d_out), phi(Z)') * vec(W) does not hold
  the two sides differ at h=1 s=1 d_in=1 a_in=1 b_in=2 d_out=2: entry (2, 1) is 0 on the left, 1 on the right
  W = [1; 0], Z = [0, 1], P = [1, 0; 0, 1]
  left side [0; 0; 1; 0], right side [0; 1; 0; 0]
  Did you mean (verified): Kronecker factors swapped: kron(phi(Z)', I(d_out)) * vec(W)`,
    );
    const tex = shown["text/latex"] as string;
    assert.match(tex, /W = \\left\[\\begin\{array\}\{c\} 1 \\\\ 0 \\end\{array\}\\right\]/);
    assert.match(
      tex,
      /right side \}\\left\[\\begin\{array\}\{c\} 0 \\\\ \\textcolor\{#c24000\}\{\\boxed\{1\}\}/,
    );
    assert.match(tex, /\\text\{entry \(2, 1\) is \}\\textcolor\{#c24000\}\{0\}\\text\{ on the left, \}/);
  });

  it("refutes what no numbers are needed for, and refuses to refute what holds", () => {
    assert.match(
      bundle(L.refute("W = W'"))["text/plain"],
      /does not hold\n {2}the left side is d_out × h·h·d_in/,
    );
    assert.match(L.refute("W*Z = b").why, /h·h·d_in is not d_in/);
    assert.throws(
      () => L.refute("phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)"),
      (error: Error) =>
        error instanceof HoldsError &&
        error.level === "all sizes" &&
        error.message ===
          "phi(Z) = mat(P * vec(Z), h * h * d_in, a_out * b_out) holds (all sizes): there is nothing to refute",
    );
  });

  it("derives line by line, and shows the derivation", () => {
    const derivation = L.derive("vec(W*phi(Z))").by("vec-of-product", "phi(Z)").by("eq (4)");
    const shown = bundle(derivation);
    assert.match(
      shown["text/plain"],
      /= kron\(I\(a_out \* b_out\), W\) \* P \* vec\(Z\) +\[✓ all sizes; eq \(4\)\]$/,
    );
    assert.match(shown["text/latex"] as string, /\\begin\{aligned\}/);
  });

  it("derives gradients in the lecture's form, each line proved for all sizes, and runs them", () => {
    const formulas = { W: "vec(G * phi(Z)')'", b: "(G * ones(a_out * b_out))'", Z: "vec(W' * G)' * P" };
    for (const [X, formula] of Object.entries(formulas)) {
      const found = L.gradient(`xi(${S})`, X);
      assert.equal(found.formula, formula);
      const [, ...lines] = found.steps.lines;
      assert.ok(
        lines.every(({ verdict }) => verdict?.level === "all sizes"),
        X,
      );
    }
    const [W, G] = [randomMatrix(4, 18, { seed: 1 }), randomMatrix(4, 12, { seed: 2 })];
    const Z = image(randomMatrix(2, 63, { seed: 3 }), 7, 9);
    const row = L.gradient(`xi(${S})`, "Z").run({ W, G, Z, s: 2 });
    const reference = vTP(multiply(transpose(W), G), convShape({ a: 7, b: 9, d: 2, h: 3, s: 2 }));
    assert.ok(maxAbs(subtract(row, transpose(vec(reference)))) < 1e-13);
  });

  it("derives the gradient of the whole objective, proved for all sizes", () => {
    const f = `(vec(W)'*vec(W) + b'*b + vec(V)'*vec(V))/(2*C) + Sum(norm2(V*vec(sigma(${S})) - y))/l`;
    for (const X of ["W", "b", "V"]) {
      const [, ...lines] = L.gradient(f, X).steps.lines;
      assert.ok(lines.length > 10 && lines.every(({ verdict }) => verdict?.level === "all sizes"), X);
    }
  }).timeout(20_000);

  it("shows expressions entry by entry and as on a slide", () => {
    assert.equal(L.index("phi(Z)").text, "Z[c; p·s + i, q·s + j]");
    assert.equal(bundle(L.index("phi(Z)"))["text/plain"], "phi(Z)[i, j, c; p, q] = Z[c; p·s + i, q·s + j]");
    assert.equal(
      bundle(L.index("W*phi(Z)"))["text/latex"],
      "$$\\left[W \\phi(Z^{i})\\right]_{k;\\,p, q} = \\sum_{i,j,c} \\left[W\\right]_{k;\\,i,j,c} \\left[Z^{i}\\right]_{c;\\,p\\,s + i,q\\,s + j}$$",
    );
    assert.match(L.entries("phi(Z)"), /^\\left\[\\begin\{array\}/);
    assert.match(L.entries(["vec(W)", "b"]), /w\^\{1\}_\{1,1,1\} .*\\hline b_\{1\}/);
    assert.match(L.entries("y", { n_L: 2 }), /y\^\{i\}_\{1\} \\\\ y\^\{i\}_\{2\}\\end/);
  });
});
