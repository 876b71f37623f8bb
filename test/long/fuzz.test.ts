/** The fuzz of soundness by the day's seed, for PHILAB_FUZZ_SECONDS (else 300): on request for hours. */
import { fuzzSuite } from "../symbolic/soundness/fuzz/suite.js";

const seconds = Number(process.env.PHILAB_FUZZ_SECONDS || 300);
let begin: number | undefined;

fuzzSuite(
  `what is accepted of ${seconds} seconds of random statements and derivations`,
  () => {
    begin ??= performance.now();
    return performance.now() - begin < 1000 * seconds;
  },
  seconds * 1000 + 120_000,
);
