/** One small plot of lines: axes with round numbers, linear or logarithmic, and a mark at a place that one points at. */

import { thinnedLine } from "../../../src/mime/thinnedLine.js";
import { roundPlaces } from "../../../src/mime/ticks.js";
import { powerOfTen, threeDigits } from "../../../src/mime/written.js";
import { element } from "./element.js";
import { svgElement as svg } from "./svgElement.js";

/** A line; what is not finite is a gap. */
export interface PanelLine {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly colour: string;
}

/** What a panel shows. */
export interface PanelLook {
  readonly title: string;
  readonly x: string;
  readonly lines: readonly PanelLine[];
  readonly isLogarithmic: boolean;
  readonly label: string;
}

/** A panel in the page. */
export interface LinePanel {
  readonly node: HTMLElement;
  draw(look: PanelLook): void;
  /** Marks x, and there the points of the lines; nothing where it is undefined. */
  mark(x: number | undefined): void;
  /** The x under a pointer. */
  under(event: MouseEvent): number;
}

const [width, height] = [300, 190];
const sides = { left: 46, top: 10, right: 12, bottom: 34 };
const inside = { width: width - sides.left - sides.right, height: height - sides.top - sides.bottom };

/** Where numbers lie along an axis, as shares of it. */
interface Scale {
  readonly ticks: readonly (readonly [share: number, text: string])[];
  share(value: number): number;
}

/** An empty panel. */
export function linePanel(): LinePanel {
  const title = element("h4", {});
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "philab-panel", role: "img" });
  const marks = svg("g");
  let [look, across, up] = [undefined as PanelLook | undefined, linear([0, 1]), linear([0, 1])];
  const place = (x: number, y: number): [number, number] => [
    sides.left + inside.width * across.share(x),
    sides.top + inside.height * (1 - up.share(y)),
  ];
  return {
    node: element("figure", {}, title, picture as unknown as HTMLElement),
    draw(next) {
      look = next;
      title.textContent = next.title;
      picture.setAttribute("aria-label", next.label);
      across = linear(rangeOf(next.lines.map(({ x }) => x)));
      const values = next.lines.map(({ y }) => y);
      up = next.isLogarithmic ? logarithmic(rangeOf(values, true)) : linear(rangeOf(values));
      picture.replaceChildren(
        ...axes(next.x, across, up),
        ...next.lines.map((line) => path(line, place)),
        marks,
      );
    },
    mark(x) {
      marks.replaceChildren();
      if (x === undefined || look === undefined) return;
      const [left] = place(x, 0);
      marks.append(
        svg("path", { class: "philab-panel-chosen", d: `M${left} ${sides.top}v${inside.height}` }),
      );
      marks.append(...look.lines.flatMap((line) => dotAt(line, x, place)));
    },
    under(event) {
      const { left, width: seen } = picture.getBoundingClientRect();
      const share = (((event.clientX - left) / seen) * width - sides.left) / inside.width;
      const [from, to] = rangeOf(look?.lines.map(({ x }) => x) ?? []);
      return from + Math.min(1, Math.max(0, share)) * (to - from);
    },
  };
}

type Place = (x: number, y: number) => [number, number];

/** Of a line, however long it is, as many points are drawn as its pixels show. */
function path(line: PanelLine, place: Place): Element {
  let pen = "M";
  const { x, y } = thinnedLine(line, inside.width);
  const steps = Array.from(x, (at, k) => {
    const [left, top] = place(at, y[k]);
    const isThere = Number.isFinite(left) && Number.isFinite(top);
    const step = isThere ? `${pen}${left.toFixed(1)} ${top.toFixed(1)}` : "";
    pen = isThere ? "L" : "M";
    return step;
  });
  const drawn = svg("path", { class: "philab-panel-line", d: steps.join("") });
  (drawn as SVGElement).style.stroke = line.colour;
  return drawn;
}

/** The point of the line that lies next to x. */
function dotAt({ x, y, colour }: PanelLine, wanted: number, place: Place): Element[] {
  const k = nearest(x, wanted);
  const [left, top] = place(x[k], y[k]);
  if (!Number.isFinite(left) || !Number.isFinite(top)) return [];
  const dot = svg("circle", { cx: left.toFixed(1), cy: top.toFixed(1), r: 3.5 });
  (dot as SVGElement).style.fill = colour;
  return [dot];
}

/** The place of the number of a list that lies next to a wanted one. */
export function nearest(list: ArrayLike<number>, wanted: number): number {
  let [found, least] = [0, Number.POSITIVE_INFINITY];
  for (let k = 0; k < list.length; k++) {
    const distance = Math.abs(list[k] - wanted);
    if (distance < least) [found, least] = [k, distance];
  }
  return found;
}

function axes(name: string, across: Scale, up: Scale): Element[] {
  const [left, bottom] = [sides.left, height - sides.bottom];
  const text = (x: number, y: number, content: string, anchor: string): Element =>
    svg("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor }, content);
  return [
    ...up.ticks.map(([share]) => {
      const y = sides.top + inside.height * (1 - share);
      return svg("path", { class: "philab-panel-grid", d: `M${left} ${y.toFixed(1)}h${inside.width}` });
    }),
    svg("path", { class: "philab-panel-axis", d: `M${left} ${sides.top}V${bottom}H${width - sides.right}` }),
    ...across.ticks.map(([share, label]) => text(left + inside.width * share, bottom + 14, label, "middle")),
    ...up.ticks.map(([share, label]) =>
      text(left - 5, sides.top + inside.height * (1 - share) + 4, label, "end"),
    ),
    text(left + inside.width / 2, height - 4, name, "middle"),
  ];
}

function linear([from, to]: readonly [number, number]): Scale {
  const share = (value: number): number => (value - from) / (to - from);
  return { share, ticks: roundPlaces([from, to], 5).map((place) => [share(place), threeDigits(place)]) };
}

/** Powers of ten; within two of them round numbers say more. */
function logarithmic([from, to]: readonly [number, number]): Scale {
  const [least, most] = [Math.log10(from), Math.log10(to)];
  const share = (value: number): number => (Math.log10(value) - least) / (most - least);
  const powers = roundPlaces([least, most], 4, true).map((power) => 10 ** power);
  const places = powers.length > 1 ? powers : roundPlaces([from, to], 3).filter((place) => place > 0);
  const written = powers.length > 1 ? tenToThe : threeDigits;
  return { share, ticks: places.map((place) => [share(place), written(place)]) };
}

function tenToThe(x: number): string {
  return x >= 1e-2 && x <= 1e3 ? threeDigits(x) : powerOfTen(x);
}

/** From the least to the greatest finite number, wider than 0; `isPositive`: of those above 0. */
function rangeOf(lists: readonly Float64Array[], isPositive = false): [number, number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of lists) {
    for (const value of list) {
      if (!Number.isFinite(value) || (isPositive && value <= 0)) continue;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }
  if (least > greatest) return isPositive ? [0.1, 1] : [0, 1];
  if (least < greatest) return [least, greatest];
  return isPositive ? [least / 2, least * 2] : [least - 0.5, least + 0.5];
}
