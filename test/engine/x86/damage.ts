/**
 * Calls tasks of machine code with damaged records, in a process of its own: `damage.ts COUNT SEED`. It prints how many
 * were refused and how many were done; whoever started it sees whether it lived.
 */

import { loadedCode } from "../../../src/engine/choose/loadedCode.js";
import { scatterTask } from "../../../src/engine/kernels/scatterTask.js";
import { noteBytes, recordWords } from "../../../src/engine/kernels/task.js";
import { scratchOf } from "../../../src/engine/kernels/tile.js";
import type { Machine } from "../../../src/engine/machine/machine.js";
import { nodeRuntime } from "../../../src/engine/machine/runtime.node.js";
import { engineBackward, engineForward } from "../../../src/engine/operations/conv.js";
import { generator, type SeededGenerator } from "../../../src/numeric/random.js";
import { convProblem } from "../../../src/operations/convProblem.js";
import { convShape } from "../../../src/shape.js";
import { asFloat32, type Layer, numbersOf } from "../../operations/layers.js";
import { bothMachines, precisions } from "./machines.js";

/** Together they have every kind of task that calls machine code. */
const layers: readonly Layer[] = [
  { shape: convShape({ a: 12, b: 11, d: 8, h: 3, pad: 1 }), groups: 1, batch: 2, dOut: 40 },
  { shape: convShape({ a: 9, b: 11, d: 5, h: 3, s: 2 }), groups: 1, batch: 1, dOut: 33 },
];
const kinds = /^(places|entries|scatter|F\dx\d(Product|Gradient|Input|Output|OutputGradient))Task$/;

/** How often scatterTask adds a run; many times nothing is not wrong, but long. */
const scatterRuns = 1 + scatterTask.fields.indexOf("runs");

const [count, seed] = process.argv.slice(2).map(Number) as [number, number];
const draw = generator(seed);
const told = { refused: 0, done: 0, kinds: 0 };
for (const precision of precisions) {
  const found = bothMachines(precision);
  if (found === undefined) throw new Error("this computer does not run machine code of 512 bits");
  const records = recorded(found.code);
  told.kinds += records.size;
  damage(found.code, [...records.values()], count / precisions.length);
}
console.log(JSON.stringify(told));

/** A record of each kind of task, with its addresses, by the name of its kind. */
function recorded(machine: Machine): Map<string, Int32Array> {
  const names = new Map([...machine.library.numbers].map(([name, number]) => [number, name]));
  const found = new Map<string, Int32Array>();
  const run = machine.run.bind(machine);
  machine.run = (records, threads) => {
    for (let at = 0; at < records.length; at += recordWords) {
      const name = names.get(records[at]!)!;
      if (kinds.test(name)) found.set(name, records.slice(at, at + recordWords));
    }
    run(records, threads);
  };
  for (const layer of layers) {
    const numbers = numbersOf(layer);
    const given = [numbers.W, numbers.b, numbers.Z, numbers.dS];
    const [W, b, Z, dS] = machine.precision === "float32" ? given.map(asFloat32) : given;
    for (const form of layer.shape.s === 1 ? (["direct", "F2x3", "F4x3"] as const) : (["direct"] as const)) {
      const problem = { ...convProblem("test", W!, Z!, layer.shape, { ...layer, threads: 1 }), form };
      engineForward(machine, problem, W!, b!, Z!);
      engineBackward(machine, problem, W!, Z!, dS!);
    }
  }
  return found;
}

/** Calls tasks whose records, or lists, have one to three words that are wrong. */
function damage(machine: Machine, records: readonly Int32Array[], times: number): void {
  const { memory, library } = machine;
  const given = { env: { memory }, code: loadedCode(machine.precision, nodeRuntime()!).over(memory) };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(library.bytes), given);
  const names = new Map([...library.numbers].map(([name, number]) => [number, name]));
  const scratch = noteBytes + machine.arena.allocate(noteBytes + scratchOf(4 * library.style.vectors * 4));
  const place = machine.arena.allocate(4 * recordWords);
  const words = new Int32Array(memory.buffer);
  for (let k = 0; k < times; k++) {
    const record = records[draw.integer(records.length)]!;
    const task = exports[names.get(record[0]!)!] as (record: number, scratch: number) => void;
    words.set(record, place / 4);
    for (let wrong = draw.integer(3); wrong >= 0; wrong--) {
      const field = 1 + draw.integer(recordWords - 1);
      if (scatterRuns === field && names.get(record[0]!) === "scatterTask") continue;
      words[place / 4 + field] = wrongWord(words[place / 4 + field]!, memory.buffer.byteLength, draw);
    }
    const list = words[place / 4 + 1]! >>> 2;
    if (draw.integer(4) === 0) words[list + draw.integer(8)] = wrongWord(0, memory.buffer.byteLength, draw);
    try {
      task(place, scratch);
      told.done++;
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      told.refused++;
    }
  }
}

/** Anything, or what is near a limit. */
function wrongWord(word: number, size: number, { integer }: SeededGenerator): number {
  const near = integer(64) * 4;
  const words = [
    0,
    1,
    -1,
    -near,
    2 ** 31,
    size - near,
    size + near,
    word + near,
    word - near,
    -word,
    word + size,
  ];
  return integer(3) === 0 ? (2 * integer(2 ** 31 - 1) + integer(2)) | 0 : words[integer(words.length)]! | 0;
}
