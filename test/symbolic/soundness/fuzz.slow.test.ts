/**
 * Whatever is accepted is true: random declarations, statements and derivations, judged at random sizes by an evaluator
 * that shares nothing with the program but the parsed tree. The long tests try more of them.
 */
import { cases } from "../../cases.js";
import { fuzzSuite } from "./fuzz/suite.js";

const declarations = cases(150).numRuns;

fuzzSuite(
  "a random statement or derivation that is accepted",
  (begun) => begun < declarations,
  declarations * 2000 + 120_000,
);
