/** A code cell of a live page: its source, which can be edited, its buttons, and what it shows. */

import type { ShownBundle } from "../../live/words.js";
import { element } from "../views/element.js";
import { type ShownOutput, shownOutput, textOutput } from "./outputs.js";

/** What a cell asks of its page. */
export interface CellEvents {
  run(): void;
  stop(): void;
}

/** The cell in the page; one that is not shown has a source alone. */
export class CellPanel {
  readonly #section: HTMLElement | undefined;
  readonly #written: string;
  readonly #stored: readonly Node[];
  readonly #code: HTMLElement | undefined;
  readonly #editor = element("textarea", {
    class: "philab-editor",
    spellcheck: "false",
    "aria-label": "code of the cell",
  });
  readonly #state = element("span", { class: "philab-cell-state", role: "status" });
  readonly #places = new Map<string, ShownOutput>();
  readonly #shown: ShownOutput[] = [];
  #isFresh = false;
  #stale = true;

  constructor(section: HTMLElement | undefined, source: string, events: CellEvents) {
    this.#section = section;
    this.#written = source;
    this.#editor.value = source;
    this.#code = section?.querySelector<HTMLElement>("pre.source") ?? undefined;
    this.#stored = [...(section?.querySelectorAll(":scope > .output") ?? [])];
    if (section) this.#arrange(section, events);
  }

  get source(): string {
    return this.#editor.value;
  }

  /** Whether what it shows is of another source than it has now, or of a worker that is gone. */
  get isStale(): boolean {
    return this.#stale;
  }

  forget(): void {
    this.#stale = true;
  }

  began(): void {
    this.#isFresh = true;
    this.#say("running …");
    this.#section?.classList.add("philab-running");
  }

  done(error: string | undefined): void {
    if (this.#isFresh) this.clear();
    this.#section?.classList.remove("philab-running");
    if (error !== undefined) this.#put(textOutput("error", error));
    this.#stale = error !== undefined;
    this.#say(error === undefined ? "ran in this page" : "ended with an error");
  }

  stopped(): void {
    this.#section?.classList.remove("philab-running");
    this.#stale = true;
    this.#say("stopped");
  }

  stream(name: "stdout" | "stderr", text: string): void {
    this.#beginOutputs();
    const last = this.#section?.lastElementChild;
    if (last instanceof HTMLElement && last.matches(`pre.output.${name}`)) last.append(text);
    else this.#put(textOutput(name, text));
  }

  display(data: ShownBundle, place: string | undefined): void {
    this.#beginOutputs();
    const shown = shownOutput(data);
    const before = place === undefined ? undefined : this.#places.get(place);
    if (before) {
      before.cleanup();
      before.node.replaceWith(shown.node);
    } else this.#put(shown.node);
    if (place !== undefined) this.#places.set(place, shown);
    this.#shown.push(shown);
  }

  clear(): void {
    this.#isFresh = false;
    for (const { cleanup } of this.#shown.splice(0)) cleanup();
    this.#places.clear();
    for (const node of this.#section?.querySelectorAll(":scope > .output") ?? []) node.remove();
  }

  /** The outputs of the page go when the first new one comes. */
  #beginOutputs(): void {
    if (this.#isFresh) this.clear();
  }

  #put(node: HTMLElement): void {
    this.#section?.append(node);
  }

  #arrange(section: HTMLElement, events: CellEvents): void {
    const button = (text: string, title: string, act: () => void): HTMLElement => {
      const node = element("button", { type: "button", title }, text);
      node.addEventListener("click", act);
      return node;
    };
    const bar = element(
      "div",
      { class: "philab-cell-bar" },
      button("▶ run", "run this cell, and those above it that have not run (Shift+Enter)", events.run),
      button("✎ edit", "edit this cell", () => this.#edit()),
      button("↺ reset", "the code and the outputs that the page came with", () => this.reset()),
      button("■ stop", "stop what is running", events.stop),
      this.#state,
    );
    if (this.#code) this.#code.after(bar);
    else section.prepend(bar);
    this.#editor.hidden = true;
    bar.before(this.#editor);
    this.#editor.addEventListener("input", () => this.#changed());
    this.#editor.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !event.shiftKey) return;
      event.preventDefault();
      events.run();
    });
  }

  #edit(): void {
    if (this.#code) this.#code.hidden = true;
    this.#editor.hidden = false;
    this.#editor.rows = this.source.split("\n").length + 1;
    this.#editor.focus();
  }

  #changed(): void {
    this.#stale = true;
    this.#section?.classList.toggle("philab-edited", this.source !== this.#written);
    this.#say(this.source === this.#written ? "" : "edited");
    this.#editor.rows = this.source.split("\n").length + 1;
  }

  /** The cell as it came with the page. */
  reset(): void {
    this.#editor.value = this.#written;
    this.#editor.hidden = true;
    if (this.#code) this.#code.hidden = false;
    this.#changed();
    this.clear();
    this.#section?.append(...this.#stored);
    this.#say("");
  }

  #say(text: string): void {
    this.#state.textContent = text;
  }
}
