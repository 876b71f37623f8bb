/** Certificates: what was checked, as plain JSON, checked again from nothing but that. */

import { declare } from "../declare/declare.js";
import { parse, parseStatement } from "../language/parse.js";
import { type Certificate, checkStatement } from "./check.js";
import type { Verdict } from "./verdict.js";

/**
 * Checks every statement of the certificates anew: with the stored shapes and seeds, and one seed that was not used
 * before. A statement counts only where it reaches the level that was stored. Throws TypeError for what is no
 * certificate.
 */
export function verifyCertificate(json: unknown, freshSeed = 1000): Verdict[] {
  const list = Array.isArray(json) ? json : [json];
  return list.map((entry) => verified(checkedCertificate(entry), freshSeed));
}

function verified(certificate: Certificate, freshSeed: number): Verdict {
  const { declarations, statement, level, shapes, seeds } = certificate;
  const standing = new Map(
    Object.entries(certificate.standing ?? {}).map(([name, text]) => [name, parse(text)] as const),
  );
  const options = { shapes, seeds: [...seeds, freshSeed], standing };
  const verdict = checkStatement(declare(declarations), parseStatement(statement), options);
  if (!verdict.ok || ranks.indexOf(verdict.level) >= ranks.indexOf(level)) return verdict;
  return { ...verdict, ok: false, why: `reached the level ${verdict.level}; the certificate says ${level}` };
}

/** From the weakest evidence to the strongest. */
const ranks: readonly string[] = ["float", "identity", "here", "all sizes"];

function checkedCertificate(value: unknown): Certificate {
  const certificate = value as Partial<Certificate> | null;
  const wrong = (field: string): never => {
    throw new TypeError(
      `verifyCertificate: ${field} is ${JSON.stringify((value as Record<string, unknown>)?.[field])}; this is no certificate of version 1`,
    );
  };
  if (typeof certificate !== "object" || certificate === null)
    throw new TypeError(`verifyCertificate: ${String(value)} is no certificate`);
  if (certificate.version !== 1) wrong("version");
  for (const field of ["declarations", "statement"] as const)
    if (typeof certificate[field] !== "string") wrong(field);
  if (!ranks.includes(certificate.level as string)) wrong("level");
  for (const field of ["shapes", "seeds"] as const) if (!Array.isArray(certificate[field])) wrong(field);
  return certificate as Certificate;
}
