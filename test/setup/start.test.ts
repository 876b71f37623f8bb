import assert from "node:assert/strict";
import { readLabArguments } from "../../kernel/setup/start.js";

describe("philab lab", () => {
  it("opens a browser unless it is told not to, at Jupyter's port unless one is named", () => {
    assert.deepEqual(readLabArguments([]), { browser: true });
    assert.deepEqual(readLabArguments(["--no-browser", "--port", "8900"]), { browser: false, port: 8900 });
  });

  for (const port of ["0", "65536", "8o80", "1.5", ""]) {
    it(`refuses port "${port}" and says what is needed`, () => {
      assert.throws(() => readLabArguments([`--port=${port}`]), /needed a whole number from 1 to 65535/);
    });
  }

  it("refuses words it does not know", () => {
    assert.throws(() => readLabArguments(["--prot", "1"]), /--prot/);
  });
});
