/**
 * What is made of frozen numbers (filters packed into panels, or transformed by Winograd), kept for the next call. It
 * is given back when the numbers have gone. Only so many bytes are kept; what comes after is made anew each time.
 */

import type { Numbers } from "../../numeric/storage.js";
import type { Arena } from "./arena.js";

/** Bytes that all forms may take. */
const budget = 256 * 2 ** 20;

interface Form {
  readonly address: number;
  readonly bytes: number;
}

export class Forms {
  readonly #of = new WeakMap<object, Map<string, Form>>();
  readonly #registry = new FinalizationRegistry<Map<string, Form>>((forms) => this.#free(forms));
  #kept = 0;

  constructor(private readonly arena: Arena) {}

  /** From now on nobody changes these numbers, and what is made of them may be kept. */
  freeze(numbers: Numbers): void {
    const forms = new Map<string, Form>();
    this.#of.set(numbers, forms);
    this.#registry.register(numbers, forms, numbers);
  }

  /** Whether nobody changes these numbers. */
  has(numbers: object): boolean {
    return this.#of.has(numbers);
  }

  /** Where the form of this name lies, or undefined where it has to be made. */
  find(numbers: object, name: string): number | undefined {
    return this.#of.get(numbers)?.get(name)?.address;
  }

  /** Takes over the block at an address as a form of frozen numbers; false where it is not kept. */
  keep(numbers: object, name: string, form: Form): boolean {
    const forms = this.#of.get(numbers);
    if (forms === undefined || this.#kept + form.bytes > budget) return false;
    forms.set(name, form);
    this.#kept += form.bytes;
    return true;
  }

  /** Gives back all that was made of these numbers. */
  release(numbers: Numbers): void {
    const forms = this.#of.get(numbers);
    if (forms === undefined) return;
    this.#of.delete(numbers);
    this.#registry.unregister(numbers);
    this.#free(forms);
  }

  #free(forms: Map<string, Form>): void {
    for (const { address, bytes } of forms.values()) {
      this.arena.release(address);
      this.#kept -= bytes;
    }
    forms.clear();
  }
}
