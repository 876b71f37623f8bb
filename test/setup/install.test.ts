import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { fastestRuntime } from "../../kernel/place/runtime.js";
import { install } from "../../kernel/setup/install.js";
import { dataFolder, readInstallTarget, userDataFolder } from "../../kernel/setup/installTarget.js";
import { replaceFolder } from "../../kernel/setup/replaceFolder.js";

describe("install", () => {
  let folder: string;
  let root: string;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const target = () => ({ kind: "prefix", prefix: join(folder, "prefix") }) as const;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-install-"));
    root = join(folder, "root");
    write("root/dist/kernel/main.js", "");
    write("root/dist/kernel/start.mjs", "launcher");
    write("root/dist/labextension/package.json", '{ "name": "philab" }');
    write("root/dist/labextension/static/remoteEntry.js", "entry");
    write("root/kernel/setup/logo/logo-svg.svg", "<svg/>");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("writes a kernelspec that starts the kernel from any folder, and is interrupted by message", () => {
    const { kernelspec } = install(target(), root);
    const spec = JSON.parse(readFileSync(join(kernelspec, "kernel.json"), "utf8"));
    assert.deepEqual(spec.argv, [
      fastestRuntime().node,
      join(kernelspec, "start.mjs"),
      join(root, "dist/kernel/main.js"),
      "{connection_file}",
    ]);
    assert.ok(existsSync(spec.argv[0]));
    assert.ok(isAbsolute(spec.argv[1]));
    assert.equal(readFileSync(spec.argv[1], "utf8"), "launcher");
    assert.equal(spec.display_name, "TypeScript (philab)");
    assert.equal(spec.language, "typescript");
    assert.equal(spec.interrupt_mode, "message");
    assert.equal(spec.kernel_protocol_version, "5.5");
    assert.deepEqual(spec.metadata.supported_encryption, ["curve"]);
    assert.equal(kernelspec, join(folder, "prefix/share/jupyter/kernels/philab"));
    assert.ok(existsSync(join(kernelspec, "logo-svg.svg")));
  });

  it("puts the plugin in a folder called as its package is, with who installed it", () => {
    const { labextension } = install(target(), root);
    assert.equal(labextension, join(folder, "prefix/share/jupyter/labextensions/philab"));
    assert.equal(readFileSync(join(labextension, "static/remoteEntry.js"), "utf8"), "entry");
    assert.equal(JSON.parse(readFileSync(join(labextension, "install.json"), "utf8")).packageName, "philab");
  });

  it("writes the same again the second time, without what an older version had", () => {
    const { labextension, kernelspec } = install(target(), root);
    writeFileSync(join(labextension, "static/old.js"), "");
    install(target(), root);
    assert.deepEqual(readdirSync(join(labextension, "static")), ["remoteEntry.js"]);
    assert.deepEqual(readdirSync(dirname(kernelspec)), ["philab"]);
  });

  it("names the missing part and the command that makes it, and writes nothing", () => {
    rmSync(join(root, "dist/labextension"), { recursive: true });
    assert.throws(
      () => install(target(), root),
      /labextension.package\.json is missing; "npm run build:lab" makes it/,
    );
    assert.ok(!existsSync(join(folder, "prefix")));
  });

  it("names the path and the reason where it cannot write", () => {
    write("prefix/share/jupyter/kernels", "a file in the way");
    assert.throws(() => install(target(), root), /kernels.philab: could not be written: .*(ENOTDIR|EEXIST)/);
  });
});

describe("replaceFolder", () => {
  it("leaves the old folder whole where the new one fails half-way", () => {
    const parent = mkdtempSync(join(tmpdir(), "philab-replace-"));
    const target = join(parent, "plugin");
    mkdirSync(target);
    writeFileSync(join(target, "old"), "");
    const fails = (fresh: string): void => {
      writeFileSync(join(fresh, "half"), "");
      throw new Error("disk full");
    };
    assert.throws(() => replaceFolder(target, fails), /plugin: could not be written: disk full/);
    assert.deepEqual(readdirSync(parent), ["plugin"]);
    assert.deepEqual(readdirSync(target), ["old"]);
    rmSync(parent, { recursive: true });
  });
});

describe("install targets", () => {
  it("are --prefix P, --sys-prefix and --user, the last by default", () => {
    assert.deepEqual(readInstallTarget(["--prefix", "/opt/x"]), { kind: "prefix", prefix: "/opt/x" });
    assert.deepEqual(readInstallTarget(["--sys-prefix"]), { kind: "sys-prefix" });
    assert.deepEqual(readInstallTarget([]), { kind: "user" });
    assert.equal(dataFolder({ kind: "prefix", prefix: "/opt/x" }), join("/opt/x", "share", "jupyter"));
  });

  for (const words of [["--prefix"], ["--prefix", "--user"], ["--user", "x"], ["--home"]]) {
    it(`are not "${words.join(" ")}"`, () => {
      assert.throws(
        () => readInstallTarget(words),
        /came ".*"; needed one of --prefix FOLDER, --sys-prefix, --user/,
      );
    });
  }

  it("of one user lie where each system keeps them", () => {
    assert.equal(userDataFolder({ JUPYTER_DATA_DIR: "/data" }, "linux"), "/data");
    assert.equal(userDataFolder({ XDG_DATA_HOME: "/xdg" }, "linux"), join("/xdg", "jupyter"));
    assert.match(userDataFolder({}, "darwin"), /Library.Jupyter$/);
    assert.equal(userDataFolder({ APPDATA: "C:" }, "win32"), join("C:", "jupyter"));
  });
});
