import assert from "node:assert/strict";
import * as philab from "../../src/index.js";
import * as numbers from "../../src/numbers.js";
import { type Import, importsUnder } from "./imports.js";

/** These take mathjs matrices too in philab, and its objective can be held against what is derived. */
const either = ["mat", "objective", "phi", "relu", "reluPrime", "vec"];

describe("philab/numbers", () => {
  it("names what philab names, the same but for vec, mat, phi, relu, reluPrime and objective", () => {
    const all = new Map<string, unknown>(Object.entries(philab));
    const different = Object.entries(numbers).filter(([name, value]) => all.get(name) !== value);
    assert.deepEqual(different.map(([name]) => name).sort(), either);
    for (const name of either) assert.ok(all.has(name), name);
  });

  it("needs under 180 files, none of mathjs, derivations or pictures, and no package", () => {
    const { files, packages } = neededBy("src/numbers.ts");
    assert.deepEqual([...packages], []);
    assert.ok(files.size < 180, `${files.size} files`);
    assert.deepEqual(
      [...files].filter(
        (file) => !/^src\/(numeric|engine|operations|layers|network|optimise|\w+\.ts)/.test(file),
      ),
      [],
    );
  });
});

/** Everything that is loaded with a file; types are counted too, and what is loaded later where it is asked for. */
function neededBy(start: string): { files: Set<string>; packages: Set<string> } {
  const imports = importsUnder("src").filter(({ to }) => to !== "koffi");
  const [files, packages] = [new Set([start]), new Set<string>()];
  const add = ({ to, isPackage }: Import): unknown => (isPackage ? packages : files).add(to);
  for (const file of files) for (const one of imports.filter(({ from }) => from === file)) add(one);
  return { files, packages };
}
