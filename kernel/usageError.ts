/** The command line asks for something that cannot be meant; the program ends with code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
