/** A block of the engine's memory, lent to the matrices of one result until its scope ends. */

import type { Lease } from "../../numeric/lease.js";
import type { Numbers } from "../../numeric/storage.js";
import type { Residence } from "../memory/residence.js";
import type { ScopedMemory } from "./scope.js";

export class EngineLease implements Lease, ScopedMemory {
  #numbers: Numbers;
  /** lent: in the engine's memory, for the scope; own: whoever looked, or was returned it, has it; ended: given back. */
  #state: "lent" | "own" | "ended" = "lent";

  constructor(
    private readonly residence: Residence,
    private readonly address: number,
    n: number,
  ) {
    this.#numbers = residence.lend(address, n);
  }

  get key(): this {
    return this;
  }

  get numbers(): Numbers {
    if (this.#state !== "ended") return this.#numbers;
    throw new Error("these numbers were given back at the end of their scope; return the matrix to keep it");
  }

  get ended(): boolean {
    return this.#state === "ended";
  }

  look(): Numbers {
    const { numbers } = this;
    if (this.#state !== "lent") return numbers;
    this.#own(numbers.slice());
    this.residence.takeBack(this.address, numbers);
    return this.#numbers;
  }

  /** The scope ends: the memory is free, unless the numbers are somebody's by now. */
  end(): void {
    if (this.#state !== "lent") return;
    this.#state = "ended";
    this.residence.takeBack(this.address, this.#numbers);
    this.#numbers = nothing;
  }

  /** The matrix leaves all scopes: its numbers stay where they are, until the collector finds that they have gone. */
  settle(): void {
    if (this.#state === "lent") this.#own(this.residence.settle(this.address, this.#numbers));
  }

  #own(numbers: Numbers): void {
    this.#numbers = numbers;
    this.#state = "own";
  }
}

const nothing = new Float64Array(0);
