/** Errors of the forward and the central difference over t, both in powers of ten. */

import { powerOfTen } from "../../../src/mime/written.js";
import { element } from "./element.js";
import type { DifferenceError } from "./gradientModel.js";
import { svgElement as svg } from "./svgElement.js";

/** The plot, and the t that a line of words is about. */
export interface DifferencePlot {
  readonly node: HTMLElement;
  draw(errors: readonly DifferenceError[]): void;
  /** Chooses t by its power of ten. */
  choose(power: number): void;
}

const [width, height] = [420, 240];
const sides = { left: 52, top: 12, right: 12, bottom: 38 };
/** Powers of ten that are drawn. */
const powers = { t: [-12, 0], error: [-16, 2] } as const;

/** An empty plot. */
export function differencePlot(): DifferencePlot {
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "philab-plot", role: "img" });
  const said = element("p", { class: "philab-note", "aria-live": "polite" });
  let [errors, chosen]: [readonly DifferenceError[], number] = [[], -6];
  const choose = (power: number): void => {
    chosen = power;
    const error = errors.find(({ t }) => Math.abs(Math.log10(t) - power) < 0.01);
    const [x] = place(power, 0);
    picture
      .querySelector(".philab-plot-chosen")
      ?.setAttribute("d", `M${x} ${sides.top}V${height - sides.bottom}`);
    said.textContent = error
      ? `t = ${powerOfTen(error.t)}: forward ${powerOfTen(error.forward)}, central ${powerOfTen(error.central)}`
      : "";
  };
  return {
    node: element("div", {}, picture as unknown as HTMLElement, legend(), said),
    draw(next) {
      errors = next;
      picture.setAttribute("aria-label", label(errors));
      picture.replaceChildren(
        ...axes(),
        line(errors, "forward"),
        line(errors, "central"),
        svg("path", { class: "philab-plot-chosen" }),
      );
      choose(chosen);
    },
    choose,
  };
}

function place(t: number, error: number): [number, number] {
  const share = ([from, to]: readonly [number, number], at: number): number =>
    Math.min(1, Math.max(0, (at - from) / (to - from)));
  return [
    sides.left + (width - sides.left - sides.right) * share(powers.t, t),
    sides.top + (height - sides.top - sides.bottom) * (1 - share(powers.error, error)),
  ];
}

/** An error of 0 has no logarithm: it is drawn at the bottom. */
function line(errors: readonly DifferenceError[], kind: "forward" | "central"): Element {
  const points = errors.map((error) =>
    place(Math.log10(error.t), Math.log10(error[kind] || 1e-16))
      .map((x) => x.toFixed(1))
      .join(" "),
  );
  return svg("path", { class: `philab-plot-${kind}`, d: `M${points.join("L")}` });
}

function axes(): Element[] {
  const [left, bottom] = [sides.left, height - sides.bottom];
  const ticks = (list: readonly number[], at: (n: number) => Element): Element[] => list.map(at);
  return [
    svg("path", { class: "philab-plot-axis", d: `M${left} ${sides.top}V${bottom}H${width - sides.right}` }),
    ...ticks([-12, -9, -6, -3, 0], (n) => text(place(n, -16)[0], bottom + 18, `10^${n}`, "middle")),
    ...ticks([-16, -12, -8, -4, 0], (n) => text(left - 6, place(0, n)[1] + 4, `10^${n}`, "end")),
    text((left + width) / 2, height - 3, "t", "middle"),
  ];
}

/** 10^−6 with its exponent above the line. */
function text(x: number, y: number, content: string, anchor: string): Element {
  const node = svg("text", { x: String(x), y: String(y), "text-anchor": anchor });
  const [base, exponent] = content.split("^");
  node.append(base);
  if (exponent !== undefined) {
    const raised = svg("tspan", { dy: "-5", "font-size": "11" });
    raised.append(exponent.replace("-", "−"));
    node.append(raised);
  }
  return node;
}

function legend(): HTMLElement {
  const entry = (kind: string, words: string): HTMLElement =>
    element("span", { class: `philab-key philab-key-${kind}` }, words);
  return element(
    "p",
    { class: "philab-note" },
    entry("forward", "(ξ(x + t) − ξ(x)) / t"),
    "  ",
    entry("central", "(ξ(x + t) − ξ(x − t)) / 2t"),
  );
}

function label(errors: readonly DifferenceError[]): string {
  const best = (kind: "forward" | "central"): string => {
    const { t, [kind]: error } = errors.reduce((found, next) => (next[kind] < found[kind] ? next : found));
    return `${kind} difference best at t = ${powerOfTen(t)} with relative error ${powerOfTen(error)}`;
  };
  return errors.length === 0 ? "" : `Relative error over t: ${best("forward")}; ${best("central")}`;
}
