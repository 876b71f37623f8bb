/** A code cell of a live page: its source, which can be edited, its buttons, and what it shows. */

import type { ShownBundle } from "../../live/words.js";
import type { AnsweringPage } from "../views/answeringPage.js";
import { element } from "../views/element.js";
import { type ShownOutput, shownOutput, textOutput } from "./outputs.js";

/** What a cell asks of its page. */
export interface CellPage extends AnsweringPage {
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
  readonly #page: CellPage;
  #isFresh = false;
  #stale = true;
  #isQuiet = false;

  constructor(section: HTMLElement | undefined, source: string, page: CellPage) {
    this.#section = section;
    this.#page = page;
    this.#written = source;
    this.#editor.value = source;
    this.#code = section?.querySelector<HTMLElement>("pre.source") ?? undefined;
    this.#stored = [...(section?.querySelectorAll(":scope > .output") ?? [])];
    if (section) this.#arrange(section);
  }

  get source(): string {
    return this.#editor.value;
  }

  /** Whether what it shows is of another source than it has now, or of a worker that is gone. */
  get isStale(): boolean {
    return this.#stale;
  }

  /** Whether its code is the one that the page came with. */
  get isAsWritten(): boolean {
    return this.source === this.#written;
  }

  forget(): void {
    this.#stale = true;
  }

  /** `quietly`: for its names alone, since what it shows stands in the page already. */
  began(quietly = false): void {
    this.#isQuiet = quietly;
    this.#isFresh = !quietly;
    this.#say("running …");
    this.#section?.classList.add("philab-running");
  }

  done(error: string | undefined): void {
    if (this.#isFresh) this.clear();
    this.#section?.classList.remove("philab-running");
    this.#isQuiet = false;
    if (error !== undefined) this.#put(textOutput("error", error));
    this.#stale = error !== undefined;
    this.#say(error === undefined ? "ran in this page" : "ended with an error");
  }

  stopped(): void {
    this.#isQuiet = false;
    this.#section?.classList.remove("philab-running");
    this.#stale = true;
    this.#say("stopped");
  }

  stream(name: "stdout" | "stderr", text: string): void {
    if (this.#isQuiet) return;
    this.#beginOutputs();
    const last = this.#section?.lastElementChild;
    if (last instanceof HTMLElement && last.matches(`pre.output.${name}`)) last.append(text);
    else this.#put(textOutput(name, text));
  }

  display(data: ShownBundle, place: string | undefined): void {
    if (this.#isQuiet) return;
    this.#beginOutputs();
    const before = place === undefined ? undefined : this.#places.get(place);
    if (before?.take(data)) return;
    const shown = shownOutput(data, this.#page);
    if (before) {
      before.cleanup();
      before.node.replaceWith(shown.node);
    } else this.#put(shown.node);
    if (place !== undefined) this.#places.set(place, shown);
    this.#shown.push(shown);
  }

  clear(): void {
    if (this.#isQuiet) return;
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

  #arrange(section: HTMLElement): void {
    const button = (text: string, title: string, act: () => void): HTMLElement => {
      const node = element("button", { type: "button", title }, text);
      node.addEventListener("click", act);
      return node;
    };
    const bar = element(
      "div",
      { class: "philab-cell-bar" },
      button("▶ run", "run this cell, and those above it that have not run (Shift+Enter)", () =>
        this.#page.run(),
      ),
      button("✎ edit", "edit this cell", () => this.#edit()),
      button("↺ reset", "the code and the outputs that the page came with", () => this.reset()),
      button("■ stop", "stop what is running", () => this.#page.stop()),
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
      this.#page.run();
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
    this.#section?.classList.toggle("philab-edited", !this.isAsWritten);
    this.#say("");
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

  /** What is going on, and whether the code is still the page's. */
  #say(text: string): void {
    const parts = [...(this.isAsWritten ? [] : ["edited"]), ...(text === "" ? [] : [text])];
    this.#state.textContent = parts.join(", ");
  }
}
