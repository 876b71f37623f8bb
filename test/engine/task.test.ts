import assert from "node:assert/strict";
import { placesAtOnce } from "../../src/engine/kernels/scatterTask.js";
import {
  recordWords,
  type TaskKind,
  taskFunction,
  taskKind,
  taskKinds,
} from "../../src/engine/kernels/task.js";
import { rowBytes, scratchOf } from "../../src/engine/kernels/tile.js";
import { Plan } from "../../src/engine/plan/plan.js";
import { Workspace } from "../../src/engine/plan/workspace.js";
import { i32 } from "../../src/engine/wasm/instructions.js";
import { moduleBytes } from "../../src/engine/wasm/module.js";
import { machines } from "./machines.js";

const move: TaskKind<"from" | "to" | "bytes"> = taskKind("moveTask", ["from", "to", "bytes"]);
const fieldNames = (n: number): string[] => Array.from({ length: n }, (_, k) => `field${k}`);

describe("a kind of task", () => {
  it("writes its fields in the order of the definition, however they are given", () => {
    const { name, words } = move({ bytes: 16, to: 2 ** 36 + 8, from: 4 });
    assert.equal(name, "moveTask");
    assert.deepEqual(words, [4, 2 ** 36 + 8, 16]);
  });

  it("does not compile with one argument too many, too few or misspelt", () => {
    const common = { from: 4, to: 8 };
    move({ ...common, bytes: 16 });
    // @ts-expect-error one too many
    move({ from: 4, to: 8, bytes: 16, count: 1 });
    // @ts-expect-error one too many, in a part that is spread
    move({ ...{ from: 4, to: 8, count: 1 }, bytes: 16 });
    // @ts-expect-error one too few
    move({ from: 4, to: 8 });
    // @ts-expect-error one misspelt
    move({ from: 4, to: 8, byte: 16 });
    // @ts-expect-error numbers in a row
    move(4, 8, 16);
    // @ts-expect-error a field that the kind does not have
    taskFunction(move, ({ from, count }) => [from.get, count.get]);
    const ways = taskKinds(["there", "back"], "Task", ["from", "to"]);
    ways.back(common);
    // @ts-expect-error a variant that there is not
    assert.throws(() => ways.forth(common), TypeError);
  });

  it("has as many fields as a record holds, and throws where it is defined with one more", () => {
    assert.equal(taskKind("fullTask", fieldNames(recordWords - 1)).fields.length, 15);
    assert.throws(
      () => taskKind("wideTask", fieldNames(recordWords)),
      /wideTask has 16 fields; a record holds at most 15/,
    );
  });

  it("is read by its function in the same order: each field is the local variable of its name", () => {
    const store = taskKind("storeTask", ["value", "to"]);
    const source = taskFunction(store, ({ value, to }) => [i32.store(to.get, value.get)]);
    const limits = { initial: 1, maximum: 1, shared: false };
    const memory = new WebAssembly.Memory(limits);
    const module = new WebAssembly.Module(moduleBytes([source], limits));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const words = new Int32Array(memory.buffer);
    words.set(store({ to: 400, value: 7 }).words, 1);
    (exports.storeTask as (record: number, scratch: number) => void)(0, 0);
    assert.equal(words[100], 7);
  });

  it("that the module has no function for is refused when a plan is made", function () {
    const found = machines.find(({ precision }) => precision === "float32");
    if (found === undefined) return this.skip();
    const work = new Workspace(found.machine);
    work.run([move({ from: 4, to: 8, bytes: 16 })]);
    assert.throws(() => new Plan(work, {}), /there is no task moveTask/);
  });
});

describe("P_φᵀ vec(Wᵀ dS) a few places at a time", () => {
  for (const { name, precision, machine } of machines) {
    it(`keeps within a thread's own memory, ${name}, ${precision}`, () => {
      const { style } = machine.library;
      const most = scratchOf(rowBytes(style)) / rowBytes(style);
      for (const panels of [1, 3, Math.floor(most / style.rows), Math.floor(most / 3), most]) {
        const rows = Math.min(placesAtOnce(style, panels), style.rows);
        assert.ok(rows >= 1 && rows * panels <= most && (rows === style.rows || (rows + 1) * panels > most));
      }
      assert.throws(() => placesAtOnce(style, most + 1), /RangeError: engine: .* needs \d+ bytes .* has \d+/);
    });
  }
});
