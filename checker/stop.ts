/** Why the second program goes no further; the judge answers each kind in its own way. */
type Kind =
  | "not judged"
  | "differs" // the certificate is refused
  | "inadmissible" // another shape is drawn
  | "too large" // the shape is passed over
  | "division by 0"; // other entries are drawn

export class Stop extends Error {
  constructor(
    readonly kind: Kind,
    message: string,
  ) {
    super(message);
  }
}

/** Stops, for this reason, where it is not so. */
export function need(isSo: boolean, kind: Kind, message: string): asserts isSo {
  if (!isSo) throw new Stop(kind, message);
}
