/** The filter desk: a photograph, nine numbers, and beside it what the filter makes of it while the numbers change. */

import { FILTER_MIME } from "../../../src/mime/types.js";
import { onArrowKeys, type PicturePlace } from "./arrowKeys.js";
import { checkedList, checkedNumber, checkedText } from "./checked.js";
import type { ViewModule } from "./contract.js";
import { type DragNumber, dragNumber } from "./dragNumber.js";
import { element } from "./element.js";
import { type AnswerLook, answerPixels, type FilterModel, filtered, filterModel } from "./filterModel.js";
import { ownPicture, type Picture, pictureOf } from "./ownPicture.js";
import { pixelUnder, placeFrame } from "./pixels.js";
import { isOwnPicture } from "./plotlyText.js";
import { checkedVersion } from "./readNumbers.js";
import { shortNumber } from "./shade.js";
import { rangeSlider } from "./slider.js";
import { viewModule } from "./viewModule.js";

/** Shows a FilterPayload. */
const view: ViewModule = viewModule(async ({ el, payload, signal }) => {
  const { picture, w } = readFilter(payload);
  const shown = await pictureOf(picture);
  if (!signal.aborted) el.replaceChildren(desk(shown, w));
});

export default view;

/** Nine numbers, i fastest as in a row of W, how the answer is shown, and the bias. */
interface Preset {
  readonly w: readonly number[];
  readonly look: AnswerLook;
  readonly bias?: number;
}

/** In the order of a row of W: down the first column, then the second, then the third. */
const presets: Readonly<Record<string, Preset>> = {
  identity: { w: [0, 0, 0, 0, 1, 0, 0, 0, 0], look: "brightness" },
  blur: { w: [1, 2, 1, 2, 4, 2, 1, 2, 1].map((x) => x / 16), look: "brightness" },
  sharpen: { w: [0, -1, 0, -1, 5, -1, 0, -1, 0], look: "brightness" },
  edges: { w: [-1, -1, -1, -1, 8, -1, -1, -1, -1], look: "signed" },
  "Sobel →": { w: [-1, -2, -1, 0, 0, 0, 1, 2, 1], look: "signed" },
  "Sobel ↓": { w: [-1, 0, 1, -2, 0, 2, -1, 0, 1], look: "signed" },
  emboss: { w: [-2, -1, 0, -1, 1, 1, 0, 1, 2], look: "brightness" },
};

const looks: Readonly<Record<AnswerLook, string>> = {
  brightness: "σ(s) as brightness",
  signed: "s around grey",
};

/** What the reader has set, and what is drawn of it. */
interface Desk {
  model: FilterModel;
  answers: Float32Array[];
  readonly numbers: readonly DragNumber[];
  readonly original: HTMLCanvasElement;
  readonly answer: HTMLCanvasElement;
  readonly look: HTMLSelectElement;
  readonly together: HTMLInputElement;
  /** The place of the answer that is pointed at. */
  pointed: PicturePlace | undefined;
  /** Says what that place is, and frames its sub-image. */
  say: () => void;
  readonly bias: { readonly value: number; set(value: number, least: number, greatest: number): void };
}

// Over 40 lines: the parts of a desk speak of one another, and are listed once.
function desk(picture: Picture, w: readonly number[]): HTMLElement {
  const update = (): void => recompute(parts);
  const numbers = w.map((x, r) =>
    dragNumber(`w, row ${(r % 3) + 1}, column ${Math.floor(r / 3) + 1}`, x, 0.1, update),
  );
  const bias = rangeSlider("b", { value: 0, least: -1, greatest: 1, step: 0.05 }, update, (x) =>
    shortNumber(x),
  );
  const parts: Desk = {
    model: filterModel(picture, 3),
    answers: [],
    numbers,
    original: element("canvas", { class: "philab-picture" }),
    answer: element("canvas", { class: "philab-picture" }),
    look: lookSelect(update),
    together: element("input", { type: "checkbox" }),
    pointed: undefined,
    say: () => undefined,
    bias,
  };
  parts.together.addEventListener("change", update);
  const box = element("div", { class: "philab-filter" });
  const own = ownPicture(box, { longest: 256, channels: 3 }, (next) => load(parts, next));
  const together = element("label", {}, parts.together, " the channels added (s/3)");
  const shown = element("label", {}, "shown: ", parts.look);
  const grid = element(
    "div",
    { class: "philab-numbers", role: "group", "aria-label": "W, nine numbers" },
    ...byRows(numbers),
  );
  const middle = element(
    "div",
    { class: "philab-filter-middle" },
    element("h4", {}, "w"),
    grid,
    bias.node,
    shown,
    together,
    own,
  );
  box.append(
    presetButtons(parts),
    element("div", { class: "philab-filter-row" }, ...pictures(parts, middle)),
  );
  box.append(
    element("p", { class: "philab-note" }, "Drag a number to the left or right, type it, or use ↑ and ↓."),
  );
  parts.look.value = Math.abs(w.reduce((sum, x) => sum + x, 0)) < 1e-9 ? "signed" : "brightness";
  load(parts, picture);
  return box;
}

/** Cells of the grid row by row; W has them column by column. */
function byRows(numbers: readonly DragNumber[]): HTMLElement[] {
  return numbers.map((_, k) => numbers[Math.floor(k / 3) + 3 * (k % 3)].node);
}

function load(parts: Desk, picture: Picture): void {
  parts.model = filterModel(picture, 3);
  parts.pointed = undefined;
  parts.answers = Array.from({ length: picture.d }, () => new Float32Array(picture.a * picture.b));
  const planes = parts.answers;
  filtered(parts.model, presets.identity.w, 0, planes);
  drawAnswer(parts.original, parts.model, planes, "brightness", false);
  for (const canvas of [parts.original, parts.answer])
    (canvas.parentElement as HTMLElement).style.aspectRatio = `${picture.b} / ${picture.a}`;
  recompute(parts);
}

function recompute(parts: Desk): void {
  const from = performance.now();
  const w = parts.numbers.map(({ value }) => value);
  filtered(parts.model, w, parts.bias.value, parts.answers);
  drawAnswer(
    parts.answer,
    parts.model,
    parts.answers,
    parts.look.value as AnswerLook,
    parts.together.checked,
  );
  parts.answer.dataset.milliseconds = (performance.now() - from).toFixed(2);
  parts.say();
}

function drawAnswer(
  canvas: HTMLCanvasElement,
  model: FilterModel,
  answers: readonly Float32Array[],
  look: AnswerLook,
  together: boolean,
): void {
  if (canvas.width !== model.b || canvas.height !== model.a)
    [canvas.width, canvas.height] = [model.b, model.a];
  const context = canvas.getContext("2d");
  if (!context) return;
  const picture = context.createImageData(model.b, model.a);
  answerPixels(model, answers, look, together, picture.data);
  context.putImageData(picture, 0, 0);
}

/** The photograph, the numbers, the answer; pointing at the answer shows its sub-image and its sum. */
function pictures(parts: Desk, middle: HTMLElement): HTMLElement[] {
  const frame = element("div", { class: "philab-frame", hidden: "" });
  const said = element("p", { class: "philab-status", role: "status" }, invitation);
  const left = element("div", { class: "philab-stage philab-filter-picture" }, parts.original, frame);
  const name = "the answer, the arrow keys choose a place";
  const right = element(
    "div",
    { class: "philab-stage philab-filter-picture", tabindex: 0, role: "group", "aria-label": name },
    parts.answer,
  );
  parts.say = () => {
    const { pointed, model, answers } = parts;
    const size = { rows: model.a, cols: model.b };
    frame.hidden = pointed === undefined;
    if (pointed) placeFrame(frame, { row: pointed.row - 1, col: pointed.col - 1, height: 3, width: 3 }, size);
    said.textContent = pointed === undefined ? invitation : sumWords(pointed, model, answers);
  };
  const point = (at: PicturePlace | undefined): void => {
    parts.pointed = at;
    parts.say();
  };
  const sides = {
    get rows() {
      return parts.model.a;
    },
    get cols() {
      return parts.model.b;
    },
  };
  right.addEventListener("pointermove", (event) => point(pixelUnder(event, right, sides)));
  right.addEventListener("pointerleave", () => point(undefined));
  onArrowKeys(right, sides, point);
  const titled = (name: string, stage: HTMLElement, ...more: HTMLElement[]): HTMLElement =>
    element("section", {}, element("h4", {}, name), stage, ...more);
  return [titled("Z", left), middle, titled("S", right, said)];
}

const invitation = "Point at the answer, or go there with the arrow keys: its sub-image is framed in Z.";

function sumWords({ row, col }: PicturePlace, { a }: FilterModel, answers: readonly Float32Array[]): string {
  const values = answers.map((answer) => shortNumber(answer[row + a * col])).join(", ");
  const colours = answers.length > 1 ? " (red, green, blue)" : "";
  return `place (${row + 1}, ${col + 1}): s = Σ w z + b = ${values}${colours}`;
}

function lookSelect(update: () => void): HTMLSelectElement {
  const select = element("select", {});
  for (const [value, name] of Object.entries(looks)) select.append(element("option", { value }, name));
  select.addEventListener("change", update);
  return select;
}

function presetButtons(parts: Desk): HTMLElement {
  const buttons = Object.entries(presets).map(([name, { w, look, bias = 0 }]) => {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      for (const [r, number] of parts.numbers.entries()) number.value = w[r];
      parts.look.value = look;
      parts.bias.set(bias, -1, 1);
      recompute(parts);
    });
    return button;
  });
  return element(
    "div",
    { class: "philab-switch", role: "group", "aria-label": "filters to begin with" },
    ...buttons,
  );
}

function readFilter(payload: unknown): { picture: string; w: number[] } {
  const fields = checkedVersion(payload, FILTER_MIME);
  const picture = checkedText(fields.picture, "picture");
  if (!isOwnPicture(picture))
    throw new TypeError("picture is no picture in itself; needed a data:image/png address");
  const w = checkedList(fields.w, "w").map((x, r) => checkedNumber(x, `w[${r}]`));
  if (w.length !== 9) throw new RangeError(`w has ${w.length} numbers; needed 9`);
  return { picture, w };
}
