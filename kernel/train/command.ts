/** `philab train`: its words on the command line. */
import { parseArgs } from "node:util";
import { UsageError } from "../usageError.js";
import { readConfig, type TrainConfig } from "./config.js";
import { cnnTrain } from "./simpleNN.js";
import { train } from "./train.js";

const options = {
  resume: { type: "boolean", default: false },
  options: { type: "string" },
  seed: { type: "string" },
  columns: { type: "boolean" },
} as const;

export const usage: string = `philab train NET.json [--resume]
philab train NET.config TRAIN.mat [VALIDATION.mat] [--options "-s 1 -C 0.01"] [--seed N] [--columns] [--resume]

Trains a network and says each iteration or epoch: f, accuracy, λ, CG steps, where the time went, how much is left.
Each state is kept in a checkpoint (NET.ckpt); at the end, or at Ctrl-C, θ goes to NET.safetensors.
docs/train.md has the fields of NET.json. The second form takes the files and options of the lecturer's program.
  --resume        go on from the checkpoint, with the bits of the unbroken run
  --options TEXT  as cnn_train takes them
  --seed N        of θ to start from and of the batches; default 0
  --columns       rows of Z run through an image column by column

Exit code 0 done, 1 failed, 2 when the words cannot be meant, 130 stopped by Ctrl-C.`;

/** Runs with the words after `philab train`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const config = configOf(positionals, values);
  const code = await train(config, { resume: values.resume, say: (line) => console.log(line) });
  if (code > 128) process.exit(code); // what computes the next state is still at it
  return code;
}

function configOf(
  [file, ...data]: readonly string[],
  given: { options?: string; seed?: string; columns?: boolean },
): TrainConfig {
  if (file === undefined) throw new UsageError("philab train: needed NET.json, or NET.config with data");
  if (!file.endsWith(".config")) {
    const flag = (["options", "seed", "columns"] as const).find((name) => given[name] !== undefined);
    if (flag !== undefined)
      throw new UsageError(`philab train: --${flag} goes with NET.config, not with ${file}`);
    if (data.length > 0)
      throw new UsageError(`philab train: ${data.join(" ")} goes with NET.config, not with ${file}`);
    return readConfig(file);
  }
  const [instances, validation, ...more] = data;
  if (instances === undefined || more.length > 0) {
    throw new UsageError(
      `philab train: ${data.length} names came after ${file}; needed TRAIN.mat, and VALIDATION.mat where there is one`,
    );
  }
  const { options = "", seed = "0", columns = false } = given;
  if (!/^\d+$/.test(seed)) throw new UsageError(`philab train: --seed ${seed}; needed a whole number`);
  return cnnTrain({ config: file, data: instances, validation, options, seed: Number(seed), columns });
}
