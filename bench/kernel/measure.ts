import type { Contestant } from "./contestants.js";
import type { LiveKernel } from "./liveKernel.js";

/** What one measurement gave: milliseconds, and a word on what came if it was not all that was wanted. */
export interface Sample {
  readonly ms?: number;
  readonly note?: string;
}

/** One quantity, taken from a kernel that lives; throws Silence where the kernel does not answer in time. */
export interface Measure {
  readonly name: string;
  /** How often it is taken in each round. */
  readonly times: number;
  take(kernel: LiveKernel, contestant: Contestant): Promise<Sample>;
}
