import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { type Arrows, arrowsWithin, onCircles, type Picture, picturesIn, reachedFrom } from "./arrows.js";
import { importsUnder, root } from "./imports.js";

const src = importsUnder("src");
const withRooms = ["src", "src/engine", "src/symbolic"];

describe("the picture of imports", () => {
  for (const folder of withRooms) {
    it(`of ${folder} draws every arrow there is, and none that is not there`, () => {
      assert.deepEqual(
        differences(folder, pictureOf("src/README.md", folder), arrowsWithin(folder, src)),
        [],
      );
    });
  }

  it("shows files and folders that are there on the way from a cell to the eye", () => {
    const named = picturesIn(read("src/README.md")).flatMap(({ text }) => [
      ...text.matchAll(/[\w/.]+\.ts\b/g),
    ]);
    assert.ok(named.length >= 8, "the way names its places");
    assert.deepEqual(
      named.map(([path]) => path).filter((path) => !existsSync(join(root, path))),
      [],
    );
  });
});

describe("imports", () => {
  for (const folder of [...withRooms, ...foldersWithin("src/symbolic"), ...foldersWithin("src/engine")]) {
    it(`go in one direction within ${folder}`, () => {
      assert.deepEqual(onCircles(arrowsWithin(folder, src)), []);
    });
  }

  it("never lead from proof to trial or back", () => {
    const rooms = arrowsWithin("src/symbolic", src);
    assert.ok(!reachedFrom("prove", rooms).has("trial"));
    assert.ok(!reachedFrom("trial", rooms).has("prove"));
  });

  it("never lead from the second program to anything but itself and Node, nor to it but from the command that runs it", () => {
    const own = importsUnder("checker");
    assert.ok(own.length > 30);
    const foreign = own.filter(({ to, isPackage }) =>
      isPackage ? !to.startsWith("node:") : !to.startsWith("checker/"),
    );
    assert.deepEqual(foreign, []);
    const there = [...src, ...importsUnder("kernel")].filter(({ to }) => to.startsWith("checker/"));
    assert.deepEqual(
      there.map(({ from, to }) => `${from} ${to}`),
      ["kernel/notebook/commands/checkProcess.ts checker/judge.ts"],
    );
  });

  it("never lead from what computes to what derives or back", () => {
    const parts = arrowsWithin("src", src);
    for (const computes of ["numeric", "engine", "operations", "layers", "network", "optimise"]) {
      assert.ok(!reachedFrom(computes, parts).has("symbolic"), computes);
      assert.ok(!reachedFrom("symbolic", parts).has(computes), computes);
    }
  });
});

function differences(folder: string, picture: Picture, there: Arrows): string[] {
  const lacking = [...there].filter(([text]) => !picture.arrows.has(text));
  const tooMany = [...picture.arrows.keys()].filter((text) => !there.has(text));
  return [
    ...lacking.map(([text, why]) => `the picture of ${folder} lacks ${text}: ${why}`),
    ...tooMany.map((text) => `the picture of ${folder} draws ${text}, which nothing imports`),
  ];
}

/** The picture that says in a comment whose imports it draws. */
function pictureOf(page: string, folder: string): Picture {
  const found = picturesIn(read(page)).find(({ text }) => text.includes(`%% imports of ${folder}\n`));
  assert.ok(found, `${page} has no picture with the comment "%% imports of ${folder}"`);
  return found;
}

function foldersWithin(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => posix.join(folder, name));
}

function read(page: string): string {
  return readFileSync(join(root, page), "utf8");
}
