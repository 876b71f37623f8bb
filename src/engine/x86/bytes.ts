/** Bytes written one after the other; they are many, and the engine waits for them at its start. */
export class Bytes {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  byte(value: number): void {
    if (this.#size === this.#bytes.length) this.#grow();
    this.#bytes[this.#size++] = value;
  }

  /** 32 bits, the lowest first. */
  word(value: number): void {
    if (this.#size + 4 > this.#bytes.length) this.#grow();
    this.#view.setInt32(this.#size, value, true);
    this.#size += 4;
  }

  /** Writes 32 bits over those at a position. */
  setWord(position: number, value: number): void {
    this.#view.setInt32(position, value, true);
  }

  /** All so far. */
  copy(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
