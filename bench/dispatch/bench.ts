/** What a call costs beside its arithmetic: a region of empty tasks, and layers so small that little else is left. */

import { setTimeout as pause } from "node:timers/promises";
import { choice } from "../../src/engine/choose/choose.js";
import { recordWords } from "../../src/engine/kernels/task.js";
import type { Machine } from "../../src/engine/machine/machine.js";
import { release, resident } from "../../src/engine/operations/resident.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import { convGradients, convLinear } from "../../src/operations/conv.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import type { Bench } from "../bench.js";
import { finding, type Row, table } from "../row.js";
import { inTurn } from "../timing.js";

export const dispatchBench: Bench = {
  options: {},
  inRuntime: true,
  async run(_, { say, found }) {
    const { machine, name } = choice("float32");
    if (machine === undefined) return "there is no engine here";
    say(`engine ${name}`);
    const rows = [...(await regions(machine)), ...tinyLayer()];
    for (const row of rows) found(finding(rows, row));
    return table(rows);
  },
};

/** A region begins when tasks are published, and ends when the last thread has left it. */
async function regions(machine: Machine): Promise<Row[]> {
  const rows: Row[] = [];
  for (const threads of [1, 2]) {
    for (const tasks of [1, 8]) {
      const records = new Int32Array(tasks * recordWords);
      for (let k = 0; k < tasks; k++) records[k * recordWords] = machine.numberOf("clearTask"); // of no bytes
      machine.run(records, threads);
      await pause(100); // helpers start
      const [samples] = inTurn([() => machine.run(records, threads)]);
      const measure = `a region of ${tasks} empty tasks, ${threads} threads`;
      rows.push({ bench: "dispatch", measure, subject: "philab", samples: samples! });
    }
  }
  return rows;
}

/** One channel, 5 × 5 pixels, 3 filters of 3 × 3: 243 multiplications; and 8 channels, 16 filters: 10,368. */
function tinyLayer(): Row[] {
  return [
    [1, 3],
    [8, 16],
  ].flatMap(([d, dOut]) => {
    const shape = convShape({ a: 5, b: 5, d: d!, h: 3 });
    const given = (rows: number, cols: number, seed: number): Matrix => {
      const M = randomMatrix(rows, cols, { seed, low: -1 });
      return resident(columnMajor(rows, cols, Float32Array.from(M.data)));
    };
    const [W, b, Z, dS] = [given(dOut!, 9 * d!, 1), given(dOut!, 1, 2), given(d!, 25, 3), given(dOut!, 9, 4)];
    const [forward, forwardReference, gradients, gradientsReference] = inTurn([
      () => release(convLinear(W, b, Z, shape)),
      () => convLinearReference(W, b, Z, shape),
      () => release(...Object.values(convGradients(W, Z, dS, shape))),
      () => convGradientsReference(W, Z, dS, shape),
    ]);
    const row = (what: string, subject: string, samples: readonly number[] | undefined): Row => {
      const measure = `${what}, ${d} channels, ${dOut} filters 3 × 3, 9 places`;
      return { bench: "dispatch", measure, subject, samples: samples! };
    };
    return [
      row("convLinear", "philab", forward),
      row("convLinear", "reference", forwardReference),
      row("convGradients", "philab", gradients),
      row("convGradients", "reference", gradientsReference),
    ];
  });
}
