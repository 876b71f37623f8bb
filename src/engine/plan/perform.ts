/** How an operation computes on a machine: by a plan, recorded at its first call and kept for the next. */

import type { Machine } from "../machine/machine.js";
import type { NumbersOrWords } from "../memory/residence.js";
import { Plan, type Results, type ResultsTaken, type Targets } from "./plan.js";
import { type Operand, Workspace } from "./workspace.js";

/** What a plan depends on: the operation, and its sizes and options as one object or as one text. */
export interface PlanKey {
  readonly operation: string;
  readonly sizes: object | string;
}

/** Words that all plans of a machine may have; those used last are kept. */
const budget = 2 ** 22;

class Plans {
  readonly #bySizes = new Map<PlanKey["sizes"], Map<string, Plan>>();
  #last: PlanKey["sizes"] | undefined;
  #size = 0;

  find({ operation, sizes }: PlanKey): Plan | undefined {
    const found = this.#bySizes.get(sizes);
    if (found !== undefined && this.#last !== sizes) this.#moveToEnd(sizes, found);
    return found?.get(operation);
  }

  add({ operation, sizes }: PlanKey, plan: Plan): void {
    const found = this.#bySizes.get(sizes) ?? new Map<string, Plan>();
    found.set(operation, plan);
    this.#moveToEnd(sizes, found);
    this.#size += plan.size;
    for (const [first, plans] of this.#bySizes) {
      if (this.#size <= budget || first === sizes) return;
      this.#forget(first, plans);
    }
  }

  #moveToEnd(sizes: PlanKey["sizes"], plans: Map<string, Plan>): void {
    this.#bySizes.delete(sizes);
    this.#bySizes.set(sizes, plans);
    this.#last = sizes;
  }

  #forget(sizes: PlanKey["sizes"], plans: Map<string, Plan>): void {
    this.#bySizes.delete(sizes);
    for (const plan of plans.values()) {
      this.#size -= plan.size;
      plan.close();
    }
  }
}

const plansOf = new WeakMap<Machine, Plans>();

/**
 * Computes with these numbers what `build` describes; its description must depend on the key alone, and so must how
 * many threads may work and how many numbers each operand has. Results with a target are written there.
 */
export function perform<R extends Results>(
  machine: Machine,
  threads: number,
  key: PlanKey,
  numbers: readonly NumbersOrWords[],
  build: (work: Workspace, ...operands: Operand[]) => R,
  targets: Targets = {},
): ResultsTaken<R> {
  const { loans } = machine;
  if (loans.running) {
    machine.settle();
    loans.close();
  }
  loans.running = true;
  try {
    return planFor(machine, threads, key, numbers, build).run(numbers, threads, targets);
  } finally {
    loans.close();
  }
}

function planFor<R extends Results>(
  machine: Machine,
  threads: number,
  key: PlanKey,
  numbers: readonly NumbersOrWords[],
  build: (work: Workspace, ...operands: Operand[]) => R,
): Plan<R> {
  const plan = found(key, false);
  return plan.hasForms(numbers) ? found({ ...key, operation: `${key.operation}, formed` }, true) : plan;

  function found(key: PlanKey, formed: boolean): Plan<R> {
    const plans = plansOf.get(machine) ?? new Plans();
    plansOf.set(machine, plans);
    const known = plans.find(key) as Plan<R> | undefined;
    if (known !== undefined) return known;
    const work = new Workspace(machine, threads, formed);
    const operands = numbers.map((given, place) => {
      return { place, length: given.length, frozen: machine.forms.has(given) };
    });
    const made = new Plan(work, build(work, ...operands));
    plans.add(key, made as unknown as Plan);
    return made;
  }
}
