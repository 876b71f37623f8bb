import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { momentaryName } from "../../kernel/disk/leftovers.js";
import { writeAtomically } from "../../kernel/disk/writeAtomically.js";
import { run as exportCommand } from "../../kernel/notebook/commands/export.js";
import { runOne } from "../../kernel/notebook/commands/runOne.js";
import { NotebookError } from "../../kernel/notebook/format/error.js";
import { refuseOthers } from "../../kernel/notebook/format/language.js";
import { injectParameters } from "../../kernel/notebook/format/parameters.js";
import { oneLine, plainText } from "../../kernel/notebook/format/plainText.js";
import { formatNotebook } from "../../kernel/notebook/format/write.js";
import { code, notebook } from "./build.js";
import { removeTempFolders, tempFolder } from "./tempFolder.js";

describe("a file that is written", () => {
  after(removeTempFolders);

  it("keeps who may read it, and a link stays a link", async () => {
    const folder = await tempFolder();
    const [file, link] = [join(folder, "own.html"), join(folder, "link.html")];
    writeFileSync(file, "old");
    chmodSync(file, 0o600);
    symlinkSync(file, link);
    await writeAtomically(link, "new");
    assert.equal(readFileSync(file, "utf8"), "new");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(lstatSync(link).isSymbolicLink());
  });

  it("takes away what a killed writer of it has left, and nothing that somebody may still write", async () => {
    const folder = await tempFolder();
    const file = join(folder, "a.ipynb");
    const { pid } = spawnSync(process.execPath, ["-e", ""]); // it has ended
    const machine = /-([0-9a-f]{6})-/.exec(momentaryName("", ""))?.[1];
    const left = (pid: number, where: string, name = "a.ipynb"): string =>
      `.${name}.${pid}-${where}-0123456789ab.part`;
    const others = [
      left(process.pid, machine!),
      left(pid, "00000z"),
      left(pid, "0a0a0a"),
      left(pid, machine!, "b.ipynb"),
      ".a.ipynb.part",
      `.a.ipynb.x${pid}-${machine}-0123456789ab.part`,
    ];
    for (const name of [...others, left(pid, machine!)]) writeFileSync(join(folder, name), "old");
    await writeAtomically(file, "new");
    assert.deepEqual(readdirSync(folder).sort(), [...others, "a.ipynb"].sort());
  });

  it("is a file: a device, a folder and a path without a folder are refused by name", async () => {
    const folder = await tempFolder();
    mkdirSync(join(folder, "sub"));
    for (const [path, why] of [
      ["/dev/null", /^\/dev\/null: not written: it is a device or a pipe; name a file$/],
      [join(folder, "sub"), /sub: not written: it is a folder/],
      [join(folder, "none", "x"), /x: not written: its folder does not exist \(ENOENT\)/],
    ] as const)
      await assert.rejects(writeAtomically(path, "x"), { name: "WriteError", message: why });
    assert.ok(statSync("/dev/null").isCharacterDevice());
  });

  it("is written though the notebook before it cannot be read", async () => {
    const folder = await tempFolder();
    const [broken, whole] = [join(folder, "broken.ipynb"), join(folder, "whole.ipynb")];
    writeFileSync(broken, "{");
    writeFileSync(whole, formatNotebook(notebook(code("1"))));
    assert.equal(await exportCommand([broken, whole]), 1);
    assert.deepEqual(readdirSync(folder), ["broken.ipynb", "whole.html", "whole.ipynb"]);
  });

  it("is never the notebook that it is made from", async () => {
    const file = join(await tempFolder(), "a.ipynb");
    const text = formatNotebook(notebook(code("1")));
    writeFileSync(file, text);
    await assert.rejects(exportCommand([file, "-o", file]), /-o .* is the notebook itself/);
    await assert.rejects(runOne(file, { parameters: [], out: file, seconds: 1 }), /is the notebook itself/);
    assert.equal(readFileSync(file, "utf8"), text);
  });

  it("is a module of each of several notebooks; one that exports nothing is passed over, but alone refused", async () => {
    const folder = await tempFolder();
    const of = (name: string, source: string): string => {
      const file = join(folder, name);
      writeFileSync(file, formatNotebook(notebook(code(source))));
      return file;
    };
    const one = of("01-a.ipynb", "//| export: true\nconst h: number = 1;");
    const none = of("02-b.ipynb", "1 + 1");
    const other = of("03-c.ipynb", "//| export: true\nconst s: number = 2;");
    const silent = console.log;
    console.log = () => {};
    try {
      assert.equal(await exportCommand([one, none, other, "--to", "ts"]), 0);
      assert.deepEqual(readdirSync(join(folder, "generated")), ["01-a.ts", "03-c.ts"]);
      assert.equal(await exportCommand([one, none, other, "--to", "ts", "--check"]), 0);
    } finally {
      console.log = silent;
    }
    assert.equal(await exportCommand([none, "--to", "ts"]), 1);
    await assert.rejects(
      exportCommand([one, other, "-o", folder]),
      /needed one notebook with -o, came 2 names/,
    );
    await assert.rejects(exportCommand([]), /needed a notebook, came 0 names/);
  });
});

describe("text of a notebook", () => {
  it("reaches no terminal as what a terminal obeys", () => {
    assert.equal(oneLine("a\u001b[2J\u202eb\r\nc\u0007"), "a\\u001b[2J\\u202eb\\u000d\\u000ac\\u0007");
    assert.equal(plainText("a\n\tb\u009b"), "a\n\tb\\u009b");
  });

  it("given as a parameter is the same text in the cell, whatever signs it has", () => {
    const text = 'x\u2028"\\\u2029\u202e\n';
    const { cells } = injectParameters(notebook(), [{ name: "t", value: text }]);
    const [, literal = ""] = /let t = (.*);$/m.exec(cells[0]?.source ?? "") ?? [];
    assert.equal(JSON.parse(literal), text);
    assert.doesNotMatch(literal, /[\u2028\u2029\u202e]/);
  });
});

describe("a notebook of another language", () => {
  const spoken = (metadata: Record<string, unknown>) => ({ ...notebook(code("1")), metadata });

  it("is refused with what to do, one of ours or of none is not", () => {
    assert.throws(
      () => refuseOthers(spoken({ kernelspec: { name: "python3", language: "python" } }), "a.ipynb"),
      (error: Error) =>
        error instanceof NotebookError && /its cells are python; philab runs TypeScript/.test(error.message),
    );
    for (const metadata of [
      {},
      { kernelspec: { name: "philab", language: "typescript" } },
      { kernelspec: { name: "tslab" } },
      { language_info: { name: "typescript" } },
    ])
      refuseOthers(spoken(metadata), "a.ipynb");
  });
});
