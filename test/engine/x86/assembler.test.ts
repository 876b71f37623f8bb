import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { Assembler } from "../../../src/engine/x86/assembler.js";
import { gpr, Label, past } from "../../../src/engine/x86/operands.js";
import { assembled, hasAs } from "./gnu.js";
import { bytesOf, few, instructions, many } from "./instructions.js";

/** Lines "bytes text", what GNU as 2.40 made of the text; PHILAB_WRITE_FIXTURES=1 writes them anew. */
const fixture = new URL("../../fixtures/x86/instructions.txt", import.meta.url);

describe("the assembler of x86-64", () => {
  it("writes the bytes that GNU as writes, by a fixture", () => {
    const lines = readFileSync(fixture, "utf8").trim().split("\n");
    const list = instructions(few);
    const written = bytesOf(list).map((bytes, k) => `${bytes} ${list[k]!.text}`);
    assert.ok(lines.length > 2000);
    assert.deepEqual(written, lines);
  });

  it("writes the bytes of GNU as over all registers and many offsets, where it is installed", function () {
    this.timeout(60_000);
    if (!hasAs()) this.skip();
    for (const operands of [few, many]) {
      const list = instructions(operands);
      const theirs = assembled(list.map(({ text }) => text));
      const ours = bytesOf(list);
      const differing = list.filter((_, k) => ours[k] !== theirs[k]);
      assert.deepEqual(
        differing.slice(0, 5).map(({ text }) => text),
        [],
      );
      if (operands === few && process.env.PHILAB_WRITE_FIXTURES)
        writeFileSync(fixture, `${list.map(({ text }, k) => `${theirs[k]} ${text}`).join("\n")}\n`);
    }
  });

  it("joins jumps and addresses to labels before them and behind, and outside the code", () => {
    const assembler = new Assembler();
    const [back, forth, outside] = [new Label(), new Label(), new Label()];
    assembler.bind(back);
    assembler.jump(forth);
    assembler.jumpIf("ne", back);
    assembler.bind(forth);
    assembler.addressOf(gpr.r9, back);
    assembler.call(forth);
    assembler.callThrough(outside);
    assembler.bind(outside, 4096);
    const code = Buffer.from(assembler.finish(back, forth, outside)).toString("hex");
    assert.equal(code, "e906000000" + "0f85f5ffffff" + "4c8d0deeffffff" + "e8f4ffffff" + "ff15e30f0000");
  });

  it("finishes no code with a label that has no place", () => {
    const assembler = new Assembler();
    const nowhere = new Label();
    assembler.jump(nowhere);
    assert.throws(() => assembler.finish(nowhere), /a label has no place/);
  });

  it("begins at a multiple of so many bytes after align, and grows", () => {
    const assembler = new Assembler();
    for (let k = 0; k < 20_000; k++) assembler.mov(gpr.rax, past(gpr.rbx, 8));
    assembler.align(64);
    assert.equal(assembler.size % 64, 0);
    assert.ok(assembler.finish().length >= 80_000);
  });
});
