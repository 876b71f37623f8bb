import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installed, packedFolder } from "../package/packedFolder.js";

describe("the packed package's types", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = packedFolder();
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const moduleResolution of ["NodeNext", "Bundler"]) {
    it(`are there for both entries where modules are resolved as ${moduleResolution} does`, () => {
      const program = `
        import { type LectureMath, type Matrix, lecture, math, vec } from "philab";
        import { type ConvShape, convShape, phi, vec as column } from "philab/numbers";
        const shape: ConvShape = convShape({ a: 3, b: 3, d: 1, h: 2 });
        export const M: Matrix = phi(vec({ rows: 1, cols: 9, data: new Float64Array(9) }), shape);
        export const known: LectureMath = math;
        export const n: number = column(M).rows;
        // @ts-expect-error a matrix is no string
        export const wrong: string = column(M);
        // @ts-expect-error mathjs is not for numbers alone
        column(math.matrix([[1]]));
        export const opened: unknown = lecture;`;
      writeFileSync(join(folder, "typed.ts"), program);
      const module = moduleResolution === "NodeNext" ? "NodeNext" : "ES2022";
      const options = [
        "--noEmit",
        "--strict",
        "--target",
        "ES2022",
        "--lib",
        "ES2023,DOM",
        "--types",
        "node",
      ];
      const how = ["--module", module, "--moduleResolution", moduleResolution];
      const tsc = join(installed, "typescript/bin/tsc");
      const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...how, "typed.ts"], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.equal(stdout, "");
    });
  }
});
