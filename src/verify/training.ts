/** What computes f's derivatives, held against what is derived for the same layers. */

import { partOf } from "../layers/layer.js";
import type { Network } from "../network/network.js";
import { gradientsOf, type OfPart, productsOf, tangentOf, transposesOf } from "./derivedValues.js";
import { formulasOf, type Verifiable } from "./formulas.js";
import { withGroups } from "./twin.js";
import { type Verification, VerifiedDerivatives, type VerifiedFormula } from "./verification.js";

/** ∇f, Jv, Jᵀu and Gv of a problem, each beside the formula that is derived for the same layers and run on the same numbers. */
export async function verified(given: Verifiable): Promise<Verification> {
  const { problem, net } = given;
  const formulas = formulasOf(given);
  const { theta, v, u } = formulas;
  const tolerance = problem.dtype === "float32" ? 1e-4 : 1e-10;
  const compared = [
    ...byParts("∇f", net, (await problem.gradient(theta)).g, gradientsOf(formulas)),
    wholeOf("Jv", (await problem.Jv(theta, v)).data, tangentOf(formulas)),
    ...byParts("Jᵀu", net, await problem.JTu(theta, u), transposesOf(formulas, u)),
    ...byParts("Gv", net, await problem.Gv(theta, v), productsOf(formulas)),
  ];
  const found = compared.map(({ error, ...one }) => ({ ...one, error, ok: error <= tolerance }));
  return new VerifiedDerivatives(found, formulas.text.declarations, tolerance);
}

/** A vector like θ, part by part, beside the formulas' values. */
function byParts(what: string, net: Network, computed: Float64Array, known: readonly OfPart[]): Compared[] {
  return known.map(({ part: { name, layer, kind }, formula, tex, value }) => {
    const wanted = kind === "W" ? withGroups(net.layers[layer], value) : value;
    const found = partOf(net.layers[layer], computed)[kind].data;
    return { what, part: name, formula, tex, error: relativeError(found, wanted) };
  });
}

function wholeOf(what: string, computed: ArrayLike<number>, known: Omit<OfPart, "part">): Compared {
  const { formula, tex, value } = known;
  return { what, part: "all", formula, tex, error: relativeError(computed, value) };
}

type Compared = Omit<VerifiedFormula, "ok">;

/** max |x − y| over max |y|; NaN where they have not as many entries. */
function relativeError(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) return Number.NaN;
  let [error, largest] = [0, 0];
  for (let k = 0; k < y.length; k++) {
    error = Math.max(error, Math.abs(x[k] - y[k]));
    largest = Math.max(largest, Math.abs(y[k]));
  }
  return largest === 0 ? error : error / largest;
}
