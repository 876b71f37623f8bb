/** A training that its test kills: `node --import tsx killedTraining.ts FILE EPOCHS`. Writes a line for each state. */

import { objective } from "../../src/optimise/objective.js";
import { sgdSteps } from "../../src/optimise/sgd.js";
import { fixtureDigits, networkA, thetaA } from "../network/given.js";

const problem = objective(networkA, fixtureDigits(32));
const [, , checkpoint, epochs] = process.argv as [string, string, string, string];
const options = { epochs: Number(epochs), bsize: 16, lr: 1e-3, checkpoint };
for await (const _ of sgdSteps(problem, thetaA, options)) process.stdout.write("state\n");
