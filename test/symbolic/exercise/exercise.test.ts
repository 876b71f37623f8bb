import assert from "node:assert/strict";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { StepError } from "../../../src/symbolic/derive/derive.js";
import {
  type Exercise,
  ExerciseError,
  type ExerciseOptions,
  exercise,
} from "../../../src/symbolic/exercise/exercise.js";
import { recordOfAnswer, recordOfSheet } from "../../../src/symbolic/exercise/exerciseRecord.js";
import { print } from "../../../src/symbolic/language/print.js";

const declarations = `
  dims h s d a b m n k
  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  Z : d x a*b;  W : m x h*h*d
  A : m x n;  B : n x k;  C : m x k
  phi, P = conv(h, s, d, a, b)
`;
const world = declare(declarations);
const begun = (start: string, options?: ExerciseOptions): Exercise =>
  exercise(world, start, {
    check: (statement) => checkStatement(world, statement),
    options,
  });

/** vec(Wφ(Z)) with both lines asked for. */
const layer = (options?: ExerciseOptions): Exercise =>
  begun("vec(W*phi(Z))", options).blank("vec-of-product", "phi(Z)").blank("eq (4)");

const right = "kron(I(a_out*b_out), W)*vec(phi(Z))";
const last = "kron(I(a_out*b_out), W)*P*vec(Z)";

describe("an exercise, as a lecturer writes it", () => {
  it("is a derivation in which lines are open", () => {
    const record = recordOfSheet(layer().sheet);
    assert.deepEqual(
      record.lines.map(({ text, open }) => [text, open ?? false]),
      [
        ["vec(W * phi(Z))", false],
        ["□", true],
        ["□", true],
      ],
    );
    assert.equal(record.statement.text, "vec(W * phi(Z)) = □");
    assert.equal(record.level, undefined);
  });

  it("says nothing of the lines that are asked for, nor of their rules", () => {
    const text = JSON.stringify(recordOfSheet(layer().eq("vec(mat(vec(W*phi(Z)), m, a_out*b_out))").sheet));
    assert.doesNotMatch(text, /kron|otimes|vec-of-product|eq \(4\)/);
  });

  it("shows given lines with their evidence, also below an open one", () => {
    const below = begun("vec(W*phi(Z))").blank("vec-of-product", "phi(Z)").eq(last, "by (4)");
    const [, , line] = recordOfSheet(below.sheet).lines;
    assert.deepEqual(line.badge, { mark: "holds", claim: "all sizes", caveats: [] });
    assert.equal((line.certificate as { statement: string }).statement, `vec(W * phi(Z)) = ${line.text}`);
  });

  it("cannot ask for a line that does not hold, or that its rule does not give", () => {
    assert.throws(() => begun("vec(W*phi(Z))").blankEq("kron(I(m), phi(Z)')*vec(W)", "why"), StepError);
    assert.throws(() => begun("vec(W*phi(Z))").blank("vec-of-sum"), StepError);
  });

  it("never changes what it was made from", () => {
    const one = begun("vec(W*phi(Z))").blank("vec-of-product", "phi(Z)");
    const two = one.blank("eq (4)");
    assert.equal(one.answer(right).outcome, "right");
    assert.deepEqual([one.open, two.open], [[], [2, 3]]);
  });
});

describe("an answer to an exercise", () => {
  it("that is the line asked for stays on the sheet with its evidence", () => {
    const ex = layer();
    const answer = ex.answer(right);
    assert.deepEqual([answer.line, answer.outcome, answer.verdict?.level], [2, "right", "all sizes"]);
    assert.equal(answer.text, "line 2: right, by vec-of-product (✓ all sizes)");
    assert.deepEqual(ex.open, [3]);
    assert.equal(recordOfSheet(ex.sheet).lines[1].rule?.name, "vec-of-product");
  });

  it("may be written as a reader would: its sign, order of summands, of sizes and parentheses do not count", () => {
    assert.equal(layer().answer("= kron(I(b_out*a_out), W) * (vec(phi(Z)))").outcome, "right");
    const sum = begun("vec(A*B + C)").blank("vec-of-sum");
    for (const line of ["vec(C) + vec(A*B)", "vec(A*B) + vec(C'')"])
      assert.equal(sum.answer(line).outcome, "right");
    const transposed = begun("vec(A*B)'").by("vec-of-product", "B").blank("transpose-of-product");
    assert.equal(transposed.answer("vec(B)'*kron(I(k), A)'").outcome, "right");
    const difference = begun("vec(2*A*B - C)").blank("vec-of-sum");
    assert.equal(difference.answer("-vec(C) + vec((2*A)*B)").outcome, "right");
  });

  it("must be written out where the step asked for is one that a reader overlooks elsewhere", () => {
    const ex = begun("kron(A, B)'*ones(m*n)").blank("kron-transpose");
    assert.equal(ex.answer("kron(A, B)'*ones(m*n)").outcome, "other form");
    assert.equal(ex.answer("kron(A', B')*ones(m*n)").outcome, "right");
  });

  it("that is true but another line is told so, with what it is", () => {
    const told = (line: string): string => {
      const { outcome, text } = layer().answer(line);
      assert.equal(outcome, "other form", line);
      return text.replace("line 2: true, but not the line asked for: ", "");
    };
    assert.equal(told("vec(W*phi(Z))"), "it is the line before again");
    assert.equal(told(last), "it comes later; write the step before it");
    assert.equal(
      told("kron(phi(Z)', I(m))*vec(W)"),
      "the rule gives this too, but asked for is the line that keeps phi(Z)",
    );
    assert.equal(
      told("vec(W*mat(P*vec(Z), h*h*d, a_out*b_out))"),
      "it follows by map-as-matrix, and another step is asked for",
    );
    assert.equal(
      told(
        "vec(phi(Z)' * W')' * K(a_out*b_out, m)".replace(/^(.*)' \* K(.*)$/, "(($1)'*K(m, a_out*b_out))'"),
      ),
      "it equals the line before, but is written in another form",
    );
  });

  it("that is wrong is told for which numbers, and how to mend it only where the lecturer allows", () => {
    const wrong = "kron(W, I(a_out*b_out))*vec(phi(Z))";
    const { outcome, text, verdict } = layer().answer(wrong);
    assert.equal(outcome, "wrong");
    assert.match(text, /^line 2: it does not follow: the two sides differ at .*: entry \(\d+, 1\) is \d+ on/);
    assert.ok(verdict?.evidence.counterexample);
    assert.doesNotMatch(text, /Did you mean/);
    const card = layer().answer(wrong).card;
    assert.equal(card?.kind, "refutation");
    assert.deepEqual(
      card?.sections.map(({ heading }) => heading),
      ["For", "the two sides differ"],
    );
    assert.equal(layer({ suggestions: true }).answer(wrong).card?.sections.length, 3);
    assert.match(
      layer({ suggestions: true }).answer(wrong).text,
      /Did you mean \(verified\): Kronecker factors swapped: kron\(I\(a_out \* b_out\), W\) \* vec\(phi\(Z\)\)/,
    );
  });

  it("of another size, with parts that do not fit, or that cannot be read is told as that", () => {
    const told: [string, string, RegExp][] = [
      ["vec(phi(Z))", "wrong size", /the line before is m·a_out·b_out × 1, this is h·h·d·a_out·b_out × 1$/],
      ["W*W", "wrong size", /W is m × h·h·d and W is m × h·h·d/],
      ["kron(I(q), W)*vec(phi(Z))", "wrong size", /q/],
      ["X*vec(Z)", "wrong size", /it has no size: X is not declared/],
      ["kron(I(d)", "unreadable", /a \( is never closed/],
      ["vec(W*phi(Z)) = 1", "unreadable", /the line alone, without "="/],
      ["", "open", /nothing is written yet/],
      ["□", "open", /nothing is written yet/],
    ];
    for (const [line, outcome, text] of told) {
      const answer = layer().answer(line);
      assert.equal(answer.outcome, outcome, `${line}: ${answer.text}`);
      assert.match(answer.text, text);
    }
  });

  it("that is no text is refused in words of ours", () => {
    for (const came of [7, undefined, null])
      assert.throws(
        () => layer().answer(came as never),
        /TypeError: answer: came .*; needed the line as a text/,
      );
  });

  it("that is not right leaves the sheet as it was", () => {
    const ex = layer();
    ex.answer(right);
    const before = JSON.stringify(recordOfSheet(ex.sheet).lines);
    for (const line of ["vec(W*phi(Z))", "kron(W, I(a_out*b_out))*vec(phi(Z))", "W", "kron("])
      ex.answer(line);
    assert.equal(ex.answer("kron(W, I(a_out*b_out))*vec(phi(Z))", 2).outcome, "wrong");
    const { lines, exercise } = recordOfSheet(ex.sheet);
    assert.equal(JSON.stringify(lines), before);
    assert.deepEqual(
      exercise?.asked.map(({ line, outcome }) => [line, outcome]),
      [
        [2, "right"],
        [3, "unreadable"],
      ],
    );
  });

  it("given twice says the same, and a line that is named can be written anew, in any order", () => {
    const ex = layer();
    assert.equal(ex.answer(last, 3).outcome, "right");
    assert.equal(
      ex.answer(right).text,
      "line 2: right, by vec-of-product (✓ all sizes)\nThe derivation is complete.",
    );
    assert.equal(ex.answer(right).line, 2);
    assert.equal(ex.answer("kron(I(b_out*a_out), W)*vec(phi(Z))", 2).outcome, "right");
    assert.match(recordOfSheet(ex.sheet).lines[1].text, /b_out \* a_out/);
    assert.equal(
      ex.answer("vec(W*phi(Z))").line,
      3,
      "where every line is there, the last one is answered anew",
    );
    assert.equal(ex.complete, true);
    assert.throws(() => ex.answer(right, 7), /ExerciseError: line 7 is not asked for; asked for are 2, 3/);
    assert.throws(() => begun("vec(W)").answer("vec(W)"), /ExerciseError: no line is asked for/);
  });

  it("may use the rule in any way where no factor was named, and the next line follows from that", () => {
    const ex = begun("vec(A*B)").blank("vec-of-product");
    assert.equal(ex.answer("kron(B', I(m))*vec(A)").outcome, "right");
    const two = begun("vec(A*B + A*B)").blank("vec-of-sum").blank("vec-of-product").blank("vec-of-product");
    two.answer("vec(A*B) + vec(A*B)");
    assert.equal(two.answer("vec(A*B) + kron(B', I(m))*vec(A)").outcome, "right");
    assert.equal(two.answer("kron(I(k), A)*vec(B) + kron(B', I(m))*vec(A)").outcome, "right");
  });
});

describe("hints", () => {
  it("name the rule, then state it, then show where it applies; never the line", () => {
    const ex = layer();
    assert.equal(ex.hint().text, "line 2: use vec-of-product");
    assert.match(ex.hint().text, /it says \(mathlib .*\): \\operatorname\{vec\}\(A X B\) = /);
    const all = ex.hint().text;
    assert.match(all, /it applies to vec\(W \* phi\(Z\)\), keeping phi\(Z\)/);
    assert.match(all, /that was the last hint; solution\(\) shows the whole derivation$/);
    assert.equal(ex.hint().text, all);
    assert.doesNotMatch(all, /kron\(I/);
    ex.answer(right);
    assert.equal(ex.hint().text, "line 3: use eq (4)");
  });

  it("for a written line give its reason, its size and its form", () => {
    const ex = begun("vec(A*B)").blankEq("kron(B', I(m))*vec(A)", "X3");
    const texts = [ex.hint(), ex.hint(), ex.hint()].map(({ parts }) => parts[parts.length - 1].text);
    assert.deepEqual(texts, ["X3", "it is k·m × 1", "it has the form kron(□', I(□)) * vec(□)"]);
  });

  it("say what to write first where the line before is open", () => {
    const ex = layer();
    const texts = [ex.hint(3), ex.hint(3), ex.hint(3)].map(({ parts }) => parts[parts.length - 1].text);
    assert.equal(texts[2], "first write the line before");
  });
});

describe("an exercise at its end", () => {
  it("gives its derivation once every line is there, each with a certificate", () => {
    const ex = layer();
    assert.throws(() => ex.derivation, /ExerciseError: lines 2, 3 are still open/);
    ex.answer(right);
    assert.throws(() => ex.derivation, ExerciseError);
    const record = recordOfAnswer(ex.answer(last));
    assert.match(record.remark?.parts[0].text ?? "", /The derivation is complete\.$/);
    assert.equal(record.level, "all sizes");
    assert.equal(print(ex.derivation.last), "kron(I(a_out * b_out), W) * P * vec(Z)");
    const statements = record.lines
      .slice(1)
      .map(({ certificate }) => (certificate as { statement: string }).statement);
    assert.deepEqual(statements, [
      "vec(W * phi(Z)) = kron(I(a_out * b_out), W) * vec(phi(Z))",
      "kron(I(a_out * b_out), W) * vec(phi(Z)) = kron(I(a_out * b_out), W) * P * vec(Z)",
    ]);
  });

  it("shows the solution to who asks for it, and leaves the sheet as it was", () => {
    const ex = layer();
    assert.equal(print(ex.solution().last), "kron(I(a_out * b_out), W) * P * vec(Z)");
    assert.deepEqual(ex.open, [2, 3]);
    ex.answer(right);
    assert.deepEqual(ex.reset().open, [2, 3]);
  });
});
