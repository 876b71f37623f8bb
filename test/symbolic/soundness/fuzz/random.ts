/** Whole numbers drawn from a seed: the same seed gives the same numbers. */

export class Random {
  private state: number;

  constructor(...seed: readonly (string | number)[]) {
    this.state = 2166136261;
    for (const sign of seed.join("|")) this.state = Math.imul(this.state ^ sign.charCodeAt(0), 16777619);
  }

  /** From low to high, both included. */
  whole(low: number, high: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    const unit = ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    return low + Math.floor(unit * (high - low + 1));
  }

  of<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)];
  }

  /** True once in n times. */
  oneIn(n: number): boolean {
    return this.whole(1, n) === 1;
  }

  /** So many of the list, in any order, none twice. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    return Array.from({ length: Math.min(count, list.length) }, () =>
      left.splice(this.whole(0, left.length - 1), 1),
    ).flat();
  }
}
