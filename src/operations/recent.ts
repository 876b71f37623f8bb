/** The things asked for last, the latest first: they are few, and comparing numbers is quicker than making keys. */
export class Recent<T> {
  readonly #items: T[] = [];

  constructor(private readonly most = 64) {}

  find(isAsked: (item: T) => boolean): T | undefined {
    return this.#items.find(isAsked);
  }

  /** From now on this is the latest; the one that was asked for longest ago may go. */
  remember(item: T): void {
    if (this.#items[0] === item) return;
    const at = this.#items.indexOf(item);
    if (at >= 0) this.#items.splice(at, 1);
    else if (this.#items.length === this.most) this.#items.pop();
    this.#items.unshift(item);
  }
}
