/** Something could not be set up or started; the message says what, where and why. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
