import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

const program = join(packageRoot(), "bin", "philab.js");
const notebook = join(packageRoot(), "notebooks", "03-deriving-the-linear-maps.ipynb");

describe("philab verify", () => {
  after(removeTempFolders);

  it("checks every certificate in a notebook anew", () => {
    const text = execFileSync(process.execPath, [program, "verify", notebook], { encoding: "utf8" });
    const [, held, all] = /(\d+) of (\d+) statements hold \(fresh seed \d+\)/.exec(text) ?? [];
    assert.ok(Number(held) >= 7 && held === all, text);
  });

  it("fails and says where, once a statement was changed", async () => {
    const folder = await tempFolder();
    const forged = join(folder, "forged.ipynb");
    const json = readFileSync(notebook, "utf8");
    const from = "phi(Z) = mat(P * vec(Z), h * h * d_in, a_out * b_out)";
    assert.ok(json.includes(from));
    writeFileSync(forged, json.replaceAll(from, "phi(Z) = 2 * mat(P * vec(Z), h * h * d_in, a_out * b_out)"));
    const { status, stdout } = spawnSync(process.execPath, [program, "verify", forged], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stdout, /cell \d+, \(4\): phi\(Z\) = 2 \* mat.*does not hold: the two sides differ at/);
  });

  it("does not call a notebook without certificates verified", () => {
    const without = join(packageRoot(), "notebooks", "01-convolution-as-a-matrix-product.ipynb");
    const { status, stdout } = spawnSync(process.execPath, [program, "verify", without], {
      encoding: "utf8",
    });
    assert.deepEqual([status, /no certificates/.test(stdout)], [1, true]);
  });
});
