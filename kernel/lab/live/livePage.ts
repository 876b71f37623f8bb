/** A page whose cells run: a worker is made of what lies in the page itself, and no network is asked. */

import type { FromWorker, ToWorker } from "../../live/words.js";
import { CellPanel } from "./cellPanel.js";

/** What the page holds for its worker. */
interface Held {
  readonly files: Readonly<Record<string, string>>;
  readonly digits: Readonly<Record<string, number>>;
  /** The sources of cells that are not shown, by the number of the cell. */
  readonly sources: readonly string[];
}

/** Gives each code cell its buttons. */
export function beginLive(page: Document): void {
  new LivePage(page);
}

class LivePage {
  readonly #held: Held;
  readonly #panels: readonly CellPanel[];
  #worker: Worker | undefined;
  #waiting: number[] = [];
  #running: number | undefined;

  constructor(private readonly page: Document) {
    this.#held = JSON.parse(textOf(page, "philab-held") ?? "{}") as Held;
    const sections = [...page.querySelectorAll<HTMLElement>("section.cell.code")];
    this.#panels = this.#held.sources.map((source, k) => {
      const section = sections.find(({ dataset }) => dataset.cell === String(k));
      return new CellPanel(section, source, { run: () => this.#run(k), stop: () => this.#stop() });
    });
  }

  /** The cell, and before it those above whose names it may need. */
  #run(cell: number): void {
    const above = this.#panels.slice(0, cell).flatMap((panel, k) => (panel.isStale ? [k] : []));
    this.#waiting = [...above, cell];
    if (this.#running === undefined) this.#next();
  }

  #next(): void {
    this.#running = this.#waiting.shift();
    const panel = this.#running === undefined ? undefined : this.#panels[this.#running];
    if (this.#running === undefined || !panel) return;
    panel.began();
    this.#say({ op: "run", cell: this.#running, source: panel.source });
  }

  #stop(): void {
    if (this.#running === undefined) return;
    this.#panels[this.#running]?.stopped();
    this.#end();
  }

  /** All names are gone with the worker: each cell must run again. */
  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#waiting = [];
    this.#running = undefined;
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
    const panel = this.#panels[message.cell];
    if (!panel) return;
    if (message.op === "stream") panel.stream(message.name, message.text);
    else if (message.op === "display") panel.display(message.data, message.place);
    else if (message.op === "clear") panel.clear();
    else this.#done(panel, message.error);
  }

  /** After an error nothing below would find its names. */
  #done(panel: CellPanel, error: string | undefined): void {
    panel.done(error);
    this.#running = undefined;
    if (error !== undefined) this.#waiting = [];
    this.#next();
  }
}

/** The text of a data block; a notebook's heading may have the same id. */
function textOf(page: Document, id: string): string | undefined {
  return page.querySelector(`script#${id}`)?.textContent ?? undefined;
}

function addressOf(script: string): string {
  return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}
