import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apiPage } from "../../docs/generate/apiPage.js";
import { type PublicName, publicNames, type Section } from "../../docs/generate/publicNames.js";
import * as philab from "../../src/index.js";
import { root } from "./imports.js";

describe("the public names", function () {
  this.timeout(120_000);
  let sections: readonly Section[];
  let names: readonly PublicName[];

  before(() => {
    sections = publicNames();
    names = sections.flatMap((section) => section.names);
  });

  it("have a docstring each, and so have their members", () => {
    const bare = names.flatMap(({ name, doc, members }) => [
      ...(doc ? [] : [name]),
      ...members.filter((member) => !member.doc).map((member) => `${name}.${member.name}`),
    ]);
    assert.deepEqual(bare, []);
  });

  it("are read with their members: inherited ones, those of plot, and no private ones", () => {
    const membersOf = (wanted: string): string[] =>
      names.find(({ name }) => name === wanted)!.members.map(({ name }) => name);
    assert.deepEqual(membersOf("ImageMatrix").sort(), ["a", "b", "cols", "d", "data", "rows"]);
    assert.deepEqual(membersOf("plot"), ["image", "heatmap", "sparsity", "lines", "bars", "training"]);
    assert.ok(
      membersOf("TaggedVerdict").includes("certificate") && membersOf("TaggedVerdict").includes("tag"),
    );
    assert.ok(!membersOf("Answer").includes("judgement"));
    const values = Object.keys(philab);
    assert.deepEqual(
      values.filter((value) => !names.some(({ name }) => name === value)),
      [],
    );
  });

  it("stand on docs/api.md as they are: npm run api writes it anew", () => {
    const light = new Set(
      publicNames("src/numbers.ts").flatMap((section) => section.names.map(({ name }) => name)),
    );
    assert.equal(readFileSync(join(root, "docs/api.md"), "utf8"), apiPage(sections, light));
  });

  it("are reached by the list at the top of the page, each where GitHub puts its heading", () => {
    const page = readFileSync(join(root, "docs/api.md"), "utf8");
    const headings = [...page.matchAll(/^### (\w+)$/gm)].map(([, name]) => name!.toLowerCase());
    const anchors = headings.map((name, k) => {
      const before = headings.slice(0, k).filter((other) => other === name).length;
      return before > 0 ? `${name}-${before}` : name;
    });
    assert.deepEqual(
      [...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor),
      anchors,
    );
  });
});
