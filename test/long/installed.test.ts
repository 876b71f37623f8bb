import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { LabUnavailable, prepareLab } from "../browser/labSession.js";
import { freePorts } from "../freePorts.js";
import { type Exchange, resultText, startKernel } from "../kernel/client.js";
import { code, notebook } from "../notebook/build.js";
import { printedAddress } from "../setup/printedAddress.js";

/** Higher than any version of ours. */
const next = "999.0.0";

describe("the packed package, in an empty folder", function () {
  this.timeout(400_000);
  let folder: string;
  let env: NodeJS.ProcessEnv;
  const [home, app] = ["home", "app"].map((name) => () => join(folder, name)) as [() => string, () => string];
  const inHome = (...path: string[]): string => join(home(), ".local", ...path);
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: app(), env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const philab = (...args: string[]): string => run("npx", "--no-install", "philab", ...args);
  const archives: string[] = [];

  before(function () {
    if (process.platform !== "linux") this.skip();
    folder = mkdtempSync(join(tmpdir(), "philab-installed-"));
    for (const made of [home(), app()]) mkdirSync(made);
    env = {
      ...withoutJupyter(process.env),
      HOME: home(),
      npm_config_cache: execFileSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).trim(),
      npm_config_userconfig: join(homedir(), ".npmrc"),
    };
    archives.push(pack(packageRoot(), folder));
    const unpacked = join(folder, "next");
    mkdirSync(unpacked);
    execFileSync("tar", ["-xzf", archives[0] as string, "-C", unpacked]);
    const file = join(unpacked, "package", "package.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), version: next }));
    archives.push(pack(join(unpacked, "package"), folder));
    writeFileSync(join(app(), "package.json"), '{ "private": true }');
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  const add = (archive: string | undefined): string =>
    run("npm", "install", "--no-audit", "--no-fund", "--prefer-offline", archive as string);

  const installedSpec = (): { argv: string[] } =>
    JSON.parse(readFileSync(inHome("share/jupyter/kernels/philab/kernel.json"), "utf8"));

  /** What the installed kernel answers, started as Jupyter would. */
  async function answer(source: string): Promise<unknown> {
    return resultText((await execute(source)).iopub);
  }

  async function execute(source: string): Promise<Exchange> {
    const { argv } = installedSpec();
    const kernel = await startKernel({
      folder: app(),
      env: { ...env, PHILAB_HISTORY: "" },
      command: (file) => argv.map((word) => (word === "{connection_file}" ? file : word)),
    });
    try {
      return await kernel.execute(source);
    } finally {
      await kernel.stop();
    }
  }

  it("is installed, and its kernel starts from a kernelspec that names nothing in the package but the package", async () => {
    add(archives[0]);
    philab("install", "--user");
    const { argv } = installedSpec();
    assert.ok(!argv[0]?.includes("node_modules/philab"), argv[0]);
    assert.equal(argv[1], inHome("share/jupyter/kernels/philab/start.mjs"));
    assert.equal(argv[2], join(app(), "node_modules/philab/dist/kernel/main.js"));
    assert.equal(
      await answer(
        "const before = 20; phi(matrix(1, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]), convShape({ a: 3, b: 3, d: 1, h: 2 })).cols",
      ),
      "4",
    );
  });

  it("opens the reader's folder in JupyterLab, and writes nothing into the package", async function () {
    try {
      await prepareLab();
    } catch (error) {
      if (error instanceof LabUnavailable) this.skip();
      throw error;
    }
    cpSync(join(packageRoot(), ".venv"), inHome("share/philab/venv"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    const before = contents(join(app(), "node_modules/philab"));
    const [port] = (await freePorts(1)) as [number];
    const words = ["--no-install", "philab", "lab", "--course", "--no-browser", "--port", String(port)];
    const lab = spawn("npx", words, { cwd: app(), env, stdio: ["ignore", "pipe", "ignore"], detached: true });
    const address = await printedAddress(lab);
    await put(address, "mine.ipynb", notebook(code("const mine = 1;")));
    const [first] = readdirSync(app()).filter((name) => /^01.*\.ipynb$/.test(name));
    await put(address, first as string, notebook(code("const alsoMine = 1;")));
    process.kill(-(lab.pid as number), "SIGINT");
    await once(lab, "close");
    assert.match(readFileSync(join(app(), "mine.ipynb"), "utf8"), /const mine = 1/);
    assert.deepEqual(contents(join(app(), "node_modules/philab")), before);
  });

  it("is upgraded: notebooks, history and the kernel of the old kernelspec are there", async () => {
    mkdirSync(join(app(), "notebooks"), { recursive: true });
    writeFileSync(join(app(), "notebooks", "written.ipynb"), JSON.stringify(notebook(code("const w = 1;"))));
    const [files, spec] = [ownFiles(app()), installedSpec()];
    add(archives[1]);
    assert.equal(philab("--version").trim(), next);
    assert.deepEqual(ownFiles(app()), files);
    assert.deepEqual(installedSpec(), spec);
    assert.equal(await answer("20 + 1"), "21");
    philab("install", "--user");
    assert.deepEqual(installedSpec(), spec);
    assert.equal(await answer("20 + 2"), "22");
    const history = readFileSync(inHome("state/philab/history.jsonl"), "utf8");
    for (const source of ["const before = 20", "20 + 1", "20 + 2"])
      assert.ok(history.includes(source), history);
  });

  it("is removed by npm alone: the kernelspec's kernel says in the notebook what to do, and what is installed again runs", async () => {
    run("npm", "uninstall", "--no-audit", "--no-fund", "philab");
    assert.match(
      String((await execute("1 + 1")).reply.content.evalue),
      /philab is not where .*npx philab install.*jupyter kernelspec remove philab/s,
    );
    add(archives[1]);
    assert.equal(await answer("20 + 3"), "23");
  });

  it("is uninstalled: kernelspec and plugin go, all that the reader wrote stays", () => {
    const files = ownFiles(app());
    philab("uninstall", "--user");
    run("npm", "uninstall", "--no-audit", "--no-fund", "philab");
    assert.ok(!existsSync(join(app(), "node_modules/philab")));
    assert.deepEqual(ownFiles(app()), files);
    for (const kind of ["kernels", "labextensions"])
      assert.ok(!existsSync(inHome("share/jupyter", kind, "philab")), kind);
    assert.ok(existsSync(inHome("state/philab/history.jsonl")));
  });
});

/** The archive that `npm pack` makes of what is built. */
function pack(root: string, into: string): string {
  const words = ["pack", "--ignore-scripts", "--json", "--pack-destination", into];
  const [{ filename }] = JSON.parse(execFileSync("npm", words, { cwd: root, encoding: "utf8" }));
  return join(into, filename);
}

function withoutJupyter(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(?:JUPYTER|XDG_|PHILAB_|npm_|NODE_OPTIONS)/.test(name)),
  );
}

/** Paths, sizes and times of all files below. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !path.includes("service.blob"))
    .map((path) => {
      const { size, mtimeMs } = statSync(join(folder, path));
      return `${path} ${size} ${mtimeMs}`;
    })
    .sort();
}

/** The reader's files and what is in them. */
function ownFiles(folder: string): (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ipynb") && !/node_modules|checkpoints/.test(path))
    .sort()
    .map((path) => [path, readFileSync(join(folder, path), "utf8")]);
}

async function put(address: URL, path: string, content: unknown): Promise<void> {
  const answer = await fetch(new URL(`/api/contents/${path}${address.search}`, address), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "notebook", format: "json", content }),
  });
  assert.ok(answer.ok, await answer.text());
}
