/** What is wrong with a configuration, or with the data that it names. */
export class TrainError extends Error {
  override readonly name = "TrainError";
}
