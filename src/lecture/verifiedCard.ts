/** How a verification looks: each derivative that was computed beside the formula that it was held against. */

import { cardBundle } from "../mime/card.js";
import type { Bundle } from "../mime/types.js";
import { powerOfTen } from "../mime/written.js";
import { declare } from "../symbolic/declare/declare.js";
import type { CardPiece, CardSection } from "../symbolic/world/cardRecord.js";
import { texName } from "../symbolic/world/texNames.js";
import type { Verification, VerifiedFormula } from "../verify/verification.js";

/** ∇f, Jv, Jᵀu and Gv, each with a line for each part of θ. */
export function verifiedBundle(verification: Verification): Bundle {
  const { formulas, declarations } = verification;
  const world = declare(declarations);
  const line = ({ part, formula, tex, ...one }: VerifiedFormula): CardPiece[] => [
    ...(part === "all" ? [] : [{ text: part, tex: texName(world, part) }, ":  "]),
    { text: formula, tex },
    ...(one.ok ? [] : [difference(one)]),
  ];
  const section = (what: string): CardSection => ({
    heading: `${what}, computed and derived`,
    lines: formulas.filter((one) => one.what === what).map(line),
  });
  const sections = [...new Set(formulas.map(({ what }) => what))].map(section);
  const title = [head(verification)];
  return cardBundle({ version: 1, kind: "formula", title, sections }, verifiedText(verification));
}

/** The same as text, a line for each derivative. */
export function verifiedText(verification: Verification): string {
  const line = ({ what, part, formula, ...one }: VerifiedFormula): string =>
    `${what}${part === "all" ? "" : ` of ${part}`}, against ${formula}${difference(one)}`;
  return [head(verification), ...verification.formulas.map(line)].join("\n");
}

function head({ ok, formulas, tolerance }: Verification): string {
  const count = formulas.filter((one) => one.ok).length;
  return `${ok ? "Verified" : "Not verified"}: ${count} of ${formulas.length} derivatives agree with what is derived for the same layers, to ${powerOfTen(tolerance)}`;
}

/** Rounding is not the same on every machine: a difference is told only where it is more. */
function difference({ ok, error }: Pick<VerifiedFormula, "ok" | "error">): string {
  return ok ? "" : `  DIFFERS by ${error.toExponential(1)} of the largest entry`;
}
