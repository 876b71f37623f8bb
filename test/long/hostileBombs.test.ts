import { judgeGroup } from "../hostile/judgePage.js";

describe("a page of a notebook that takes long to read", function () {
  this.timeout(600_000);

  it("is made all the same, the part that takes too long or goes too deep as text", () =>
    judgeGroup("time-bomb"));
});
