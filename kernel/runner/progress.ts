/** How far a loop is: one display, updated in place. */
import { randomUUID } from "node:crypto";
import { currentExecution } from "./currentExecution.js";
import { display } from "./display.js";

export interface ProgressOptions {
  /** What is counted. */
  readonly label?: string;
}

interface State {
  readonly label: string;
  /** How many there are, if that is known. */
  readonly total: number | undefined;
  readonly done: number;
  readonly seconds: number;
  readonly isOver: boolean;
}

const msBetweenUpdates = 100;
const barWidth = 24;

/**
 * Whole numbers 0 … n − 1, with their progress shown. Throws RangeError when n is no count.
 *
 * @example
 * for (const k of progress(3)) console.log(k)
 */
export function progress(n: number, options?: ProgressOptions): Iterable<number>;
/** The items, with their progress shown: how many, how fast, how long it will still take. Quiet where nobody looks on. */
export function progress<Item>(items: Iterable<Item>, options?: ProgressOptions): Iterable<Item>;
export function progress<Item>(
  items: Iterable<Item> | number,
  options: ProgressOptions = {},
): Iterable<Item | number> {
  const counted = typeof items === "number" ? numbers(items) : items;
  const isWatched = currentExecution().allowInput; // programs that run notebooks cannot be asked
  return isWatched ? shown<Item | number>(counted, totalOf(items), options.label ?? "") : counted;
}

function* shown<Item>(items: Iterable<Item>, total: number | undefined, label: string): Generator<Item> {
  const display_id = randomUUID();
  const start = performance.now();
  let [done, last] = [0, Number.NEGATIVE_INFINITY];
  const show = (isOver: boolean): void => {
    const now = performance.now();
    const isFirst = last === Number.NEGATIVE_INFINITY;
    if (!isOver && now - last < msBetweenUpdates) return;
    last = now;
    const state = { label, total, done, seconds: (now - start) / 1000, isOver };
    display(bundle(state), { raw: true, display_id, update: !isFirst });
  };
  show(false);
  try {
    for (const item of items) {
      yield item;
      done++;
      show(false);
    }
  } finally {
    show(true); // also when the loop was left early
  }
}

function* numbers(n: number): Generator<number> {
  for (let i = 0; i < n; i++) yield i;
}

function totalOf(items: Iterable<unknown> | number): number | undefined {
  if (typeof items === "number") {
    if (Number.isInteger(items) && items >= 0) return items;
    throw new RangeError(
      `progress: n = ${items}; needed a whole number from 0, or something to iterate over`,
    );
  }
  const { length, size } = items as { length?: unknown; size?: unknown };
  return [length, size].find((count): count is number => typeof count === "number");
}

function bundle(state: State): Record<string, string> {
  return { "text/plain": plain(state), "text/html": html(state) };
}

/** epoch ██████────── 42/100 · 12.3/s · 5 s left */
function plain(state: State): string {
  const { label, total, done } = state;
  const full = total ? Math.round((barWidth * done) / total) : 0;
  const bar = total === undefined ? "" : "█".repeat(full) + "─".repeat(barWidth - full);
  return [label, bar, words(state)].filter((part) => part !== "").join(" ");
}

function words({ total, done, seconds, isOver }: State): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [total === undefined ? `${done}` : `${done}/${total}`];
  if (done > 0) parts.push(`${significant(rate)}/s`);
  if (isOver) parts.push(`${duration(seconds)}${total !== undefined && done < total ? ", stopped" : ""}`);
  else if (total !== undefined && rate > 0) parts.push(`${duration((total - done) / rate)} left`);
  return parts.join(" · ");
}

function html(state: State): string {
  const { label, total, done } = state;
  const value = total === undefined ? "" : ` value="${done}" max="${Math.max(total, 1)}"`;
  const bar = total === undefined && state.isOver ? "" : `<progress${value}></progress> `;
  return `<div>${escaped(label)} ${bar}<code>${words(state)}</code></div>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function significant(x: number): string {
  return x >= 100 ? x.toFixed(0) : x.toPrecision(3);
}

/** 12 s, 3:05, 1:02:03 */
function duration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const two = (x: number): string => String(x).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
