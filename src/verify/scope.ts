/** Where a run stands: what is given, at which sizes, in which instance. */

import type { Expression } from "../symbolic/language/expression.js";
import type { Sizes } from "../symbolic/sizes/sizes.js";
import type { World } from "../symbolic/world/world.js";
import type { Operator } from "./operator.js";
import type { Values } from "./sizes.js";
import type { Value } from "./value.js";

export interface RunScope {
  readonly world: World;
  readonly values: Values;
  readonly sizes: Sizes;
  /** Counted from 0. */
  readonly instance: number;
  /** At which images each selection was taken, by the name of its map. */
  readonly taken: ReadonlyMap<string, readonly Expression[]>;
  /** The selections that this run has found, by map and instance. */
  readonly selections: Map<string, Operator>;
  /** The value of a part. */
  readonly part: (e: Expression, scope: RunScope) => Value;
}
