/** What was run, in this session and in earlier ones: a file of JSON lines that is only appended to. */
import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Json } from "../wire/wire.js";

/** [session, line, source], as the protocol sends it. */
type Entry = readonly [session: number, line: number, source: string];

/** How many entries are kept in mind, and how many characters of them. */
const [remembered, rememberedLength] = [10_000, 16 * 2 ** 20];

/** Where history is kept: PHILAB_HISTORY, or philab/history.jsonl in the user's state folder. */
export function historyPath(env: NodeJS.ProcessEnv): string {
  const state = env.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return env.PHILAB_HISTORY || join(state, "philab", "history.jsonl");
}

export class History {
  readonly #path: string;
  readonly #log: (text: string) => void;
  readonly #entries: Entry[];
  /** Characters of the entries. */
  #length: number;
  readonly #session: number;
  #canWrite = true;
  /** Nothing has been written yet: the file is as earlier sessions left it. */
  #isFirst = true;

  /** Reads the history at `path`. Where it cannot be written, this session's entries are kept in memory alone. */
  constructor(path: string, log: (text: string) => void) {
    this.#path = path;
    this.#log = log;
    this.#entries = readEntries(path);
    this.#length = this.#entries.reduce((sum, [, , source]) => sum + source.length, 0);
    this.#forget();
    this.#session = 1 + this.#entries.reduce((most, [earlier]) => Math.max(most, earlier), 0);
  }

  add(line: number, source: string): void {
    const entry: Entry = [this.#session, line, source];
    this.#entries.push(entry);
    this.#length += source.length;
    this.#forget();
    if (!this.#canWrite) return;
    this.#canWrite = append(this.#path, this.#isFirst && isTorn(this.#path) ? "\n" : "", entry, this.#log);
    this.#isFirst = false;
  }

  /** The oldest entries go. */
  #forget(): void {
    let [gone, length] = [0, this.#length];
    while (this.#entries.length - gone > remembered || length > rememberedLength)
      length -= (this.#entries[gone++] as Entry)[2].length;
    this.#entries.splice(0, gone);
    this.#length = length;
  }

  /** The content of a history_reply. */
  answer(request: Json): Json {
    const chosen = select(this.#entries, this.#session, request);
    return { status: "ok", history: chosen.map((entry) => written(entry, request)) };
  }
}

function readEntries(path: string): Entry[] {
  try {
    return readEnd(path).toString("utf8").split("\n").flatMap(readEntry);
  } catch {
    return [];
  }
}

/** As much of a file's end as is kept in mind. */
function readEnd(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, 2 * rememberedLength));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, size - bytes.length));
  } finally {
    closeSync(file);
  }
}

function readEntry(line: string): Entry[] {
  try {
    const [session, number, source] = JSON.parse(line) as Entry;
    return Number.isInteger(session) && Number.isInteger(number) && typeof source === "string"
      ? [[session, number, source]]
      : [];
  } catch {
    return []; // a line cut short by a crash
  }
}

function append(path: string, before: string, entry: Entry, log: (text: string) => void): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    appendFileSync(path, `${before}${JSON.stringify(entry)}\n`, { mode: 0o600 });
    return true;
  } catch (error) {
    log(`history is kept in memory only: ${(error as Error).message}`);
    return false;
  }
}

/** Whether the last line has no end: a crash cut it short, and what follows must not be taken for its rest. */
function isTorn(path: string): boolean {
  try {
    const file = openSync(path, "r");
    try {
      const { size } = fstatSync(file);
      const last = Buffer.alloc(1);
      return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
    } finally {
      closeSync(file);
    }
  } catch {
    return false; // there is none yet
  }
}

function select(entries: readonly Entry[], session: number, request: Json): readonly Entry[] {
  if (request.hist_access_type === "range") return range(entries, session, request);
  const matching = request.hist_access_type === "search" ? search(entries, request) : entries;
  const n = Number(request.n ?? 1000);
  return n > 0 ? matching.slice(-n) : [];
}

/** Lines start ≤ line < stop of one session; 0 is this one, −1 the one before. */
function range(entries: readonly Entry[], session: number, request: Json): readonly Entry[] {
  const asked = Number(request.session ?? 0);
  const wanted = asked > 0 ? asked : session + asked;
  const stop = request.stop == null ? Number.POSITIVE_INFINITY : Number(request.stop);
  const start = Number(request.start ?? 0);
  return entries.filter(([each, line]) => each === wanted && line >= start && line < stop);
}

function search(entries: readonly Entry[], request: Json): readonly Entry[] {
  const pattern = String(request.pattern ?? "*");
  const steps = { left: mostSteps };
  const matching = entries.filter(([, , source]) => matchesGlob(pattern, source, steps));
  if (!request.unique) return matching;
  const last = new Map(matching.map((entry) => [entry[2], entry]));
  return matching.filter((entry) => last.get(entry[2]) === entry);
}

/** Signs that one search compares: less than a second of them, since nothing else is answered meanwhile. */
const mostSteps = 1e8;

/** * and ? as in file names, over the whole source; nothing more matches when the search has made its steps. */
function matchesGlob(glob: string, text: string, steps: { left: number }): boolean {
  let [at, place] = [0, 0];
  let [star, from] = [-1, 0];
  while (at < text.length) {
    if (steps.left-- <= 0) return false;
    if (glob[place] === "*") [star, from] = [place++, at];
    else if (place < glob.length && (glob[place] === "?" || glob[place] === text[at]))
      [at, place] = [at + 1, place + 1];
    else if (star >= 0) [at, place] = [++from, star + 1];
    else return false;
  }
  return /^\**$/.test(glob.slice(place));
}

function written([session, line, source]: Entry, request: Json): unknown {
  return [session, line, request.output ? [source, null] : source];
}
