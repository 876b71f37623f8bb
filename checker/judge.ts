/** Whether a certificate's statement holds, by evaluation alone: docs/trust.md says how, and why that is enough. */
import { type Certificate, readCertificate } from "./certificate.js";
import { chanceOf } from "./degrees.js";
import { type Draw, drawFrom, N } from "./draw.js";
import { type Dual, type Entries, type Work, zero } from "./dual.js";
import { trialOf } from "./evaluate.js";
import { written } from "./fraction.js";
import { nameOf, shapesOf } from "./shapes.js";
import { type Expression, within } from "./statement.js";
import { Stop } from "./stop.js";
import type { Shape, Trial, World } from "./trial.js";

export interface Judgement {
  readonly verdict: "holds" | "differs" | "not judged";
  /** Where it does not hold. */
  readonly why: string;
  readonly shapes: number;
  readonly trials: number;
  /** That a statement which is false at one of these shapes would have passed there, at most. */
  readonly chance: number;
}

const fewest = 5;
const wanted = 20;
const mostTrials = 8;
const highestDegree = 1_000;
/** Besides, where a statement is one of pieces. */
const mixedTrials = 4;
const multiplicationsAtShape = 100_000;
const multiplications = 1_000_000;

export function judge(certificate: unknown): Judgement {
  const tried = { shapes: 0, trials: 0, chance: 0 };
  try {
    return { ...answerTo(readCertificate(certificate), tried), ...tried };
  } catch (error) {
    return { verdict: "not judged", why: (error as Error).message, ...tried };
  }
}

interface Tried {
  shapes: number;
  trials: number;
  chance: number;
}

type Answer = Pick<Judgement, "verdict" | "why">;

function answerTo(certificate: Certificate, tried: Tried): Answer {
  const { world, ofAllSizes, shapes: given, vacuous, text } = certificate;
  const draw = drawFrom(text);
  if (chanceOf(world, 3, 0, 1) > highestDegree)
    throw new Stop("too large", "a polynomial of too high a degree");
  let [seen, needed, left] = [false, given.length, multiplications];
  for (const shape of shapesOf(world, given, ofAllSizes, draw)) {
    if (ofAllSizes)
      needed = [...shape.sizes.keys()].every((name) => world.declared.sizes.get(name)) ? 1 : fewest;
    if (tried.shapes >= given.length + wanted || left < (tried.shapes < needed ? -multiplications : 0)) break;
    const work = { left: ofAllSizes ? multiplicationsAtShape : multiplications };
    left -= work.left;
    const found = triedAt(certificate, shape, draw, work);
    left += work.left;
    if (found === undefined) continue;
    if (found.why !== "") return { verdict: "differs", why: found.why };
    tried.shapes += 1;
    tried.trials += found.trials;
    tried.chance = Math.max(tried.chance, found.chance);
    seen ||= found.seen;
  }
  if (tried.shapes < Math.max(needed, 1))
    return { verdict: "not judged", why: `only ${tried.shapes} shapes could be tried` };
  if (!seen && !vacuous)
    return { verdict: "differs", why: "both sides are 0 wherever it was tried, and it does not say so" };
  return { verdict: "holds", why: "" };
}

interface AtShape {
  /** The difference; empty where there is none. */
  readonly why: string;
  readonly trials: number;
  readonly chance: number;
  /** Something other than 0. */
  readonly seen: boolean;
}

/** As many trials at a shape as the certificate's bound needs; nothing where the shape is too large or says nothing. */
function triedAt(
  { world, bound, ofAllSizes }: Certificate,
  shape: Shape,
  draw: Draw,
  work: Work,
): AtShape | undefined {
  let [seen, chance, trials] = [false, 1, 0];
  do {
    if (trials === mostTrials)
      return { why: `its bound ${bound} needs more than ${trials} trials`, trials, chance, seen };
    const one = compared(() => trialOf(world, shape, draw, work));
    if (one === undefined) return undefined;
    if (one.why !== "") return { why: `${one.why}, at ${nameOf(shape.sizes)}`, trials, chance, seen };
    seen ||= one.seen;
    trials += 1;
    const instances = Number(shape.sizes.get("l") ?? 3);
    chance *= chanceOf(world, instances, one.met, 2 * N);
  } while (!ofAllSizes && chance > bound);
  for (let k = 0; k < mixedTrials && isPiecewise(world); k++) {
    const one = compared(() => trialOf(world, shape, draw, work, true));
    if (one && one.why !== "") return { why: `${one.why}, at ${nameOf(shape.sizes)}`, trials, chance, seen };
    if (one) trials += 1;
  }
  return { why: "", trials, chance, seen };
}

/** Whether signs or largest entries matter, which great numbers seldom change, and never at 0. */
function isPiecewise({ declared, sides }: World): boolean {
  return sides.some((side) =>
    [...within(side)].some(({ op, name }) => {
      const map = op === "selector" ? declared.selectors.get(name)! : name;
      return op === "relu" || op === "drelu" || declared.maps.get(map)?.kind === "largest";
    }),
  );
}

type Compared = Pick<AtShape, "why" | "seen"> & { readonly met: number };

/** Both sides in a trial; other entries are drawn where a divisor is 0, or where they differ and max pooling met a tie. */
function compared(draw: () => Trial): Compared | undefined {
  for (let k = 0; k < 8; k++) {
    const trial = draw();
    try {
      const [left, right] = trial.world.sides.map((side) =>
        trial.value(side, { instance: 1, moves: [] }),
      ) as [Dual, Dual];
      const why = differenceOf(left, right, trial.world.sides);
      if (why !== "" && trial.tie) continue;
      return {
        why,
        seen: [left, right].some((side) => entriesOf(side).some((entry) => entry !== 0n)),
        met: trial.met.size,
      };
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      if (error.kind === "sizes do not fit") return { why: error.message, seen: true, met: 0 };
      if (error.kind !== "division by 0" && error.kind !== "too large") throw error;
      if (error.kind === "too large") return undefined;
    }
  }
  return undefined;
}

/** Where the two sides differ, and what they are there; a side that is 0 alone has the other side's size. */
function differenceOf(left: Dual, right: Dual, sides: readonly [Expression, Expression]): string {
  const [isZero, isToo] = sides.map(({ op, name }) => op === "number" && Number(name) === 0);
  const [a, b] = [entriesOf(left), entriesOf(right)];
  const sizesDiffer = left.rows !== right.rows || left.columns !== right.columns;
  if (sizesDiffer && !isZero && !isToo)
    return `${left.rows} x ${left.columns} on the left, ${right.rows} x ${right.columns} on the right`;
  const [values, others] = isZero ? [b.map(() => a[0]!), b] : [a, isToo ? a.map(() => b[0]!) : b];
  const rows = isZero ? right.rows : left.rows;
  const at = values.findIndex((value, k) => written(value) !== written(others[k]!));
  if (at < 0) return "";
  const entry = `entry (${(at % rows) + 1}, ${Math.floor(at / rows) + 1})`;
  return `${entry} is ${written(values[at]!)} on the left, ${written(others[at]!)} on the right`;
}

function entriesOf(side: Dual): Entries {
  return side.parts[0] ?? zero(side.rows, side.columns);
}
