/** What an older prover may have said: less than the present one, and as much as its certificate. */

import type { Badge } from "../symbolic/check/badge.js";
import type { Certificate } from "../symbolic/check/check.js";
import { proverVersion } from "../symbolic/check/proverVersion.js";
import type { Evidence } from "../symbolic/check/verdict.js";
import type { CheckedRecord } from "../symbolic/derive/derivationRecord.js";

/** Whether a certificate comes from an older prover, which may have reached less. */
export function isOlder({ certificate }: Partial<CheckedRecord>): boolean {
  const { prover = 1 } = (certificate ?? {}) as Partial<Certificate>;
  return Number.isInteger(prover) && prover >= 1 && prover < proverVersion && certificate !== undefined;
}

/**
 * The record as an older prover may have written it. Where it reached as far as the present one, it may have had other words
 * for why. Where the present one reaches farther, what it found then is less than what is proved now; its certificate is
 * verified by itself.
 */
export function asOlder(made: CheckedRecord, shown: CheckedRecord): Partial<CheckedRecord> {
  if (!isOlder(shown)) return {};
  const { prover, ...certificate } = shown.certificate as Certificate;
  const byThen = { ...(made.certificate as Certificate), ...(prover === undefined ? {} : { prover }) };
  if (prover === undefined) delete (byThen as { prover?: number }).prover;
  if (certificate.level === made.level)
    return { certificate: byThen, evidence: { ...made.evidence, ...wordsOf(shown.evidence) } };
  const { level, shapes, seeds, bound, caveats } = certificate;
  const found = { level, shapes, seeds, ...(bound !== undefined && { bound }), ...(caveats && { caveats }) };
  const { bound: _, caveats: __, ...same } = byThen;
  const badge = badgeBy(certificate, shown.evidence);
  return { level, badge, evidence: shown.evidence, certificate: { ...same, ...found } };
}

/** How a prover says that it proves, or why it does not. */
function wordsOf({ normalForm, outOfReach }: Evidence): Evidence {
  return { ...(normalForm !== undefined && { normalForm }), ...(outOfReach !== undefined && { outOfReach }) };
}

function badgeBy({ level, shapes, bound, caveats = [] }: Certificate, { here }: Evidence): Badge {
  const reach =
    level === "identity" && bound !== undefined ? { shapes: shapes.length, error: bound } : undefined;
  const at = level === "here" && here ? { at: here } : undefined;
  const known = reach ?? at;
  return {
    mark: level === "float" ? "nearly" : "holds",
    claim: level,
    ...(known && { bound: known }),
    caveats,
  };
}
