import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generator } from "../../src/numeric/random.js";
import { adam } from "../../src/optimise/adam.js";
import { checkpointBytes, readCheckpoint } from "../../src/optimise/checkpointBytes.js";
import { nodeFiles } from "../../src/optimise/files.node.js";
import { newton, newtonSteps } from "../../src/optimise/newton.js";
import { objective } from "../../src/optimise/objective.js";
import { sgd, sgdSteps } from "../../src/optimise/sgd.js";
import { fixtureDigits, networkA, thetaA } from "../network/given.js";

const { sha256 } = nodeFiles();
const problem = objective(networkA, fixtureDigits(32));

describe("a checkpoint", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "philab-checkpoint-"));
    path = join(folder, "run.ckpt");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("holds vectors, and numbers that JSON does not know, bit by bit", () => {
    const state = {
      theta: Float64Array.of(1 / 3, -0),
      trace: [{ f: 0.1 + 0.2, ratio: Number.NaN, x: -0 }],
      best: undefined,
    };
    const content = { identity: { Z: "1" }, method: "newton", state };
    const found = readCheckpoint(checkpointBytes(content, sha256), sha256).state as typeof state;
    assert.deepStrictEqual(found, { theta: state.theta, trace: state.trace });
    assert.ok(Object.is(found.theta[1], -0) && Object.is(found.trace[0]!.x, -0));
  });

  const validation = fixtureDigits(7);
  const options = { GNsize: 8, seed: 3, validation };
  const methods = {
    newton: { run: newton, options },
    sgd: { run: sgd, options: { lr: 1e-2, momentum: 0.9, decay: 0.1, bsize: 10, seed: 3 } },
    adam: { run: adam, options: { bsize: 10, seed: 3, validation } },
  };
  for (const [name, { run, options }] of Object.entries(methods)) {
    it(`of ${name} goes on with the bits of the unbroken run`, async () => {
      const begin = (more: object) => run(problem, thetaA, { ...options, ...more } as never);
      const length = name === "newton" ? "iterMax" : "epochs";
      const known = await begin({ [length]: 5 });
      await begin({ [length]: 2, checkpoint: path });
      const { theta, trace, best } = await begin({ [length]: 5, checkpoint: path });
      assert.deepEqual({ theta, trace, best }, { theta: known.theta, trace: known.trace, best: known.best });
    });
  }

  it("that is complete is not run again", async () => {
    const known = await newton(problem, thetaA, { ...options, iterMax: 2, checkpoint: path });
    const states = [];
    for await (const state of newtonSteps(problem, thetaA, { ...options, iterMax: 2, checkpoint: path }))
      states.push(state);
    assert.deepEqual(
      states.map(({ at }) => at),
      [2],
    );
    assert.deepEqual(states[0]!.theta, known.theta);
  });

  const damages: [string, (bytes: Buffer) => Buffer | string, RegExp][] = [
    ["cut", (bytes) => bytes.subarray(0, bytes.length - 100), /cut or damaged/],
    ["empty", () => "", /no checkpoint of philab/],
    ["flipped by a bit", (bytes) => bytes.fill(bytes[3000]! ^ 4, 3000, 3001), /cut or damaged/],
    ["foreign", () => "PNG something else", /no checkpoint of philab/],
    ["newer", (bytes) => resealed(bytes), /version 3; this philab reads 2/],
  ];
  for (const [what, damage, why] of damages)
    it(`that is ${what} is named, and the one before it used`, async () => {
      const known = await sgd(problem, thetaA, { epochs: 4, bsize: 8 });
      await sgd(problem, thetaA, { epochs: 3, bsize: 8, checkpoint: path });
      writeFileSync(path, damage(readFileSync(path)));
      const warned: string[] = [];
      const { warn } = console;
      console.warn = (text: string) => warned.push(text);
      try {
        const { theta } = await sgd(problem, thetaA, { epochs: 4, bsize: 8, checkpoint: path });
        assert.deepEqual(theta, known.theta);
      } finally {
        console.warn = warn;
      }
      assert.match(warned.join(), why);
      assert.match(warned.join(), /run\.ckpt.*going on from .*run\.ckpt\.previous/);
    });

  it("that is damaged does not take the place of the good one before it, until there is a new one", async () => {
    await sgd(problem, thetaA, { epochs: 3, bsize: 8, checkpoint: path });
    const good = readFileSync(`${path}.previous`);
    writeFileSync(path, "damaged");
    const { warn } = console;
    console.warn = () => undefined;
    const found: Buffer[] = [];
    const onIteration = () => found.push(readFileSync(`${path}.previous`));
    await sgd(problem, thetaA, { epochs: 4, bsize: 8, checkpoint: path, onIteration });
    console.warn = warn;
    assert.ok(found[0]!.equals(good));
    assert.ok(!found[1]!.equals(good));
  });

  it("holds no batches, which the seed knows, and gives them back", async () => {
    const options = { bsize: 3, seed: 5, validation };
    const known = await sgd(problem, thetaA, { ...options, epochs: 40 });
    await sgd(problem, thetaA, { ...options, epochs: 39, checkpoint: path });
    const vectors = 8 * 3 * thetaA.length;
    assert.ok(readFileSync(path).length < vectors + 39 * 80 + 1000, "no batches are in it");
    const { trace } = await sgd(problem, thetaA, { ...options, epochs: 40, checkpoint: path });
    assert.deepEqual(trace, known.trace);
    assert.equal(new Set(trace[7]!.batches.flat()).size, 32);
  });

  it("that is damaged with none before it stops the training, which names it", async () => {
    writeFileSync(path, "philab checkpoint\n");
    await assert.rejects(
      sgd(problem, thetaA, { checkpoint: path }),
      /run\.ckpt cannot be used: .*no good one before it/,
    );
  });

  it("of another problem, other data, other options, another method or start is refused by what differs", async () => {
    await sgd(problem, thetaA, { epochs: 1, bsize: 8, checkpoint: path });
    const again = (p = problem, theta = thetaA, more = {}) =>
      sgd(p, theta, { epochs: 2, bsize: 8, checkpoint: path, ...more });
    await assert.rejects(again(objective(networkA, fixtureDigits(32), { C: 3 })), /problem is not the same/);
    await assert.rejects(again(objective(networkA, fixtureDigits(33))), /problem|Z is not the same/);
    await assert.rejects(
      again(
        problem,
        thetaA.map((x) => x + 1),
      ),
      /theta0 is not the same/,
    );
    await assert.rejects(again(problem, thetaA, { lr: 0.5 }), /options is not the same|options are not/);
    await assert.rejects(adam(problem, thetaA, { checkpoint: path }), /the method is sgd, not adam/);
    await assert.rejects(again(problem, thetaA, { validation }), /validation is not the same/);
    assert.equal((await again()).trace.length, 2);
    const own = (factor: number, gradient: (z: Float64Array) => Float64Array) =>
      objective(networkA, fixtureDigits(32), {
        loss: { value: (z) => factor * z[0]!, gradient, hessianProduct: (z) => z },
      });
    const options = { epochs: 1, checkpoint: `${path}.own` };
    await sgd(
      own(1, (z) => z.fill(0)),
      thetaA,
      options,
    );
    await assert.rejects(
      sgd(
        own(1, (z) => z.fill(1)),
        thetaA,
        options,
      ),
      /problem is not the same/,
    );
  });

  it("belongs to the training that began last: one that kept its states there before ends, and says so", async () => {
    const first = sgdSteps(problem, thetaA, { epochs: 9, bsize: 8, checkpoint: path });
    await first.next();
    await first.next();
    const going = first.next();
    const second = sgd(problem, thetaA, { epochs: 4, bsize: 8, checkpoint: path });
    await assert.rejects(
      Promise.all([going, first.next()]),
      /checkpoint: another training keeps its states in .*run\.ckpt since; this one ends here/,
    );
    const known = await sgd(problem, thetaA, { epochs: 4, bsize: 8 });
    assert.deepEqual((await second).theta, known.theta);
    assert.deepEqual(
      (await sgd(problem, thetaA, { epochs: 4, bsize: 8, checkpoint: path })).theta,
      known.theta,
    );
  });

  it("belongs to one process: of two that keep their states there one ends, and the other's bits are right", async function () {
    this.timeout(60_000);
    const program = fileURLToPath(new URL("killedTraining.ts", import.meta.url));
    for (const name of ["new", "0b3e7a52-1f0c-4a2b-9d3e-5c6f7a8b9c0d.new"])
      writeFileSync(`${path}.${name}`, "begun by one that was killed");
    writeFileSync(`${path}.mine.new`, "the reader's");
    const starts = [0, 1].map(async () => {
      const child = spawn(process.execPath, ["--import", "tsx", program, path, "300"]);
      let said = "";
      child.stderr.on("data", (text: Buffer) => (said += text));
      await once(child, "close");
      return { code: child.exitCode, said };
    });
    const ends = (await Promise.all(starts)).sort((a, b) => a.code! - b.code!);
    assert.deepEqual([ends[0]!.code, ends[1]!.code], [0, 1], ends[1]!.said);
    assert.match(ends[1]!.said, /another training keeps its states in .*run\.ckpt since|cannot write/);
    const options = { epochs: 300, bsize: 16, lr: 1e-3 };
    const { theta } = await sgd(problem, thetaA, options);
    assert.deepEqual((await sgd(problem, thetaA, { ...options, checkpoint: path })).theta, theta);
    assert.deepEqual(readdirSync(folder).sort(), ["run.ckpt", "run.ckpt.mine.new", "run.ckpt.previous"]);
  });

  it("that cannot be written stops the training with its last good state", async () => {
    const run = sgd(problem, thetaA, { epochs: 2, checkpoint: join(folder, "missing", "run.ckpt") });
    await assert.rejects(run, /checkpoint: cannot write .*missing.*ENOENT/);
  });

  it("survives kill -9 at any instant: the same bits as the unbroken run", async function () {
    this.timeout(900_000);
    const kills = Number(process.env.PHILAB_RUNS || 1) * 4;
    const options = { epochs: 40 + 10 * kills, bsize: 16, lr: 1e-3 };
    const known = await sgd(problem, thetaA, options);
    const program = fileURLToPath(new URL("killedTraining.ts", import.meta.url));
    const instants = generator(Number(process.env.PHILAB_SEED));
    for (let k = 0; k < kills; k++) {
      const child = spawn(process.execPath, ["--import", "tsx", program, path, String(options.epochs)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = new Promise<string | null>((resolve) =>
        child.on("exit", (_code, signal) => resolve(signal)),
      );
      const secondState = new Promise<void>((resolve) => {
        let bytes = 0;
        child.stdout.on("data", (text: Buffer) => {
          bytes += text.length;
          if (bytes > "state\n".length) resolve();
        });
      });
      await Promise.race([ended, secondState]);
      await new Promise((resolve) => setTimeout(resolve, 200 * instants.uniform()));
      child.kill("SIGKILL");
      assert.equal(await ended, "SIGKILL", `kill ${k + 1} came before the end`);
    }
    const resumed = [];
    for await (const { at } of sgdSteps(problem, thetaA, { ...options, checkpoint: path })) resumed.push(at);
    assert.ok(resumed[0]! >= kills && resumed[0]! < options.epochs, `resumed at ${resumed[0]}`);
    const { theta, trace } = await sgd(problem, thetaA, { ...options, checkpoint: path });
    assert.deepEqual(theta, known.theta);
    assert.deepEqual(trace, known.trace);
  });
});

/** The same bytes with a version of 3 and a checksum that fits. */
function resealed(bytes: Buffer): Buffer {
  const body = Buffer.from(
    bytes.toString("latin1").replace('"version":2', '"version":3').slice(0, -64),
    "latin1",
  );
  return Buffer.concat([body, Buffer.from(sha256(body))]);
}
