/** A page whose cells run: a worker is made of what lies in the page itself, and no network is asked. */

import type { FromWorker, ToWorker } from "../../live/words.js";
import type { AnsweringPage } from "../views/answeringPage.js";
import type { LocalModel } from "../views/localModel.js";
import { CellPanel } from "./cellPanel.js";
import { setFormula } from "./outputs.js";
import { restoring } from "./restoring.js";

/** What the page holds for its worker. */
interface Held {
  readonly files: Readonly<Record<string, string>>;
  readonly digits: Readonly<Record<string, number>>;
  /** The sources of cells that are not shown, by the number of the cell. */
  readonly sources: readonly string[];
}

/** A cell that waits for its turn; `quietly`: its names are wanted, and not its outputs. */
interface Waiting {
  readonly cell: number;
  readonly quietly: boolean;
}

/** A question that waits for its cell, or for its answer. */
interface Asked {
  readonly cell: number | undefined;
  readonly content: unknown;
  readonly hear: (answer: unknown) => void;
}

/** Gives each code cell its buttons; returns what answers the page's views. */
export function beginLive(page: Document): AnsweringPage {
  return new LivePage(page);
}

class LivePage implements AnsweringPage {
  readonly typeset: AnsweringPage["typeset"] = setFormula;
  readonly #held: Held;
  readonly #panels: readonly CellPanel[];
  readonly #asked = new Map<number, Asked>();
  #worker: Worker | undefined;
  #waiting: Waiting[] = [];
  #running: number | undefined;
  #questions = 0;

  constructor(private readonly page: Document) {
    this.#held = JSON.parse(textOf(page, "philab-held") ?? "{}") as Held;
    const sections = [...page.querySelectorAll<HTMLElement>("section.cell.code")];
    const answer: AnsweringPage["answer"] = (...asked) => this.answer(...asked);
    this.#panels = this.#held.sources.map((source, k) => {
      const section = sections.find(({ dataset }) => dataset.cell === String(k));
      const run = (): void => this.#run(k);
      return new CellPanel(section, source, { run, stop: () => this.#stop(), answer, typeset: setFormula });
    });
  }

  /** The cell's own worker answers; what was written before it began anew is written there again first. */
  answer(model: LocalModel, place: Element, content: unknown): void {
    const number = Number(place.closest<HTMLElement>("section.cell")?.dataset.cell);
    const cell = Number.isInteger(number) ? number : undefined;
    const isNew = cell !== undefined && this.#panels[cell]?.isStale === true;
    const before = isNew ? restoring(model, content) : undefined;
    if (before !== undefined) this.#ask({ cell, content: before, hear: () => undefined });
    this.#ask({ cell, content, hear: (heard) => model.answer(heard) });
  }

  #ask(asked: Asked): void {
    const number = this.#questions++;
    this.#asked.set(number, asked);
    const { cell, content } = asked;
    if (cell !== undefined && this.#panels[cell]?.isStale) {
      const ahead = this.#waiting.some((one) => one.cell === cell) || this.#running === cell;
      if (!ahead) this.#wait([...this.#above(cell), { cell, quietly: this.#isKnown(cell) }]);
    } else this.#say({ op: "ask", number, content });
  }

  /** The cell, and before it those above whose names it may need. */
  #run(cell: number): void {
    const wanted = [...this.#above(cell), { cell, quietly: false }].map((one) => ({
      ...one,
      quietly: false,
    }));
    const isWanted = new Set(wanted.map((one) => one.cell));
    // What a reader asked to run before is forgotten; what a view waits for is not.
    const asked = this.#waiting.filter((one) => one.quietly && !isWanted.has(one.cell));
    this.#waiting = [];
    this.#wait([...wanted, ...asked]);
  }

  /** Those above the cell that have to run; what runs now is one of them no more. */
  #above(cell: number): Waiting[] {
    return this.#panels
      .slice(0, cell)
      .flatMap(({ isStale }, k) =>
        isStale && k !== this.#running ? [{ cell: k, quietly: this.#isKnown(k) }] : [],
      );
  }

  /** Whether what a cell will show stands in the page already. */
  #isKnown(cell: number): boolean {
    return this.#panels[cell]?.isAsWritten ?? false;
  }

  #wait(cells: readonly Waiting[]): void {
    this.#waiting.push(...cells);
    if (this.#running === undefined) this.#next();
  }

  #next(): void {
    const next = this.#waiting.shift();
    this.#running = next?.cell;
    const panel = next && this.#panels[next.cell];
    if (next === undefined || !panel) return;
    panel.began(next.quietly);
    this.#say({ op: "run", cell: next.cell, source: panel.source });
  }

  #stop(): void {
    if (this.#running === undefined) return;
    this.#panels[this.#running]?.stopped();
    this.#end();
  }

  /** All names are gone with the worker: each cell must run again, and nobody answers what was asked. */
  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#waiting = [];
    this.#running = undefined;
    this.#refuse(() => true);
    for (const panel of this.#panels) panel.forget();
  }

  #say(message: ToWorker): void {
    this.#worker ??= this.#made();
    this.#worker.postMessage(message);
  }

  #made(): Worker {
    const worker = new Worker(addressOf(textOf(this.page, "philab-worker") ?? ""));
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    worker.onerror = ({ message }) => {
      const cell = this.#running;
      if (cell !== undefined) this.#panels[cell]?.done(`the worker of this page ended: ${message}`);
      this.#end();
    };
    const mathjs = textOf(this.page, "philab-mathjs");
    const { files, digits } = this.#held;
    const begin: ToWorker = { op: "begin", mathjs: mathjs && addressOf(mathjs), files, digits };
    worker.postMessage(begin);
    return worker;
  }

  #hear(message: FromWorker): void {
    if (message.op === "answer") {
      this.#asked.get(message.number)?.hear(message.content);
      this.#asked.delete(message.number);
      return;
    }
    const panel = this.#panels[message.cell];
    if (!panel) return;
    if (message.op === "stream") panel.stream(message.name, message.text);
    else if (message.op === "display") panel.display(message.data, message.place);
    else if (message.op === "clear") panel.clear();
    else this.#done(panel, message.cell, message.error);
  }

  /** After an error nothing below would find its names. */
  #done(panel: CellPanel, cell: number, error: string | undefined): void {
    panel.done(error);
    this.#running = undefined;
    if (error === undefined) this.#askOf(cell);
    else {
      this.#waiting = [];
      this.#refuse((asked) => asked.cell !== undefined && asked.cell >= cell);
    }
    this.#next();
  }

  /** What was asked of a cell that has run now. */
  #askOf(cell: number): void {
    for (const [number, asked] of this.#asked)
      if (asked.cell === cell) this.#say({ op: "ask", number, content: asked.content });
  }

  #refuse(isRefused: (asked: Asked) => boolean): void {
    for (const [number, asked] of [...this.#asked]) {
      if (!isRefused(asked)) continue;
      this.#asked.delete(number);
      const { about } = asked.content as { about?: unknown };
      asked.hear({ about, problem: "The cells above have ended with an error, or were stopped." });
    }
  }
}

/** The text of a data block; a notebook's heading may have the same id. */
function textOf(page: Document, id: string): string | undefined {
  return page.querySelector(`script#${id}`)?.textContent ?? undefined;
}

function addressOf(script: string): string {
  return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}
