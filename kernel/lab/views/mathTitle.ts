/** A title with its indices and exponents as the page sets them. */

import { textPieces } from "../../../src/mime/mathText.js";
import { element } from "./element.js";

/** "P_φ for h = 5" as a letter, an index and the rest. */
export function mathTitle(text: string): (Node | string)[] {
  return textPieces(text).map((piece) =>
    piece.place === "line" ? piece.text : element(piece.place === "below" ? "sub" : "sup", {}, piece.text),
  );
}
