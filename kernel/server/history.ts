/** What was run, in this session and in earlier ones: a file of JSON lines that is only appended to. */
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Json } from "../wire/wire.js";

/** [session, line, source], as the protocol sends it. */
type Entry = readonly [session: number, line: number, source: string];

/** How many entries of earlier sessions are kept in mind. */
const remembered = 10_000;

/** Where history is kept: PHILAB_HISTORY, or philab/history.jsonl in the user's state folder. */
export function historyPath(env: NodeJS.ProcessEnv): string {
  const state = env.XDG_STATE_HOME || join(homedir(), ".local", "state");
  return env.PHILAB_HISTORY || join(state, "philab", "history.jsonl");
}

export class History {
  readonly #path: string;
  readonly #log: (text: string) => void;
  readonly #entries: Entry[];
  readonly #session: number;
  #canWrite = true;

  /** Reads the history at `path`. Where it cannot be written, this session's entries are kept in memory alone. */
  constructor(path: string, log: (text: string) => void) {
    this.#path = path;
    this.#log = log;
    this.#entries = readEntries(path).slice(-remembered);
    this.#session = 1 + this.#entries.reduce((most, [earlier]) => Math.max(most, earlier), 0);
  }

  add(line: number, source: string): void {
    const entry: Entry = [this.#session, line, source];
    this.#entries.push(entry);
    if (this.#canWrite) this.#canWrite = append(this.#path, entry, this.#log);
  }

  /** The content of a history_reply. */
  answer(request: Json): Json {
    const chosen = select(this.#entries, this.#session, request);
    return { status: "ok", history: chosen.map((entry) => written(entry, request)) };
  }
}

function readEntries(path: string): Entry[] {
  try {
    return readFileSync(path, "utf8").split("\n").flatMap(readEntry);
  } catch {
    return [];
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

function append(path: string, entry: Entry, log: (text: string) => void): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    return true;
  } catch (error) {
    log(`history is kept in memory only: ${(error as Error).message}`);
    return false;
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
  const pattern = globPattern(String(request.pattern ?? "*"));
  const matching = entries.filter(([, , source]) => pattern.test(source));
  if (!request.unique) return matching;
  const last = new Map(matching.map((entry) => [entry[2], entry]));
  return matching.filter((entry) => last.get(entry[2]) === entry);
}

/** * and ? as in file names, over the whole source. */
function globPattern(glob: string): RegExp {
  const escaped = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`, "s");
}

function written([session, line, source]: Entry, request: Json): unknown {
  return [session, line, request.output ? [source, null] : source];
}
