/**
 * What Winograd's forms cost beside their products, in multiplications of the tile, for each variant of the engine that
 * runs here: what `cost` in src/engine/describe/method.ts says, from which the way of a layer is chosen.
 */

import { tried } from "../../src/engine/choose/choose.js";
import { variants } from "../../src/engine/choose/variants.js";
import { cost } from "../../src/engine/describe/method.js";
import { multiplicationsOf } from "../../src/engine/describe/sizes.js";
import { type WinogradName, winogradForms } from "../../src/engine/kernels/winogradForm.js";
import { Machine, type Precision } from "../../src/engine/machine/machine.js";
import { nodeRuntime } from "../../src/engine/machine/runtime.node.js";
import { engineForward } from "../../src/engine/operations/conv.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { convProblem } from "../../src/operations/convProblem.js";
import type { Bench } from "../bench.js";
import { precisionNamed, read } from "../conv/bench.js";
import { type Layer, layers } from "../conv/layers.js";
import { problem } from "../conv/problem.js";
import { median, rounded } from "../row.js";
import { columns } from "../table.js";
import { inTurn } from "../timing.js";

/** The costs by one layer and form, and the form's time by the direct sum's. */
interface Costs extends Record<keyof typeof cost, number> {
  readonly ratio: number;
}

/** A line of JSON. */
interface Line extends Costs {
  readonly engine: string;
  readonly dtype: Precision;
  readonly layer: string;
  readonly form: WinogradName;
}

export const costsBench: Bench = {
  options: { dtype: { type: "string" } },
  inRuntime: true,
  async run(asked, { say, found }) {
    const lines: Line[] = [];
    for (const dtype of read(asked, "dtype", precisionNamed) ?? ["float32" as const, "float64" as const]) {
      for (const variant of variants) {
        const machine = tried(variant, dtype, nodeRuntime());
        if (!(machine instanceof Machine)) {
          say(`${variant.name} is left out: ${machine}`);
          continue;
        }
        for (const { layer, form } of cases()) {
          const line: Line = {
            engine: variant.name,
            dtype,
            layer: layer.name,
            form,
            ...measured(machine, layer, form),
          };
          found(line);
          lines.push(line);
        }
      }
    }
    return table(lines);
  },
};

/** Each layer with each form that it can have. */
function cases(): { layer: Layer; form: WinogradName }[] {
  const forms = Object.keys(winogradForms) as WinogradName[];
  return layers.flatMap((layer) =>
    forms
      .filter((form) => layer.shape.s === 1 && winogradForms[form].r === layer.shape.h && layer.shape.d > 1)
      .map((form) => ({ layer, form })),
  );
}

/**
 * Four times of S, in turn: direct and by the form, each with filters that are packed or transformed anew, and with
 * frozen ones. What is frozen costs products and transforms of images alone.
 */
function measured(machine: Machine, layer: Layer, form: WinogradName): Costs {
  const { W, b, Z } = problem(layer, 1, machine.precision);
  const frozen = columnMajor(W.rows, W.cols, W.data.slice());
  machine.forms.freeze(frozen.data);
  const sizes = {
    ...convProblem("costs", W, Z, layer.shape, { groups: layer.groups, threads: 1 }),
    relu: false,
  };
  const into = engineForward(machine, { ...sizes, form: "direct" }, W, b, Z);
  const ways = (["direct", form] as const).flatMap((form) => {
    const given = { ...sizes, form };
    return [W, frozen].map((filters) => () => void engineForward(machine, given, filters, b, Z, { into }));
  });
  const [direct, directKept, formed, formedKept] = inTurn(ways).map((samples) => Math.min(...samples));
  machine.forms.release(frozen.data);
  const perMs = multiplicationsOf(sizes) / directKept!;
  const { m, n, r } = winogradForms[form];
  const { part, groups, dOut } = sizes;
  const tiles = Math.ceil(part.aOut / m) * Math.ceil(part.bOut / m);
  const filters = part.d * dOut;
  const weight = ((direct! - directKept!) * perMs) / (r * r * filters);
  return {
    transform: (formedKept! * perMs - n * n * filters * tiles) / (n * n * tiles * (part.d * groups + dOut)),
    filter: (((formed! - formedKept!) * perMs) / filters - r * r * weight) / (n * n),
    weight,
    ratio: formed! / direct!,
  };
}

/** A row for each layer, then the medians of each variant beside what the engine decides by. */
function table(lines: readonly Line[]): string {
  const words = ({ transform, filter, weight, ratio }: Costs): string[] =>
    [transform, filter, weight, ratio].map((x) => rounded(x).toPrecision(3));
  const kinds = [...new Set(lines.map(({ engine, dtype }) => `${engine} ${dtype}`))];
  const groups = kinds.map((kind) => lines.filter(({ engine, dtype }) => `${engine} ${dtype}` === kind));
  const middle = (group: readonly Line[], name: keyof Costs): number =>
    median(group.map((line) => line[name]));
  const rows = groups.flatMap((group) => [
    ...group.map((line) => [line.engine, line.dtype, line.layer, line.form, ...words(line)]),
    [
      ...[group[0]!.engine, group[0]!.dtype, "median", ""],
      ...(["transform", "filter", "weight", "ratio"] as const).map((name) =>
        middle(group, name).toPrecision(3),
      ),
    ],
  ]);
  const decided = [
    "all",
    "",
    "decided by",
    "",
    ...[cost.transform, cost.filter, cost.weight].map(String),
    "",
  ];
  const head = ["engine", "dtype", "layer", "form", "transform", "filter", "weight", "form ÷ direct"];
  return columns([head, ...rows, decided], [4, 5, 6, 7]);
}
