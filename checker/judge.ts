/** Whether a certificate's statement holds, by evaluation alone: docs/trust.md says how, and why that is enough. */
import { type Claim, readCertificate } from "./certificate.js";
import { drawEntry, N } from "./draw.js";
import { need, Stop, written } from "./exact.js";
import type { Matrix } from "./matrix.js";
import type { Expression } from "./parser.js";
import { type Shape, shapesOf } from "./shapes.js";
import { Trial } from "./trial.js";

export interface Judgement {
  verdict: "holds" | "differs" | "not judged";
  /** Where it does not hold. */
  why: string;
  shapes: number;
  trials: number;
  /** That a statement which is false at one of these shapes would have passed there, at most. */
  chance: number;
}

const [fewest, wanted] = [5, 20];
const mostTrials = 8;
const highestDegree = 2_000;
/** Besides, where a statement is one of pieces; more while all is 0 and it is not said to be. */
const [mixedTrials, mostMixed] = [4, 40];
const [multiplicationsAtShape, multiplications] = [100_000, 1_000_000];

export function judge(certificate: unknown): Judgement {
  const judgement: Judgement = { verdict: "holds", why: "", shapes: 0, trials: 0, chance: 0 };
  try {
    tryAll(readCertificate(certificate), judgement);
  } catch (error) {
    judgement.verdict = error instanceof Stop && error.kind === "differs" ? "differs" : "not judged";
    judgement.why = (error as Error).message + judgement.why;
  }
  return judgement;
}

/** Ends where the statement holds; throws why it does not, or why it is not judged. */
function tryAll(claim: Claim, judgement: Judgement): void {
  const { ofAllSizes, shapes: given, names } = claim;
  need(chanceOf(claim, 3, 0, 1) <= highestDegree, "a polynomial of too high a degree");
  const hasFree = claim.spoken.some(({ op, name }) => op === "size" && names.get(name)?.sizes.length === 0);
  const needed = ofAllSizes ? (hasFree ? fewest : 1) : Math.max(given.length, 1);
  let [left, seen] = [multiplications, claim.vacuous];
  for (const shape of shapesOf(claim)) {
    const isEnough = judgement.shapes >= given.length + wanted;
    if (isEnough || left < (judgement.shapes < needed ? -multiplications : 0)) break;
    shape.work = ofAllSizes ? multiplicationsAtShape : multiplications;
    left -= shape.work;
    judgement.why = `, at ${shape.name}`;
    seen = tryShape(claim, shape, judgement, seen);
    judgement.why = "";
    left += shape.work;
  }
  need(judgement.shapes >= needed, `only ${judgement.shapes} shapes could be tried`);
  need(seen, "both sides are 0 wherever it was tried, and it does not say so", "differs");
}

/** As many trials as the certificate's bound needs, and those with mixed entries; whether anything was not 0 so far. */
function tryShape(claim: Claim, shape: Shape, judgement: Judgement, wasSeen: boolean): boolean {
  let [trials, chance, seen] = [0, 1, wasSeen];
  do {
    need(trials < mostTrials, `its bound ${claim.bound} needs more than ${trials} trials`, "differs");
    const one = compared(claim, shape, `${trials}`, false);
    if (one === undefined) return seen;
    seen ||= one.seen;
    chance *= one.chance;
    trials += 1;
  } while (!claim.ofAllSizes && chance > claim.bound);
  for (let k = 0; k < (seen ? mixedTrials : mostMixed) && isPiecewise(claim); k++) {
    const one = compared(claim, shape, `mixed ${k}`, true);
    if (one) trials += 1;
    seen ||= one?.seen === true;
  }
  judgement.shapes += 1;
  judgement.trials += trials;
  judgement.chance = Math.max(judgement.chance, chance);
  return seen;
}

/** Whether signs or largest entries matter, which great numbers seldom change, and never at 0. */
function isPiecewise({ names, spoken }: Claim): boolean {
  return spoken.some(({ op, name }) => /^d?relu$/.test(op) || names.get(name)?.map?.kind === "maxpool");
}

/** Both sides in a trial, which agree; nothing where the shape is too large or says nothing. */
type Agreed = { readonly seen: boolean; readonly chance: number } | undefined;

/** Entries are drawn again where a divisor is 0, or where the sides differ and max pooling met a tie. */
function compared(claim: Claim, shape: Shape, key: string, isMixed: boolean): Agreed {
  for (let k = 0; k < 8; k++) {
    const draws = `${shape.name} ${key} ${k}`;
    const trial = new Trial(claim, shape, (of) => drawEntry(claim.draw, draws, of, isMixed));
    try {
      const [left, right] = claim.sides.map((side) => trial.value(side, { instance: 1, moves: [] }));
      const why = differenceOf(left, right, claim.sides);
      const seen = [left, right].some(({ entries }) => entries.some((entry) => entry !== 0n));
      if (why === "") return { seen, chance: chanceOf(claim, trial.instances, trial.met.size, 2 * N) };
      // where σ is flat, entries tie that are not alike, and not by chance
      need(trial.tie && (isMixed || !claim.rising), why, "differs");
    } catch (error) {
      if (!(error instanceof Stop) || /differs|not judged/.test(error.kind)) throw error;
      if (error.kind !== "division by 0") return undefined;
    }
  }
  return undefined;
}

/** Where the two sides differ, and what they are there; a side that is 0 alone has the other side's size. */
function differenceOf(left: Matrix, right: Matrix, sides: readonly Expression[]): string {
  const isZero = sides.map(({ op, name }) => op === "number" && Number(name) === 0);
  if ((left.rows !== right.rows || left.columns !== right.columns) && !isZero.includes(true))
    return `${left.rows} x ${left.columns} on the left, ${right.rows} x ${right.columns} on the right`;
  const { rows, entries } = isZero[0] ? right : left;
  const [a, b] = [left, right].map((side, k) => (at: number) => written(side.entries[isZero[k] ? 0 : at]));
  const at = entries.findIndex((_, k) => a(k) !== b(k));
  if (at < 0) return "";
  const place = `entry (${(at % rows) + 1}, ${Math.floor(at / rows) + 1})`;
  return `${place} is ${a(at)} on the left, ${b(at)} on the right`;
}

/** The chance, at most, that sides which differ are equal, where each number is one of so many and so many arguments were met. */
function chanceOf(claim: Claim, instances: number, met: number, numbers: number): number {
  const degree = (all: Expression): number => degreeOf(claim, instances, all);
  const [left, right] = claim.sides.map(degree);
  const unknown = claim.spoken.filter(({ op }) => /sigma$|^loss$/.test(op));
  const drawn = unknown.flatMap(({ args }) => args.map(degree));
  // the divisors must not be 0, the sides' difference as well, and no two arguments alike
  return (2 * (left + right) + met * (met - 1) * Math.max(0, ...drawn)) / numbers;
}

/** What has the degree of its arguments together; sizes have none. */
const together =
  /^(?:[-+*/]|\.\*|kron|negative|transpose|vec|mat|diag|trace|relu|map|selector|I|ones|K|number|written|size|floor)$/;

/** How high it is in the numbers drawn, of numerator and denominator alike, when it is made one fraction. */
function degreeOf(claim: Claim, instances: number, { op, name, args }: Expression): number {
  const [a = 0, b = 0] = args.map((arg) => degreeOf(claim, instances, arg));
  if (op === "matrix") {
    const standing = claim.standing.get(claim.names.get(name)!.others[0]);
    return 1 + (standing ? degreeOf(claim, instances, standing) : 0);
  }
  if (op === "differential") return 1;
  if (/sigma$|^loss$/.test(op)) return 1 + a;
  if (op === "drelu") return 0;
  if (op === "norm2" || op === "d") return 2 * a;
  if (op === "Sum") return instances * a;
  need(together.test(op), `of ${op} no degree is known`);
  return a + b;
}
