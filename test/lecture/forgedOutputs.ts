/** Outputs as philab writes them, and each with one field changed. */
import { lecture, shownStatements } from "../../src/index.js";
import { DERIVATION_MIME, VERDICT_MIME } from "../../src/mime/types.js";
import { displayKey } from "../../src/numeric/show.js";
import { proverVersion } from "../../src/symbolic/check/proverVersion.js";

export type Json = Record<string, unknown>;

const bundleOf = (value: unknown): Json =>
  JSON.parse(JSON.stringify((value as { [displayKey](): unknown })[displayKey]()));

export const problemsOf = (bundle: Json): string[] =>
  shownStatements(bundle).flatMap((one) => one.problems(7));

/** What honest outputs hold: a statement, one that is tried on numbers, lines by rules and a written one, an open line. */
export function honestOutputs(): Record<string, Json> {
  const A = lecture`dims m n k; A : m x n;  B : n x k`;
  const L = lecture`
    dims h s d a b d_out; a_out = floor((a - h)/s) + 1; b_out = floor((b - h)/s) + 1
    Z : d x a*b; W : d_out x h*h*d; phi, P = conv(h, s, d, a, b)`;
  const derivation = L.derive("vec(W*phi(Z))").by("vec-of-product", "phi(Z)").by("eq (4)");
  return {
    statement: bundleOf(A.check("eq (5)", "vec(A*B) = kron(I(k), A)*vec(B)")),
    "statement tried on numbers": bundleOf(A.check("relu", "relu(relu(A) + relu(A)) = 2*relu(A) + 0*A")),
    derivation: bundleOf(derivation.eq("kron(I(a_out*b_out), W)*(P*vec(Z))", "grouped")),
    gradient: bundleOf(
      lecture`dims m n; W : m x n; z : n x 1; G : m x 1; xi(S) with gradient G`.gradient("xi(W*z)", "W"),
    ),
    exercise: bundleOf(L.exercise("vec(W*phi(Z))").by("vec-of-product", "phi(Z)").blank("eq (4)")),
  };
}

/** Every place of a value: objects, lists and what they end in. */
function* placesIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) yield* placesIn(part, [...path, name]);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((part, name) => (part as Json)[name], value);
}

/** Other values for a place, of its own type and of others. */
function* forgeries(value: unknown): Generator<unknown> {
  if (typeof value === "string") yield* [`${value}x`, "A", ""];
  else if (typeof value === "number") yield* [value + 1, 0, -value - 1, value / 2];
  else if (typeof value === "boolean") yield !value;
  else if (Array.isArray(value)) yield* [[...value, ...value.slice(-1)], value.slice(1), []];
  yield* [undefined, null, {}];
}

/** The bundle with another value at a place; undefined takes the field away. */
function forged(bundle: Json, path: readonly string[], value: unknown): Json {
  const copy = structuredClone(bundle);
  const holder = at(copy, path.slice(0, -1)) as Json;
  const name = path[path.length - 1] as string;
  if (value === undefined) {
    if (Array.isArray(holder)) holder.splice(Number(name), 1);
    else delete holder[name];
  } else holder[name] = value;
  return copy;
}

/** Every way of changing one field of an output, each with its name and what comes of it. */
export function* forgedOutputs(bundle: Json): Generator<{ readonly name: string; readonly bundle: Json }> {
  const mime = VERDICT_MIME in bundle ? VERDICT_MIME : DERIVATION_MIME;
  for (const path of placesIn(bundle)) {
    const isForm = path.length === 1;
    if (path.length === 0 || (path[0] === mime && isForm)) continue;
    const value = at(bundle, path);
    for (const other of forgeries(value)) {
      if (JSON.stringify(other) === JSON.stringify(value) || saysLess(path, other)) continue;
      if (isForm && typeof other !== "string") continue; // a form that is none is not shown
      yield { name: `${path.join(".")} = ${JSON.stringify(other)}`, bundle: forged(bundle, path, other) };
    }
  }
}

/**
 * What a view adds, a rule that is not named, and a certificate of an older prover, or without its number, claim less; what
 * somebody asked for in an exercise claims nothing of its lines.
 */
function saysLess(path: readonly string[], other: unknown): boolean {
  const last = path[path.length - 1] as string;
  if (path.includes("exercise")) return true;
  if (last === "prover" && Number.isInteger(other) && Number(other) > 0 && Number(other) < proverVersion)
    return true;
  if (last === "result" && other === null) return true;
  return other === undefined && /^(?:rule|prover|words|change|foldedChange|bookkeeping|result)$/.test(last);
}
