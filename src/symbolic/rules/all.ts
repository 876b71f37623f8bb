/** The rules by name. */

import type { Expression } from "../language/expression.js";
import { nearestName } from "../language/nearest.js";
import { commutationRules } from "./commutation.js";
import { differentialRules } from "./differentials.js";
import { identityRules } from "./identities.js";
import { indexMapRules } from "./indexMaps.js";
import { kroneckerRules } from "./kronecker.js";
import { lossRules } from "./losses.js";
import { rewrite } from "./rewrite.js";
import type { Context, Rule } from "./rule.js";
import { sumRules } from "./sums.js";
import { transposeRules } from "./transposes.js";
import { vecRules } from "./vec.js";

/** A name that is no rule's. */
export class RuleError extends Error {
  override readonly name = "RuleError";
}

/** Every rule, by subject. */
export const rules: readonly Rule[] = [
  ...vecRules,
  ...kroneckerRules,
  ...commutationRules,
  ...transposeRules,
  ...identityRules,
  ...sumRules,
  ...indexMapRules,
  ...differentialRules,
  ...lossRules,
];

/** Other names: a number of the lecture stands for each form of its equation, tried in this order. */
const aliases: Record<string, readonly string[]> = {
  "eq (4)": ["vec-of-map", "map-as-matrix"],
  "eq (5)": ["mat-of-vec", "vec-of-mat"],
  "vec-of-phi": ["vec-of-map"],
  "d-const": ["d-constant"],
  "kron-row": ["vec-row-kron"],
};

/** The rule of that name. Throws RuleError that names the rules that resemble it. */
export function ruleNamed(name: string): Rule {
  if (typeof name !== "string")
    throw new RuleError(
      `${typeof name} came; needed the name of a rule as text, for example "vec-of-product"`,
    );
  const found = rules.find((rule) => rule.name === name);
  if (found) return found;
  if (Object.hasOwn(aliases, name)) return oneOf(name, aliases[name].map(ruleNamed));
  const written = JSON.stringify(name);
  const meant = nearestName(name, [...rules.map((rule) => rule.name), ...Object.keys(aliases)]);
  if (meant !== undefined)
    throw new RuleError(`${written} is no rule; did you mean ${JSON.stringify(meant)}?`);
  throw new RuleError(`${written} is no rule; there are ${rulesNear(name).join(", ")}`);
}

/** The rules that share a word with what was written; all of them where none does. */
function rulesNear(name: string): string[] {
  const words = name.split(/[^a-z0-9]+/i).filter((word) => word.length > 2);
  const near = rules.filter((rule) => words.some((word) => rule.name.includes(word)));
  return (near.length > 0 ? near : rules).map((rule) => rule.name);
}

/** The rules that apply somewhere in the expression. */
export function applicableRules(e: Expression, context: Context): readonly Rule[] {
  return rules.filter((rule) => rewrite(rule, e, context) !== undefined);
}

/** The first of the rules that applies. */
function oneOf(name: string, candidates: readonly Rule[]): Rule {
  const [{ law, source }] = candidates;
  const apply: Rule["apply"] = (e, context) => {
    for (const rule of candidates) {
      const result = rule.apply(e, context);
      if (result) return result;
    }
    return undefined;
  };
  return { name, law, source, apply };
}
