/** Where a reader waits while it is shut. */
export class Gate {
  #opened: Promise<void> | undefined;
  #open = (): void => undefined;

  /** Resolves when it is open; undefined where it is open now. */
  get isOpen(): Promise<void> | undefined {
    return this.#opened;
  }

  /** Shuts it, or lets on who waits. */
  shut(isShut: boolean): void {
    if (isShut === (this.#opened !== undefined)) return;
    if (isShut)
      this.#opened = new Promise((resolve) => {
        this.#open = resolve;
      });
    else {
      this.#open();
      this.#opened = undefined;
    }
  }
}
