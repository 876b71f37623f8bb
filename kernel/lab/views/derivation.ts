/** A derivation: lines with their badges, which one steps through and opens; what a step changed is coloured. */

import type { DerivationRemark } from "../../../src/mime/types.js";
import { cardBox } from "./card.js";
import { factList, lineBox } from "./checkedLine.js";
import type { ViewModule } from "./contract.js";
import { alignedLatex, copyButton } from "./copyLatex.js";
import { element } from "./element.js";
import { exerciseDesk } from "./exerciseDesk.js";
import { lightLetters, watchMarks } from "./formulaMarks.js";
import { lawStage } from "./lawStage.js";
import { lineList } from "./lineList.js";
import { lineRows, type Row } from "./lineRows.js";
import { readCard } from "./readCard.js";
import { type DerivationModel, readDerivation } from "./readDerivation.js";
import { button, type Stepper, stepper } from "./stepper.js";
import { formula, type Typeset } from "./typeset.js";
import { viewModule } from "./viewModule.js";

/** Shows a DerivationPayload. */
const view: ViewModule = viewModule(({ el, payload, typeset, signal, model: state }) => {
  const model = readDerivation(payload);
  const { marks } = model;
  const body = element("div", { class: "philab-body" });
  const box = lineBox(
    ...(model.remark ? [remarkBox(model.remark, typeset)] : []),
    body,
    ...ending(model, typeset),
  );
  let steps = drawLines(body, model, { isFolded: true, typeset });
  body.addEventListener("philab-fold", (event) => {
    steps = drawLines(body, model, { isFolded: (event as CustomEvent<boolean>).detail, typeset });
  });
  onArrows(box, (by) => steps?.move(by), signal);
  if (marks) box.append(exerciseDesk({ model: state, marks, typeset, signal }));
  watchMarks(box, signal);
  lightLetters(box, signal);
  el.replaceChildren(box);
});

export default view;

interface Drawn {
  readonly isFolded: boolean;
  readonly typeset: Typeset | undefined;
}

/** The bar, the stage and the lines; a derivation of one line has only the line. */
function drawLines(
  body: HTMLElement,
  model: DerivationModel,
  { isFolded, typeset }: Drawn,
): Stepper | undefined {
  const rows = lineRows(model.lines, isFolded);
  const list = lineList(rows, typeset);
  const scroller = element("div", { class: "philab-scroller" }, list.node);
  // One line, or one that is still to be written, is no way to step along.
  if (rows.length === 1 || rows.some(({ made }) => made.strength === "open")) {
    body.replaceChildren(scroller);
    return undefined;
  }
  const stage = lawStage(typeset);
  const steps = stepper(
    rows.length - 1,
    (step) => placeText(rows, step),
    (step) => {
      list.show(step);
      stage.show(step === undefined ? undefined : rows[step]);
    },
  );
  const tools = element("div", {
    class: "philab-tools",
    role: "group",
    "aria-label": "Steps of the derivation",
  });
  const copy = copyButton(() => alignedLatex(rows.map((row) => row.shown.tex)));
  tools.append(steps.node, ...foldButton(model, isFolded, body), copy);
  body.replaceChildren(tools, stage.node, scroller);
  return steps;
}

function placeText(rows: readonly Row[], step: number | undefined): string {
  return step === undefined ? `${rows.length} lines` : `line ${step + 1} of ${rows.length}`;
}

function foldButton({ lines }: DerivationModel, isFolded: boolean, body: HTMLElement): HTMLElement[] {
  const count = lines.length - lineRows(lines, true).length;
  if (count === 0) return [];
  const text = isFolded
    ? `Show all ${lines.length} lines`
    : `Fold ${count} ${count === 1 ? "line" : "lines"} of bookkeeping`;
  const tell = (): void => {
    body.dispatchEvent(new CustomEvent("philab-fold", { detail: !isFolded }));
    body.querySelector<HTMLElement>(".philab-fold")?.focus();
  };
  const fold = button(text, tell);
  fold.classList.add("philab-fold");
  return [fold];
}

/** The result in its box, and below it what is the same for every line. */
function ending({ result, shared }: DerivationModel, typeset: Typeset | undefined): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (result) parts.push(element("div", { class: "philab-result" }, formula(result, typeset)));
  if (shared.length > 0) {
    const details = element(
      "details",
      { class: "philab-shared" },
      element("summary", { class: "philab-shared-title" }, "What is the same for every line"),
    );
    details.addEventListener("toggle", () => details.append(factList(shared, typeset)), { once: true });
    parts.push(details);
  }
  return parts;
}

/** ← and → anywhere in the view, but in fields, which use them themselves. */
function onArrows(box: HTMLElement, move: (by: 1 | -1) => void, signal: AbortSignal): void {
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined;
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    event.stopPropagation();
    move(by);
  };
  box.addEventListener("keydown", press, { signal });
}

/** What was said of an answer, or the hints so far. */
function remarkBox({ outcome, parts }: DerivationRemark, typeset: Typeset | undefined): HTMLElement {
  const sentences = parts.flatMap(({ text, tex, brief, card }) => {
    const words = element("p", {}, card === undefined ? text : (brief ?? ""));
    if (tex !== undefined) words.append(": ", formula({ tex, text: tex }, typeset));
    return card === undefined ? [words] : [words, cardBox(readCard(card), typeset)];
  });
  const mark = element(
    "span",
    { class: "philab-outcome" },
    `${Object.hasOwn(signs, outcome) ? signs[outcome] : "·"} ${outcome}`,
  );
  const box = { class: "philab-remark", role: "status", "data-outcome": outcome };
  return element("div", box, mark, ...sentences);
}

const signs: Readonly<Record<string, string>> = {
  right: "✓",
  "other form": "≈",
  wrong: "✗",
  "wrong size": "✗",
  unreadable: "?",
  open: "□",
  hint: "→",
};
