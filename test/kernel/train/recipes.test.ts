import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readConfig } from "../../../kernel/train/config.js";
import { network } from "../../../src/network/network.js";

const folder = fileURLToPath(new URL("../../../bench/train/mnist/", import.meta.url));
const recipes = readdirSync(folder).filter((file) => file.endsWith(".json"));

/** The accuracy in percent of the last line of a log. */
function lastAccuracy(log: string): number {
  const all = [...log.matchAll(/accuracy (\d+\.\d+) %/g)];
  return Number(all.at(-1)?.[1]);
}

describe("the recipes for all of MNIST", () => {
  it("are one of stochastic gradient and one of Newton's method", () =>
    assert.deepEqual(recipes, ["newton.json", "sg.json"]));

  for (const file of recipes)
    it(`${file} is a training of the 62,026 numbers, and its log ends above 99.1 %`, () => {
      const config = readConfig(`${folder}${file}`);
      assert.equal(network(config.network).n, 62_026);
      assert.deepEqual([config.data, config.validation], [{ digits: "train" }, { digits: "test" }]);
      assert.ok(lastAccuracy(readFileSync(`${folder}${file.replace("json", "log")}`, "utf8")) >= 99.1);
    });
});
