/**
 * Max pooling takes one entry of each window: its selection is 1 for one offset and 0 for all others. So two selections
 * for one window are the same, all of them together are 1, and a function of what is selected is the function's value
 * that is selected.
 */

import { equal, type Polynomial, variable, variables } from "../language/polynomial.js";
import type { Fresh } from "./at.js";
import { type Applied, type Entry, type Equation, type Factor, replaced, type Term, uses } from "./terms.js";

/** An entry of a selection: for which window, and which offset. */
interface Choice {
  readonly factor: Entry;
  readonly window: readonly Polynomial[];
  readonly offset: readonly Polynomial[];
}

function choiceOf(factor: Factor): Choice | undefined {
  if (factor.kind !== "entry" || factor.offsets === undefined) return undefined;
  const at = factor.index.length - factor.offsets;
  return { factor, window: factor.index.slice(0, at), offset: factor.index.slice(at) };
}

/** Two selections for one window become one, and their offsets are equal; undefined where there are no two. */
export function mergedChoices(term: Term): Term | undefined {
  const choices = term.factors.flatMap((factor) => choiceOf(factor) ?? []);
  for (const [k, x] of choices.entries()) {
    const y = choices.slice(k + 1).find((other) => isSameWindow(x, other));
    if (!y) continue;
    const equations = x.offset.map((left, at): Equation => {
      const right = y.offset[at];
      return { left, right, size: rangeOf(term, left) ?? rangeOf(term, right) ?? unknownRange };
    });
    return {
      ...term,
      factors: term.factors.filter((factor) => factor !== y.factor),
      equations: [...term.equations, ...equations],
    };
  }
  return undefined;
}

/** A range that equals no other. */
const unknownRange = variable("?");

function isSameWindow(x: Choice, y: Choice): boolean {
  return (
    x.factor.name === y.factor.name &&
    x.window.length === y.window.length &&
    x.window.every((index, k) => equal(index, y.window[k]))
  );
}

function rangeOf({ sums }: Term, offset: Polynomial): Polynomial | undefined {
  return sums.get(nameOf(offset) ?? "");
}

function nameOf(index: Polynomial): string | undefined {
  const [[name, k] = ["", 0n], ...more] = index.terms;
  return more.length === 0 && k === 1n ? name : undefined;
}

/** A selection summed over all of its offsets, which stand nowhere else, is 1. */
export function withoutIdleChoices(term: Term): Term {
  const idle = term.factors
    .flatMap((factor) => choiceOf(factor) ?? [])
    .find((choice) => isIdle(term, choice));
  if (!idle) return term;
  const sums = new Map(term.sums);
  for (const offset of idle.offset) sums.delete(nameOf(offset) ?? "");
  return withoutIdleChoices({
    ...term,
    sums,
    factors: term.factors.filter((factor) => factor !== idle.factor),
  });
}

function isIdle(term: Term, { factor, window, offset }: Choice): boolean {
  const names = offset.map((index) => nameOf(index) ?? "");
  const elsewhere = { ...term, factors: term.factors.filter((other) => other !== factor) };
  return (
    new Set(names).size === names.length &&
    names.every((name) => term.sums.has(name) && !uses(elsewhere, name)) &&
    !window.some((index) => variables(index).some((name) => names.includes(name)))
  );
}

/** f(Σ selection · x) is Σ selection · f(x), for the first function in which a selection stands; else undefined. */
export function choicesOutside(term: Term, fresh: Fresh): Term | undefined {
  for (const factor of term.factors) {
    if (factor.kind !== "applied") continue;
    const choice = factor.at.flatMap((inner) => choicesWithin(inner))[0];
    if (choice) return pulledOut(term, factor, choice, fresh);
  }
  return undefined;
}

/** The selections of a term whose windows are given from outside and whose offsets are summed inside. */
function choicesWithin(term: Term): Choice[] {
  return term.factors.flatMap((factor) => {
    const choice = choiceOf(factor);
    if (!choice?.offset.every((index) => rangeOf(term, index))) return [];
    if (new Set(choice.offset.map(nameOf)).size < choice.offset.length) return [];
    return choice.window.some((index) => variables(index).some((name) => term.sums.has(name)))
      ? []
      : [choice];
  });
}

function pulledOut(term: Term, factor: Applied, choice: Choice, fresh: Fresh): Term {
  const sizes = factor.at.flatMap((inner) => ownOffsets(inner, choice))[0];
  const names = choice.offset.map(() => fresh());
  const at = factor.at.map((inner) => selected(inner, choice, names));
  const index = [...choice.window, ...names.map(variable)];
  return {
    ...term,
    sums: new Map([...term.sums, ...names.map((name, k) => [name, sizes.ranges[k]] as const)]),
    factors: [
      ...term.factors.filter((other) => other !== factor),
      { ...choice.factor, index },
      { ...factor, at },
    ],
  };
}

/** The selection of that window in a term, with the ranges of its offsets. */
function ownOffsets(term: Term, choice: Choice): { own: Choice; ranges: Polynomial[] }[] {
  return choicesWithin(term)
    .filter((own) => isSameWindow(own, choice))
    .map((own) => ({ own, ranges: own.offset.flatMap((index) => rangeOf(term, index) ?? []) }));
}

/** The term where the window's offset is the given one. */
function selected(term: Term, choice: Choice, names: readonly string[]): Term {
  const [found] = ownOffsets(term, choice);
  if (!found) return term;
  const values = new Map(
    found.own.offset.map((index, k) => [nameOf(index) ?? "", variable(names[k])] as const),
  );
  const sums = new Map([...term.sums].filter(([name]) => !values.has(name)));
  const factors = term.factors.filter((factor) => factor !== found.own.factor);
  return replaced({ ...term, sums, factors }, (name) => values.get(name));
}
