/** How much waits somewhere: says when it is so much that nothing more should come, and when there is room again. */
export class Fill {
  readonly #mostEntries: number;
  readonly #mostBytes: number;
  #entries = 0;
  #bytes = 0;
  #isFull = false;
  /** Is told of each change. */
  whenFull: (isFull: boolean) => void = () => {};

  /** It is full above either bound, and has room again at half of both. */
  constructor(mostEntries: number, mostBytes: number) {
    this.#mostEntries = mostEntries;
    this.#mostBytes = mostBytes;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  add(bytes: number): void {
    this.#change(1, bytes);
  }

  remove(bytes: number): void {
    this.#change(-1, -bytes);
  }

  #change(entries: number, bytes: number): void {
    this.#entries += entries;
    this.#bytes += bytes;
    const share = this.#isFull ? 0.5 : 1;
    const isFull = this.#entries > share * this.#mostEntries || this.#bytes > share * this.#mostBytes;
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    this.whenFull(isFull);
  }
}
