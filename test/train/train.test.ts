import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../kernel/cli.js";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { configNames, readConfig } from "../../kernel/train/config.js";
import {
  type Matrix,
  network,
  newton,
  npz,
  objective,
  readOnnx,
  readSafetensors,
  sgd,
} from "../../src/index.js";
import { randomInstances } from "../network/given.js";

const program = join(packageRoot(), "bin", "philab.js");
const size = { input: { a: 6, b: 5, d: 2 }, conv: [{ dOut: 3, h: 3, pad: 1, pool: 2 }], full: [3] };
const net = network(size);
const { Z, y } = randomInstances(net, 40, 1);
const validation = randomInstances(net, 9, 2);

describe("philab train", function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-train-"));
    writeFileSync(join(folder, "data.npz"), npz({ Z, y }));
    writeFileSync(join(folder, "others.npz"), npz({ ...validation }));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = () => join(folder, "net.json");
  const config = (more: object) => {
    const text = JSON.stringify({ network: size, data: { npz: "data.npz" }, ...more });
    writeFileSync(file(), text);
  };
  const train = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, "train", ...args], { encoding: "utf8" });
  /** The same in this process, for what ends before it begins. */
  const here = async (...args: readonly string[]): Promise<{ status: number; stderr: string }> => {
    const told: unknown[] = [];
    const { error } = console;
    console.error = (text: unknown) => told.push(text);
    try {
      return { status: await main(["train", ...args]), stderr: told.map(String).join("\n") };
    } finally {
      console.error = error;
    }
  };
  const result = (name = "net"): { theta: Matrix; best: Matrix; mean?: Matrix } =>
    readSafetensors(readFileSync(join(folder, `${name}.safetensors`))) as never;

  it("gives θ of Newton's method, and says f, accuracy, λ, CG steps, times and what is left", async () => {
    config({
      ...{ validation: { npz: "others.npz" }, method: "newton", seed: 4, onnx: "net.onnx" },
      ...{ objective: { C: 5 }, options: { iterMax: 4, GNsize: 10, seed: 3 } },
    });
    const { status, stdout, stderr } = train(file());
    assert.equal(status, 0, stderr);
    const known = await newton(objective(net, { Z, y }, { C: 5 }), net.initial(4), {
      ...{ iterMax: 4, GNsize: 10, seed: 3, validation },
    });
    assert.deepEqual(result().theta.data, known.theta);
    assert.deepEqual(result().best.data, known.best.theta);
    assert.deepEqual(
      readOnnx(readFileSync(join(folder, "net.onnx"))).theta,
      known.best.theta.map(Math.fround),
    );
    const lines = stdout.trim().split("\n");
    assert.match(lines[0]!, /net\.json: newton, 114 numbers in θ, 40 instances, 9 for validation/);
    assert.match(lines[1]!, /^iteration 0\/4: f \S+, ‖∇f‖ \S+, accuracy \S+ %; \d+\.\d s \(gradient /);
    for (const [k, { f, cgIters, accuracy, lambda }] of known.trace.entries()) {
      const line = lines[1 + k]!;
      assert.ok(line.includes(`: f ${Number(f.toPrecision(4))}, `), line);
      assert.ok(line.includes(`accuracy ${(100 * accuracy!).toFixed(2)} %`), line);
      if (k > 0) assert.ok(line.includes(`λ ${Number(lambda.toPrecision(4))}, CG ${cgIters};`), line);
    }
    assert.match(
      lines[3]!,
      /\(function \d+\.\d, gradient \d+\.\d, CG \d+\.\d, validation \d+\.\d\); \d+ s left$/,
    );
    assert.match(lines.at(-1)!, /^4 iterations: .*net\.safetensors has θ of 4, and the best θ, of \d/);
  });

  it("goes on after a Stop and a kill with the bits of the unbroken run", async () => {
    config({ method: "sgd", options: { epochs: 120, bsize: 7, lr: 0.001, momentum: 0.5 } });
    const stopped = await broken("SIGINT");
    assert.equal(stopped.code, 130);
    assert.match(stopped.text, /stopped by SIGINT: .*net\.safetensors has θ of \d+/);
    const { theta } = result();
    assert.equal(theta.rows, net.n);
    const at = Number(/has θ of (\d+)/.exec(stopped.text)![1]);
    const unbroken = async (epochs: number) =>
      (await sgd(objective(net, { Z, y }), net.initial(0), { epochs, bsize: 7, lr: 0.001, momentum: 0.5 }))
        .theta;
    assert.deepEqual(theta.data, await unbroken(at), "the last good state");
    assert.equal(train(file()).status, 1, "not begun anew over a checkpoint");
    assert.match(train(file()).stderr, /net\.ckpt is there: --resume goes on from it/);
    await broken("SIGKILL", "--resume");
    const end = train(file(), "--resume");
    assert.equal(end.status, 0, end.stderr);
    assert.deepEqual(result().theta.data, await unbroken(120));
  });

  /** A training that gets a signal after its fifth state. */
  async function broken(
    signal: NodeJS.Signals,
    ...args: readonly string[]
  ): Promise<{ code: number | null; text: string }> {
    const child: ChildProcess = spawn(process.execPath, [program, "train", file(), ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    let isAsked = false; // a second signal would end it at once
    child.stdout!.on("data", (part: Buffer) => {
      text += part.toString();
      if (isAsked || text.split("\n").length <= 6) return;
      isAsked = true;
      child.kill(signal);
    });
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, text };
  }

  it("writes θ through a link, and leaves nothing beside it", () => {
    mkdirSync(join(folder, "kept"));
    const kept = join(folder, "kept", "theta.safetensors");
    writeFileSync(kept, "before", { mode: 0o640 });
    symlinkSync(kept, join(folder, "net.safetensors"));
    config({ method: "sgd", options: { epochs: 1 } });
    assert.equal(train(file()).status, 0);
    assert.ok(lstatSync(join(folder, "net.safetensors")).isSymbolicLink());
    assert.equal(statSync(kept).mode & 0o777, 0o640);
    assert.equal(result().theta.rows, net.n);
    assert.deepEqual(readdirSync(join(folder, "kept")), ["theta.safetensors"]);
  });

  it("takes the mean of the training images out of all of them", async () => {
    config({ centred: true, method: "adam", options: { epochs: 2 } });
    assert.equal(train(file()).status, 0);
    const { mean } = result();
    const sum = Array.from({ length: 40 }, (_, k) => Z.data[7 + 60 * k]!).reduce((all, x) => all + x);
    assert.ok(Math.abs(mean!.data[7]! - sum / 40) < 1e-15);
  });

  it("stops with the last good θ where f has grown beyond all numbers", () => {
    config({ method: "sgd", options: { epochs: 50, lr: 1e6 } });
    const { status, stdout } = train(file());
    assert.equal(status, 1);
    assert.match(stdout, /sgd: epoch \d+, step \d+: .*last good.*net\.safetensors has θ of \d/);
    assert.ok(result().theta.data.every(Number.isFinite));
  });

  it("begins anew, and says so, where there is nothing to resume", () => {
    config({ method: "adam", options: { epochs: 1 } });
    const { status, stdout } = train(file(), "--resume");
    assert.equal(status, 0);
    assert.match(stdout, /net\.ckpt is not there: this begins anew/);
  });

  it("refuses a checkpoint of another training, and one that is damaged with none before it", () => {
    config({ method: "adam", options: { epochs: 1 } });
    assert.equal(train(file()).status, 0);
    config({ method: "adam", options: { epochs: 1, lr: 0.1 } });
    const other = train(file(), "--resume");
    assert.equal(other.status, 1);
    assert.match(other.stdout, /net\.ckpt is of another training: options is not the same/);
    rmSync(join(folder, "net.ckpt.previous"));
    writeFileSync(join(folder, "net.ckpt"), "philab checkpoint\n");
    const damaged = train(file(), "--resume");
    assert.equal(damaged.status, 1);
    assert.match(damaged.stdout, /net\.ckpt cannot be used: .*no good one before it/);
  });

  const bad: [string, object | string, RegExp][] = [
    ["no JSON", "{ network: 1 }", /net\.json: this is no JSON/],
    ["a list", "[]", /net\.json is \[\]; needed an object of network, data/],
    ["an unknown field", { net: 1 }, /net\.json: net is no field; there are network, data/],
    [
      "no network",
      { network: undefined },
      /net\.json: network is missing; needed \{ input, conv, full \} or the path of a \.config/,
    ],
    [
      "a network that cannot be",
      { network: { ...size, conv: [{ dOut: 3, h: 9 }] } },
      /net\.json: network: conv\[0\]/,
    ],
    [
      "a misspelt size of a layer",
      { network: { ...size, conv: [{ dOut: 3, h: 3, padding: 1 }] } },
      /net\.json: network: conv\[0\].*padding/,
    ],
    ["no data", { data: {} }, /net\.json: data names nothing; needed one of digits, folder, npz, mat/],
    ["two kinds of data", { data: { npz: "x", mat: "y" } }, /data names npz and mat/],
    ["data that are not there", { data: { npz: "missing.npz" } }, /ENOENT.*missing\.npz/],
    [
      "data of another size",
      { network: { ...size, input: { a: 7, b: 5, d: 2 } } },
      /net\.json: objective: Z is 60 × 40/,
    ],
    ["another method", { method: "lbfgs" }, /method is "lbfgs"; needed newton, sgd, adam/],
    ["an unknown option", { options: { momentum: 1 } }, /net\.json: newton: .*momentum/],
    ["an option of another kind", { options: { iterMax: "many" } }, /net\.json: newton: iterMax/],
    [
      "a checkpoint among the options",
      { options: { checkpoint: "x" } },
      /options: checkpoint stands beside options/,
    ],
    ["a seed that is none", { seed: "x" }, /net\.json: initial: seed/],
    ["a loss that is none", { objective: { loss: "hinge" } }, /net\.json: objective: loss is string hinge/],
    ["a path that is none", { result: 3 }, /result is 3; needed a path/],
    [
      "a result in no folder",
      { result: "none/x.safetensors" },
      /none\/x\.safetensors: not written: its folder/,
    ],
    ["a model that is a folder", { onnx: "." }, /not written: it is a folder; name a file/],
  ];
  for (const [what, given, why] of bad)
    it(`says in one line what is wrong: ${what}`, async () => {
      if (typeof given === "string") writeFileSync(file(), given);
      else config(given);
      const { status, stderr } = await here(file());
      assert.equal(status, 1, stderr);
      assert.match(stderr, why);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
      assert.deepEqual(readdirSync(folder).sort(), ["data.npz", "net.json", "others.npz"]);
    });

  it("has every field on docs/train.md, whose example is a configuration", () => {
    const page = readFileSync(join(packageRoot(), "docs/train.md"), "utf8");
    const example = /```json\n([\s\S]*?)```/.exec(page)![1]!;
    writeFileSync(file(), example);
    const { network: declared, data, options } = readConfig(file());
    assert.equal(network(declared).outputs, 10);
    assert.deepEqual([data, options.iterMax], [{ digits: "train", places: "demo" }, 25]);
    const table = page.slice(page.indexOf("| field |"), page.indexOf("`data` and `validation` name"));
    assert.deepEqual(
      [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name),
      configNames,
    );
  });

  it("has the recipe for all of MNIST, and a log in which that reaches 99.1 % within 15 minutes", () => {
    const folder = join(packageRoot(), "bench/train/mnist");
    const { network: declared, data, options } = readConfig(join(folder, "sg.json"));
    assert.deepEqual([network(declared).n, data, options.epochs], [62_026, { digits: "train" }, 20]);
    const epochs = readFileSync(join(folder, "sg.log"), "utf8").matchAll(
      /epoch .*accuracy (\S+) %; (\S+) s/g,
    );
    const [accuracies, seconds] = [...epochs].reduce<[number[], number[]]>(
      ([all, times], [, accuracy, time]) => [
        [...all, Number(accuracy)],
        [...times, Number(time)],
      ],
      [[], []],
    );
    assert.equal(accuracies.length, 20);
    assert.ok(accuracies.at(-1)! >= 99.1);
    assert.ok(seconds.reduce((sum, x) => sum + x, 0) < 15 * 60);
  });

  it("refuses words that cannot be meant with code 2", async () => {
    config({});
    for (const args of [
      [],
      [file(), "more"],
      [file(), "--options", "-s 1"],
      ["net.config"],
      [file(), "--restart"],
    ]) {
      const { status, stderr } = await here(...args);
      assert.equal(status, 2, args.join(" "));
      assert.match(stderr, /philab train --help tells more/);
    }
    assert.equal((await here(join(folder, "missing.json"))).status, 1);
  });
});
