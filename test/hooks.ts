/**
 * One seed for all random cases of a run, set before any test is loaded. `npm test` takes the same one always; the long
 * tests take the day's, so that every day tries others. The last lines of a run say which it was (`reporter.cjs`), and
 * `PHILAB_SEED=20261128` repeats it.
 */

import fc from "fast-check";
import { cases, seedOf } from "./cases.js";

const seed = seedOf(process.env.PHILAB_SEED, new Date());
process.env.PHILAB_SEED = String(seed); // for the report
fc.configureGlobal({ seed, ...cases(100) });
