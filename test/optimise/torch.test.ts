import assert from "node:assert/strict";
import { network } from "../../src/network/network.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { objective } from "../../src/optimise/objective.js";
import { fixture, randomVector } from "../network/given.js";

const { cases, made_by } = fixture("torch_network");

/** What PyTorch's numbers are known by: some entries and two sums, each relative to the largest entry. */
interface Told {
  readonly count: number;
  readonly entries: readonly number[];
  readonly sum: number;
  readonly weighted: number;
  readonly largest: number;
}

function assertTold(name: string, found: ArrayLike<number>, known: Told, tolerance: number): void {
  assert.equal(found.length, known.count, name);
  const [error, last] = [tolerance * known.largest, known.count - 1];
  for (const [k, entry] of known.entries.entries()) {
    const place = Math.floor((last * k) / 63);
    assert.ok(Math.abs(found[place]! - entry) <= error, `${name}[${place}] ${found[place]} ${entry}`);
  }
  let [sum, weighted] = [0, 0];
  for (let k = 0; k < found.length; k++) {
    sum += found[k]!;
    weighted += ((k % 13) - 6) * found[k]!;
  }
  assert.ok(Math.abs(sum - known.sum) <= error * known.count, `Σ ${name}`);
  assert.ok(Math.abs(weighted - known.weighted) <= 6 * error * known.count, `weighted Σ ${name}`);
}

describe(`what ${made_by}'s automatic differentiation says`, () => {
  for (const { name, size, l, C, loss, scale, results } of cases) {
    const net = network(size);
    const theta = randomVector(net.n, 1).map((x) => scale * x);
    const { a, b, d } = net.input;
    const Z = columnMajor(d * a * b, l, randomVector(d * a * b * l, 2));
    const y = columnMajor(net.outputs, l, new Float64Array(net.outputs * l));
    for (let k = 0; k < l; k++) y.data[(k % net.outputs) + net.outputs * k] = 1;
    const [v, u] = [randomVector(net.n, 3), columnMajor(net.outputs, l, randomVector(net.outputs * l, 4))];

    for (const [dtype, tolerance] of [
      ["float64", 1e-11],
      ["float32", 1e-4],
    ] as const)
      it(`of ${name}: f, ∇f, outputs, Jv, Jᵀu, Gv, ${dtype}`, async () => {
        const problem = objective(net, { Z, y }, { C, loss, dtype });
        const { f, g } = await problem.gradient(theta);
        assert.ok(Math.abs(f / results.f - 1) < tolerance, `f ${f} ${results.f}`);
        assertTold("∇f", g, results.g, tolerance);
        assertTold("outputs", (await problem.outputs(theta)).data, results.outputs, tolerance);
        assertTold("Jv", (await problem.Jv(theta, v)).data, results.Jv, tolerance);
        assertTold("Jᵀu", await problem.JTu(theta, u), results.JTu, tolerance);
        const Gv = await problem.Gv(theta, v);
        assertTold("Gv", Gv, results.Gv, tolerance);
        assertTold("Gv", Gv, results["Gv, backward twice"], tolerance);
      }).timeout(120_000);
  }
});
