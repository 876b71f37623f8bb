/** Why the second program goes no further; the judge answers each kind in its own way. */
type Kind =
  | "not judged"
  | "differs" // the certificate is refused
  | "inadmissible" // another shape is drawn
  | "too large" // the shape is passed over
  | "division by 0"; // other entries are drawn

export class Stop extends Error {
  readonly kind: Kind;

  constructor(kind: Kind, message: string) {
    super(message);
    this.kind = kind;
  }
}
