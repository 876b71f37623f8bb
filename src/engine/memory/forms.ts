/**
 * What is made of frozen numbers (filters packed into panels, or transformed by Winograd), kept for the next call: of
 * all of them, or of a part, as a layer's filters are of a θ that is frozen whole. A part is known by its place in the
 * buffer, whoever looks at it. It is given back when the buffer has gone. Only so many bytes are kept; what comes after
 * is made anew each time.
 */

import type { Numbers } from "../../numeric/storage.js";
import type { Arena } from "./arena.js";
import type { NumbersOrWords } from "./residence.js";

/** Bytes that all forms may take. */
const budget = 256 * 2 ** 20;

interface Form {
  readonly address: number;
  readonly bytes: number;
}

/** The forms of the n numbers from byte `from` of a buffer on. */
interface Part {
  readonly from: number;
  readonly n: number;
  readonly forms: Map<string, Form>;
}

export class Forms {
  readonly #frozen = new WeakMap<ArrayBufferLike, Part[]>();
  readonly #registry = new FinalizationRegistry<Part[]>((parts) => this.#free(parts));
  #kept = 0;

  constructor(private readonly arena: Arena) {}

  /** From now on nobody changes the buffer of these numbers, and what is made of them, or of parts, may be kept. */
  freeze({ buffer }: Numbers): void {
    const parts: Part[] = [];
    this.#frozen.set(buffer, parts);
    this.#registry.register(buffer, parts, buffer);
  }

  /** Whether nobody changes these numbers. */
  has({ buffer }: NumbersOrWords): boolean {
    return this.#frozen.has(buffer);
  }

  /** Where the form of this name lies, or undefined where it has to be made. */
  find(numbers: NumbersOrWords, name: string): number | undefined {
    const parts = this.#frozen.get(numbers.buffer);
    return parts && partOf(parts, numbers)?.forms.get(name)?.address;
  }

  /** Takes over the block at an address as a form of frozen numbers; false where it is not kept. */
  keep(numbers: NumbersOrWords, name: string, form: Form): boolean {
    const parts = this.#frozen.get(numbers.buffer);
    if (parts === undefined || this.#kept + form.bytes > budget) return false;
    const part = partOf(parts, numbers) ?? newPart(parts, numbers);
    part.forms.set(name, form);
    this.#kept += form.bytes;
    return true;
  }

  /** Gives back all that was made of these numbers; of a part, what was made of that part, and the rest stays frozen. */
  release(numbers: Numbers): void {
    const { buffer } = numbers;
    const parts = this.#frozen.get(buffer);
    if (parts === undefined) return;
    const isWhole = numbers.byteLength === buffer.byteLength;
    if (isWhole) {
      this.#frozen.delete(buffer);
      this.#registry.unregister(buffer);
    }
    const part = partOf(parts, numbers);
    this.#free(isWhole ? parts : part === undefined ? [] : [part]);
  }

  #free(parts: readonly Part[]): void {
    for (const { forms } of parts) {
      for (const { address, bytes } of forms.values()) {
        this.arena.release(address);
        this.#kept -= bytes;
      }
      forms.clear();
    }
  }
}

/** The part that these numbers are: the same place and length, though it may be another view. */
function partOf(parts: readonly Part[], { byteOffset, length }: NumbersOrWords): Part | undefined {
  return parts.find(({ from, n }) => from === byteOffset && n === length);
}

function newPart(parts: Part[], { byteOffset, length }: NumbersOrWords): Part {
  const part = { from: byteOffset, n: length, forms: new Map<string, Form>() };
  parts.push(part);
  return part;
}
