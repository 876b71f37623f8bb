import assert from "node:assert/strict";
import { inspect } from "node:util";
import { lazily } from "../../src/foreign/lazily.js";

class Point {
  constructor(
    public x: number,
    readonly y: number,
  ) {}
  length(): number {
    return Math.hypot(this.x, this.y);
  }
}

describe("lazily", () => {
  const made: Point[] = [];
  const point = lazily(() => {
    made.push(new Point(3, 4));
    return made.at(-1)!;
  });

  it("makes nothing before it is looked into, and one object after", () => {
    assert.equal(made.length, 0);
    assert.equal(point.length(), 5);
    assert.equal(point.x, 3);
    assert.equal(made.length, 1);
  });

  it("is written through, in every way an object can be", () => {
    point.x = 6;
    assert.equal(made[0]!.x, 6);
    Object.defineProperty(point, "z", { value: 1, enumerable: true });
    assert.equal((made[0] as unknown as { z: number }).z, 1);
    assert.ok("z" in point && !("w" in point));
    assert.deepEqual(Object.keys(point), ["x", "y", "z"]);
    assert.ok(point instanceof Point);
    Object.assign(point, { w: 2 });
    assert.ok(Reflect.deleteProperty(point, "w") && !("w" in made[0]!));
  });

  it("describes properties that are fixed in what was made", () => {
    const frozen = lazily(() => Object.freeze({ one: 1 }));
    assert.equal(Object.getOwnPropertyDescriptor(frozen, "one")?.value, 1);
    assert.deepEqual({ ...frozen }, { one: 1 });
  });

  it("shows itself in a terminal as what was made", () => {
    assert.equal(inspect(lazily(() => new Point(1, 2))), "Point { x: 1, y: 2 }");
  });
});
