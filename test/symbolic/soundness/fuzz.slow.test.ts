/**
 * Whatever is accepted is true: random declarations, statements and derivations, judged at random sizes by an evaluator
 * that shares nothing with the program but the parsed tree. The long tests try more of them.
 */
import { cases } from "../../cases.js";
import { fuzzSuite } from "./fuzz/suite.js";

/** 150 in npm test, which tries half of the cases. */
const declarations = cases(300).numRuns;

fuzzSuite(
  "a random statement or derivation that is accepted",
  (begun) => begun < declarations,
  declarations * 2000 + 120_000,
);
