import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isInstalled, ownDataFolder } from "../../kernel/place/userData.js";
import { startLab } from "../../kernel/setup/labServer.js";
import { copyCourse, openedFolder } from "../../kernel/setup/openedFolder.js";
import { uninstall } from "../../kernel/setup/uninstall.js";
import { freePorts } from "../freePorts.js";

describe("an installed package", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "philab-folders-"))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const installed = (): string => join(folder, "node_modules", "philab");

  it("is told from a checkout, and keeps what must outlive it in the user's folder", () => {
    assert.ok(isInstalled(installed()) && !isInstalled(folder));
    assert.equal(ownDataFolder({ XDG_DATA_HOME: "/x" }, "linux"), join("/x", "philab"));
    assert.equal(ownDataFolder({ PHILAB_DATA: "/y" }, "linux"), "/y");
  });

  it("opens the folder that one is in, or the one that is named, and none of its own", () => {
    const here = join(folder, "mine");
    assert.equal(openedFolder(undefined, installed(), here), here);
    assert.equal(openedFolder("course", installed(), here), join(here, "course"));
    assert.ok(existsSync(join(here, "course")));
    assert.throws(
      () => openedFolder(join(installed(), "notebooks"), installed(), here),
      /lies in the installed package, which an upgrade empties; name another folder/,
    );
    assert.equal(openedFolder(undefined, folder, here), join(folder, "notebooks"));
  });

  it("copies the course once: what a reader has written stays", () => {
    const [course, mine] = [join(installed(), "notebooks"), join(folder, "mine")];
    mkdirSync(course, { recursive: true });
    mkdirSync(mine);
    for (const name of ["01.ipynb", "02.ipynb"]) writeFileSync(join(course, name), "course");
    writeFileSync(join(mine, "01.ipynb"), "mine");
    assert.deepEqual(copyCourse(mine, installed()), [join(mine, "02.ipynb")]);
    assert.equal(readFileSync(join(mine, "01.ipynb"), "utf8"), "mine");
    assert.deepEqual(copyCourse(mine, installed()), []);
  });

  it("is uninstalled with what it wrote, and nothing that others did", () => {
    const target = { kind: "prefix", prefix: folder } as const;
    const [kernel, plugin] = ["kernels", "labextensions"].map((name) =>
      join(folder, "share/jupyter", name, "philab"),
    );
    mkdirSync(kernel as string, { recursive: true });
    mkdirSync(plugin as string, { recursive: true });
    writeFileSync(join(kernel as string, "kernel.json"), '{"argv":["node","/x/philab/dist/kernel/main.js"]}');
    writeFileSync(join(plugin as string, "install.json"), '{"packageName": "another"}');
    assert.deepEqual(uninstall(target), [kernel]);
    assert.ok(!existsSync(kernel as string) && existsSync(plugin as string));
    assert.deepEqual(uninstall(target), []);
  });

  const lab = (python: string) => ({ python, notebooks: folder, browser: false, report: () => {} });

  it("is known by its address when it answers there, which it names a moment before", async () => {
    const late = join(folder, "late.mjs"); // in Python's place
    const text = `#!${process.execPath}
      import { createServer } from "node:http";
      const port = process.argv.find((word) => word.includes("port=")).split("=")[1];
      console.error(\`http://127.0.0.1:\${port}/lab?token=1\`);
      setTimeout(() => createServer((_, answer) => answer.end("here")).listen(port, "127.0.0.1"), 500);`;
    writeFileSync(late, text, { mode: 0o755 });
    const server = await startLab({ ...lab(late), port: (await freePorts(1))[0]! });
    try {
      assert.equal(await (await fetch(server.url)).text(), "here");
    } finally {
      await server.stop();
    }
  });

  it("says that a port is in use, and takes no other", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
    );
    await assert.rejects(startLab({ ...lab("python3"), port }), {
      name: "SetupError",
      message: `port ${port} is in use; name another with --port, or leave it out`,
    });
    server.close();
  });
});
