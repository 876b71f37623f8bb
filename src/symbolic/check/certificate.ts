/** Certificates: what was checked, as plain JSON, checked again from nothing but that. */

import { declare } from "../declare/declare.js";
import { parse, parseStatement } from "../language/parse.js";
import { areCaveats, caveatText, levels } from "./badge.js";
import { type Certificate, checkStatement } from "./check.js";
import { proverVersion } from "./proverVersion.js";
import type { Verdict } from "./verdict.js";

/**
 * Checks every statement of the certificates anew: with the stored shapes and seeds, and one seed that was not used
 * before. A statement counts only where it reaches the level that was stored, and there is nothing to add to
 * the caveats that were. Throws TypeError for what is no
 * certificate.
 */
export function verifyCertificate(json: unknown, freshSeed = 1000): Verdict[] {
  const list = Array.isArray(json) ? json : [json];
  return list.map((entry) => verified(checkedCertificate(entry), freshSeed));
}

function verified(certificate: Certificate, freshSeed: number): Verdict {
  const { declarations, statement, level, shapes, seeds, prover = 1 } = certificate;
  const standing = new Map(
    Object.entries(certificate.standing ?? {}).map(([name, text]) => [name, parse(text)] as const),
  );
  const options = { shapes, seeds: [...seeds, freshSeed], standing };
  const verdict = checkStatement(declare(declarations), parseStatement(statement), options);
  const said = (certificate.caveats ?? []).map(caveatText);
  if (!verdict.ok) return verdict;
  if (levels.indexOf(verdict.level) < levels.indexOf(level))
    return {
      ...verdict,
      ok: false,
      why: `reached the level ${verdict.level} by prover ${proverVersion}; the certificate says ${level}, by prover ${prover}`,
    };
  const unsaid = (verdict.caveats ?? []).map(caveatText).filter((text) => !said.includes(text));
  if (unsaid.length === 0) return verdict;
  return {
    ...verdict,
    ok: false,
    why: `holds with a caveat that the certificate does not state: ${unsaid.join("; ")}`,
  };
}

function checkedCertificate(value: unknown): Certificate {
  const certificate = value as Partial<Certificate> | null;
  const wrong = (field: string): never => {
    throw new TypeError(
      `verifyCertificate: ${field} is ${JSON.stringify((value as Record<string, unknown>)[field])}; this is no certificate of version 1`,
    );
  };
  if (typeof certificate !== "object" || certificate === null)
    throw new TypeError(`verifyCertificate: ${String(value)} is no certificate`);
  if (certificate.version !== 1) wrong("version");
  if (!isNumberOfProver(certificate.prover ?? 1)) wrong("prover");
  for (const field of ["declarations", "statement"] as const)
    if (typeof certificate[field] !== "string") wrong(field);
  if (!(levels as readonly unknown[]).includes(certificate.level)) wrong("level");
  if (!isListOf(certificate.shapes, isShape)) wrong("shapes");
  if (!isListOf(certificate.seeds, Number.isInteger)) wrong("seeds");
  if (!isStanding(certificate.standing ?? {})) wrong("standing");
  if (!areCaveats(certificate.caveats ?? [])) wrong("caveats");
  return certificate as Certificate;
}

/** One at least: a statement that was tried nowhere is not tried again. */
function isListOf(value: unknown, fits: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(fits);
}

function isShape(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every(Number.isInteger);
}

function isStanding(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((text) => typeof text === "string");
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumberOfProver(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1;
}
