/** The desk of an exercise: a field with a preview, and buttons for an answer, a hint, the solution. */

import type { ExerciseMarks } from "../../../src/mime/types.js";
import { checkedObject, checkedText } from "./checked.js";
import type { ViewModel } from "./contract.js";
import { element } from "./element.js";
import { readFormula } from "./readDerivation.js";
import { button } from "./stepper.js";
import { formula, type Typeset } from "./typeset.js";

/** What the desk works with. */
export interface DeskProps {
  readonly model: ViewModel;
  readonly marks: ExerciseMarks;
  readonly typeset: Typeset | undefined;
  readonly signal: AbortSignal;
}

type Ask = (question: object) => void;

/** The desk; where nobody will ever answer, a word on where somebody does. */
export function exerciseDesk({ model, marks, typeset, signal }: DeskProps): HTMLElement {
  if (model.get("live") === undefined)
    return element(
      "p",
      { class: "philab-note" },
      "Lines are answered in the notebook, with the kernel TypeScript (philab).",
    );
  const preview = element("p", { class: "philab-preview", role: "status" });
  const field = element("input", {
    type: "text",
    class: "philab-field",
    spellcheck: "false",
    autocomplete: "off",
  });
  const ask: Ask = (question) => {
    if (model.get("live") === true) model.send({ about: marks.about, question });
    else preview.textContent = "Nobody answers here: open the notebook with the kernel TypeScript (philab).";
  };
  const heard = (content: unknown): void => hear(content, { model, marks, field, preview, typeset });
  model.on("msg:custom", heard);
  signal.addEventListener("abort", () => model.off("msg:custom", heard));
  field.addEventListener(
    "input",
    later(150, signal, () => ask({ ask: "preview", text: field.value })),
  );
  askAgain(model, marks, ask);
  const form = element("form", { class: "philab-desk", "aria-label": "Your line" });
  const again = button("Start again", () => {
    keep(model, { kept: undefined });
    ask({ ask: "reset" });
  });
  if (isComplete(marks))
    form.append(element("span", { class: "philab-desk-label" }, "Every line is there."), again, preview);
  else form.append(...lineToWrite(form, { marks, field, ask, again }), preview);
  return form;
}

interface Writing {
  readonly marks: ExerciseMarks;
  readonly field: HTMLInputElement;
  readonly ask: Ask;
  readonly again: HTMLElement;
}

/** The field for the chosen line, with what was written there last, and its buttons. */
function lineToWrite(form: HTMLElement, { marks, field, ask, again }: Writing): HTMLElement[] {
  const line = lineChoice(marks);
  const write = (): void => {
    field.value = marks.asked.find((one) => one.line === line.chosen())?.text ?? "";
  };
  line.node?.addEventListener("change", write);
  const give = (event: Event): void => {
    event.preventDefault();
    ask({ ask: "answer", line: line.chosen(), text: field.value });
  };
  form.addEventListener("submit", give);
  // JupyterLab keeps Enter from submitting a form.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") give(event);
  });
  write();
  const solution = marks.solutionShown
    ? button("Back to my lines", () => ask({ ask: "sheet" }))
    : button("Solution", () => ask({ ask: "solution" }));
  const answer = element("button", { type: "submit", class: "philab-button philab-primary" }, "Answer");
  const hint = button("Hint", () => ask({ ask: "hint", line: line.chosen() }));
  return [
    element("label", { class: "philab-desk-label" }, ...line.label, field),
    element("span", { class: "philab-desk-buttons" }, answer, hint, solution, again),
  ];
}

function isComplete({ asked, solutionShown }: ExerciseMarks): boolean {
  return solutionShown !== true && asked.every(({ outcome }) => outcome === "right");
}

/** The lines that may be answered: those that are open; where none is, all that were asked for. */
function lineChoice({ asked }: ExerciseMarks): {
  readonly label: (HTMLElement | string)[];
  readonly node?: HTMLSelectElement;
  chosen(): number;
} {
  const open = asked.filter(({ outcome }) => outcome !== "right");
  const lines = (open.length > 0 ? open : asked).map((one) => one.line);
  if (lines.length === 1) return { label: [`Line ${lines[0]}`], chosen: () => lines[0] };
  const options = lines.map((line) => element("option", { value: line }, `Line ${line}`));
  const node = element("select", { class: "philab-button", "aria-label": "Which line" }, ...options);
  return { label: [node], node, chosen: () => Number(node.value) };
}

interface Hearing extends Omit<DeskProps, "signal"> {
  readonly field: HTMLInputElement;
  readonly preview: HTMLElement;
}

function hear(content: unknown, { model, marks, field, preview, typeset }: Hearing): void {
  const { about, reply, missing, problem } = checkedObject(content, "the answer");
  if (about !== marks.about) return;
  if (typeof problem === "string") {
    preview.textContent = problem;
    return;
  }
  if (missing === true) {
    preview.textContent = "This kernel does not know the exercise yet: run its cell.";
    return;
  }
  const { bundle, ...previewed } = checkedObject(reply, "the reply");
  if (bundle !== undefined) takeSheet(model, checkedObject(bundle, "the sheet"), field);
  else if (previewed.preview === field.value) showPreview(preview, previewed, typeset);
}

/** The formula as it is read, with its size; or why it cannot be read yet. */
function showPreview(place: HTMLElement, reply: Record<string, unknown>, typeset: Typeset | undefined): void {
  const { formula: written, size, problem } = reply;
  const parts: (HTMLElement | string)[] = [];
  if (written !== undefined) parts.push("= ", formula(readFormula(written, "the formula"), typeset));
  if (size !== undefined)
    parts.push(element("span", { class: "philab-note" }, `  ${checkedText(size, "size")}`));
  if (problem !== undefined)
    parts.push(element("span", { class: "philab-note" }, checkedText(problem, "problem")));
  place.replaceChildren(...parts);
}

/** The sheet as it stands now goes into the output, and what was written beside the cell. */
function takeSheet(model: ViewModel, bundle: Record<string, unknown>, field: HTMLElement): void {
  const isWriting = field.closest(".philab-desk")?.contains(document.activeElement) ?? false;
  const payload = Object.entries(bundle).find(([type]) =>
    type.startsWith("application/vnd.philab.derivation."),
  )?.[1];
  const { exercise } = checkedObject(payload, "the sheet's payload");
  const place = field.closest(".philab-derivation")?.parentElement;
  model.set("bundle", bundle);
  model.set("payload", payload);
  keep(model, { kept: { exercise } });
  if (isWriting) place?.querySelector<HTMLElement>(".philab-field")?.focus();
}

function keep(model: ViewModel, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) model.set(name, value);
  try {
    model.save_changes();
  } catch {
    // a page that keeps nothing, as MyST's
  }
}

/** What was written before the kernel began anew is written again, once. */
function askAgain(model: ViewModel, marks: ExerciseMarks, ask: Ask): void {
  const { exercise } = (model.get("kept") ?? {}) as { exercise?: ExerciseMarks };
  const isBlank = marks.asked.every(({ text }) => text === undefined);
  if (!isBlank || exercise?.about !== marks.about || model.get("live") !== true) return;
  const answers = exercise.asked.filter(({ text }) => text !== undefined);
  if (answers.length > 0) ask({ ask: "restore", answers });
}

/** Waits until nobody has typed for a while. */
function later(wait: number, signal: AbortSignal, then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener("abort", () => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    timer = setTimeout(then, wait);
  };
}
