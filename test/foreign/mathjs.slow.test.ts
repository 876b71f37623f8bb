import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a program that knows philab's index, and whether mathjs's file has been read. */
function printed(program: string): string {
  const text = `
    import { createRequire } from "node:module";
    import * as philab from "./src/index.js";
    const { cache } = createRequire(${JSON.stringify(`${root}package.json`)});
    const isLoaded = () => Object.keys(cache).some((file) => file.includes("mathjs"));
    ${program}`;
  const options = ["--import", "tsx", "--input-type=module", "--eval", text];
  return execFileSync(process.execPath, options, { cwd: root, encoding: "utf8" }).trim();
}

describe("mathjs, in a Node of its own", () => {
  it("is not loaded by vec, mat, phi, relu or a statement that is proved, and is by math", () => {
    const program = `
      const Z = philab.matrix(1, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
      const v = philab.vec(philab.relu(philab.phi(Z, philab.convShape({ a: 3, b: 3, d: 1, h: 2 }))));
      const L = philab.lecture\`dims m n; A : m x n; B : m x n\`;
      const { level } = L.check("sum", "(A + B)' = B' + A'");
      const before = [philab.mat(v, 4, 4).rows, level, isLoaded()];
      console.log(JSON.stringify([...before, philab.math.evaluate("1 + 2"), isLoaded()]));`;
    assert.equal(printed(program), '[4,"all sizes",false,3,true]');
  });

  it("knows our names however it is first reached: matrices made by toMath show themselves", () => {
    const program = `
      const M = philab.toMath(philab.eye(2));
      console.log(typeof M[Symbol.for("Jupyter.display")], philab.math.typeOf(M));`;
    assert.equal(printed(program), "function DenseMatrix");
  });
});
