/** Whether a certificate's statement holds, by evaluation alone: docs/trust.md says how, and why that is enough. */
import { type Certificate, readCertificate, type World } from "./certificate.js";
import { chanceOf } from "./degrees.js";
import { type Draw, drawEntry, drawFrom, N } from "./draw.js";
import { written } from "./exact.js";
import type { Matrix, Work } from "./matrix.js";
import { type Shape, shapesOf } from "./shapes.js";
import { Stop } from "./stop.js";
import { Trial } from "./trial.js";
import { type Expression, within } from "./words.js";

export interface Judgement {
  readonly verdict: "holds" | "differs" | "not judged";
  /** Where it does not hold. */
  readonly why: string;
  readonly shapes: number;
  readonly trials: number;
  /** That a statement which is false at one of these shapes would have passed there, at most. */
  readonly chance: number;
}

const [fewest, wanted] = [5, 20];
const mostTrials = 8;
const highestDegree = 2_000;
/** Besides, where a statement is one of pieces; more while all is 0 and it is not said to be. */
const [mixedTrials, mostMixed] = [4, 40];
const [multiplicationsAtShape, multiplications] = [100_000, 1_000_000];

export function judge(certificate: unknown): Judgement {
  const tried: Tried = { shapes: 0, trials: 0, chance: 0, at: "", seen: false };
  const answer = (verdict: Judgement["verdict"], why: string): Judgement => {
    const { shapes, trials, chance, at } = tried;
    return { verdict, why: verdict === "differs" ? why + at : why, shapes, trials, chance };
  };
  try {
    tryAll(readCertificate(certificate), tried);
    return answer("holds", "");
  } catch (error) {
    const differs = error instanceof Stop && error.kind === "differs";
    return answer(differs ? "differs" : "not judged", (error as Error).message);
  }
}

/** What was tried, with the shape that is being tried, and whether anything was not 0. */
interface Tried {
  shapes: number;
  trials: number;
  chance: number;
  at: string;
  seen: boolean;
}

/** Ends where the statement holds; throws why it does not, or why it is not judged. */
function tryAll(certificate: Certificate, tried: Tried): void {
  const { world, ofAllSizes, shapes: given, vacuous, text } = certificate;
  const draw = drawFrom(text);
  if (chanceOf(world, 3, 0, 1) > highestDegree)
    throw new Stop("not judged", "a polynomial of too high a degree");
  let [needed, left] = [Math.max(given.length, 1), multiplications];
  for (const shape of shapesOf(world, given, ofAllSizes, draw)) {
    if (ofAllSizes) needed = shape.isOnly ? 1 : fewest;
    if (tried.shapes >= given.length + wanted || left < (tried.shapes < needed ? -multiplications : 0)) break;
    const work = { left: ofAllSizes ? multiplicationsAtShape : multiplications };
    tried.at = `, at ${shape.name}`;
    left -= work.left;
    tryShape(certificate, tried, (key, isMixed) =>
      compared(world, shape, draw, `${shape.name} ${key}`, work, isMixed),
    );
    left += work.left;
  }
  tried.at = "";
  if (tried.shapes < needed) throw new Stop("not judged", `only ${tried.shapes} shapes could be tried`);
  if (!tried.seen && !vacuous)
    throw new Stop("differs", "both sides are 0 wherever it was tried, and it does not say so");
}

/** Both sides in a trial, which agree; nothing where the shape is too large or says nothing. */
type Compare = (key: string, isMixed: boolean) => Pick<Tried, "seen" | "chance"> | undefined;

/** As many trials as the certificate's bound needs, and those with mixed entries. */
function tryShape({ world, bound, ofAllSizes, vacuous }: Certificate, tried: Tried, compare: Compare): void {
  let [trials, chance] = [0, 1];
  do {
    if (trials === mostTrials)
      throw new Stop("differs", `its bound ${bound} needs more than ${trials} trials`);
    const one = compare(`${trials}`, false);
    if (one === undefined) return;
    tried.seen ||= one.seen;
    chance *= one.chance;
    trials += 1;
  } while (!ofAllSizes && chance > bound);
  for (let k = 0; k < (tried.seen || vacuous ? mixedTrials : mostMixed) && isPiecewise(world); k++) {
    const one = compare(`mixed ${k}`, true);
    if (one) trials += 1;
    tried.seen ||= one?.seen === true;
  }
  tried.shapes += 1;
  tried.trials += trials;
  tried.chance = Math.max(tried.chance, chance);
}

/** Whether signs or largest entries matter, which great numbers seldom change, and never at 0. */
function isPiecewise({ declared, sides }: World): boolean {
  return sides.some((side) =>
    [...within(side)].some(({ op, name }) => {
      const map = declared.maps.get(declared.selectors.get(name) ?? name);
      return /^d?relu$/.test(op) || (/map|selector/.test(op) && map?.kind === "maxpool");
    }),
  );
}

/** Entries are drawn again where a divisor is 0, or where the sides differ and max pooling met a tie. */
function compared(
  world: World,
  shape: Shape,
  draw: Draw,
  key: string,
  work: Work,
  isMixed: boolean,
): ReturnType<Compare> {
  for (let k = 0; k < 8; k++) {
    const trial = new Trial(world, shape, (of) => drawEntry(draw, `${key} ${k}`, of, isMixed), work);
    try {
      const [left, right] = world.sides.map((side) => trial.value(side, { instance: 1, moves: [] }));
      const why = differenceOf(left, right, world.sides);
      const seen = [left, right].some(({ entries }) => entries.some((entry) => entry !== 0n));
      if (why === "") return { seen, chance: chanceOf(world, shape.instances, trial.met.size, 2 * N) };
      // where σ is flat, entries tie that are not alike, and not by chance
      if (!trial.tie || (world.rising && !isMixed)) throw new Stop("differs", why);
    } catch (error) {
      if (!(error instanceof Stop) || ["differs", "not judged"].includes(error.kind)) throw error;
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
