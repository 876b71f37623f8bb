import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tilesAddon } from "../../src/engine/x86/tiles.js";
import type * as Philab from "../../src/index.js";
import type * as Numbers from "../../src/numbers.js";

const dist = new URL("../../dist/src/", import.meta.url);

/** The files that are loaded with one, by their imports. */
function loadedBy(entry: string): Set<string> {
  const files = new Set([new URL(entry, dist).href]);
  for (const file of files)
    for (const [, path] of readFileSync(new URL(file), "utf8").matchAll(
      /^(?:im|ex)port [^;]*? from "(\.[^"]+)"/gm,
    ))
      files.add(new URL(path!, file).href);
  return files;
}

describe("the files that compute", () => {
  it("are one file for Node, and a door each: philab/numbers loads under ten", () => {
    const files = loadedBy("numbers.js");
    assert.ok(files.has(new URL("joined.js", dist).href));
    assert.ok(files.size < 10, `${files.size} files`);
  });

  it("are there once: every file of their rooms but the way to BLAS, and to threads, is a door", () => {
    const isApart = /^native\/|hardThread\.node\.ts$/;
    for (const room of ["numeric", "engine", "operations", "layers", "network", "optimise"]) {
      const names = readdirSync(new URL(`../../src/${room}`, import.meta.url), {
        recursive: true,
        encoding: "utf8",
      });
      for (const name of names.filter((file) => /(?<!\.d)\.ts$/.test(file) && !isApart.test(file)))
        assert.match(
          readFileSync(new URL(`${room}/${name.replace(/ts$/, "js")}`, dist), "utf8"),
          /^export \{.*\} from "[./]+joined\.js";\n$/,
          name,
        );
    }
  });

  it("read the machine code that the assembler writes, and refuse what is damaged", async () => {
    const folder = mkdtempSync(join(tmpdir(), "philab-joined-"));
    const names = ["joined.js", "machineCode.float32", "machineCode.float64"];
    for (const name of names) copyFileSync(new URL(name, dist), join(folder, name));
    const { engine_x86_tiles_tilesAddon: read } = await import(join(folder, "joined.js"));
    for (const type of ["float32", "float64"] as const) {
      assert.ok(Buffer.from(read(type)).equals(tilesAddon(type)), type);
      truncateSync(join(folder, `machineCode.${type}`), 4096);
      assert.throws(() => read(type), /machineCode\.float\d\d is damaged/);
    }
    rmSync(folder, { recursive: true });
  });

  it("name in both entries the same values, by their public names, and one engine", async () => {
    const philab: typeof Philab = await import(new URL("index.js", dist).href);
    const numbers: typeof Numbers = await import(new URL("numbers.js", dist).href);
    const { vec: _v, mat: _m, phi: _p, relu: _r, reluPrime: _d, objective: _o, ...both } = numbers;
    const all = new Map<string, unknown>(Object.entries(philab));
    for (const [name, value] of Object.entries(both)) assert.equal(all.get(name), value, name);
    for (const [name, value] of Object.entries(numbers))
      if (typeof value === "function") assert.equal(value.name, name);
    const Z = numbers.resident(numbers.matrix(64, 64));
    philab.release(Z);
    assert.throws(() => numbers.sum(Z), Error);
  });
});
