import assert from "node:assert/strict";
import {
  apply,
  binary,
  call,
  type Expression,
  name,
  negated,
  number,
  same,
  transposed,
} from "../../../src/symbolic/language/expression.js";
import { parse } from "../../../src/symbolic/language/parse.js";

describe("two expressions", () => {
  // each differs from every other in one thing: kind, sign, name, value, number or order of parts
  const different: readonly Expression[] = [
    number(1),
    number(2),
    name("A"),
    name("B"),
    negated(name("A")),
    transposed(name("A")),
    negated(name("B")),
    binary("+", name("A"), name("B")),
    binary("-", name("A"), name("B")),
    binary("+", name("B"), name("A")),
    call("vec", name("A")),
    apply("A"),
    apply("A", name("A")),
    call("kron", name("A"), name("B")),
    call("kron", name("A")),
    call("kron", name("A"), name("B"), name("B")),
    parse("A*(B*A)"),
    parse("A*B*A"),
  ];

  it("are the same where they are written alike, and nowhere else", () => {
    for (const [i, x] of different.entries()) {
      assert.equal(same(x, structuredClone(x)), true, `${i}`);
      for (const [j, y] of different.entries()) assert.equal(same(x, y), i === j, `${i} and ${j}`);
    }
  });

  it("are the same whatever the order of their fields", () => {
    const [left, right] = [name("A"), name("B")];
    assert.ok(same({ right, op: "+", left, kind: "binary" }, binary("+", left, right)));
  });
});
