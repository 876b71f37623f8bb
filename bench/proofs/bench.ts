/** What a statement costs: those of a lecturer, each checked with all witnesses, cold and again. */

import { checkStatement } from "../../src/symbolic/check/check.js";
import { declare } from "../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../src/symbolic/language/parse.js";
import type { World } from "../../src/symbolic/world/world.js";
import * as layer from "../../test/symbolic/lecturer/layer.js";
import * as network from "../../test/symbolic/lecturer/network.js";
import type { Bench } from "../bench.js";

const rounds = 6;

export const proofsBench: Bench = {
  options: {},
  inRuntime: false,
  async run(_, { say, found }) {
    const lectures = [
      { world: declare(layer.layer.declarations), texts: [...layer.maps, ...layer.differentials] },
      { world: declare(network.network.declarations), texts: [...network.maps, ...network.differentials] },
    ];
    const count = lectures.reduce((sum, { texts }) => sum + texts.length, 0);
    const times = Array.from({ length: rounds }, (_, round) => {
      const ms = lectures.reduce((sum, { world, texts }) => sum + timeOf(world, texts), 0) / count;
      say(`round ${round + 1} of ${rounds}: ${ms.toFixed(2)} ms a statement`);
      return ms;
    });
    const [cold, ...warm] = times;
    const finding = { statements: count, cold, warm: Math.min(...warm) };
    found(finding);
    return `${count} statements, each with a proof and its trials, in milliseconds of processor time\n\n| first | again, the least of ${rounds - 1} |\n|--:|--:|\n| ${cold.toFixed(2)} | ${finding.warm.toFixed(2)} |`;
  },
};

/** Processor time in ms: other processes do not count. Each statement is read anew, so that no value of its parts is kept. */
function timeOf(world: World, texts: readonly string[]): number {
  const begin = process.cpuUsage();
  for (const text of texts)
    if (!checkStatement(world, parseStatement(text)).ok) throw new Error(`${text} does not hold`);
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}
