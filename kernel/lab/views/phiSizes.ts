/** The sliders for h, s, padding and d, with a_out and b_out as they follow. */

import { convShape } from "../../../src/shape.js";
import { element } from "./element.js";
import type { PhiImage, PhiSizes } from "./readPhi.js";
import { rangeSlider } from "./slider.js";

const greatest = { h: 11, s: 6, pad: 4 };

// Over 40 lines: four sliders that move one another, listed once.
/** The sliders; `fit` makes them fit another image and returns the sizes that are left. */
export function phiSizes(
  first: PhiImage,
  beginning: PhiSizes,
  changed: (sizes: PhiSizes) => void,
): { readonly node: HTMLElement; fit(image: PhiImage): PhiSizes } {
  let [image, sizes] = [first, beginning];
  const formula = element("p", { class: "philab-formula-line", "aria-live": "polite" });
  const moved = (change: Partial<PhiSizes>): void => {
    sizes = fitting(image, { ...sizes, ...change });
    arrange();
    changed(sizes);
  };
  const ends = (name: "h" | "s" | "pad" | "d") => ({
    value: sizes[name],
    least: name === "pad" ? 0 : 1,
    greatest: 1,
  });
  const sliders = {
    h: rangeSlider("h", ends("h"), (h) => moved({ h })),
    s: rangeSlider("s", ends("s"), (s) => moved({ s })),
    pad: rangeSlider("padding", ends("pad"), (pad) => moved({ pad })),
    d: rangeSlider("d", ends("d"), (d) => moved({ d })),
  };
  const arrange = (): void => {
    const side = Math.min(image.a, image.b) + 2 * sizes.pad;
    sliders.h.set(sizes.h, 1, Math.max(sizes.h, Math.min(greatest.h, side)));
    sliders.s.set(sizes.s, 1, Math.max(sizes.s, greatest.s));
    sliders.pad.set(sizes.pad, 0, Math.max(sizes.pad, greatest.pad));
    sliders.d.set(sizes.d, 1, image.channels);
    formula.replaceChildren(...outputSides(image, sizes));
  };
  arrange();
  const row = element("div", { class: "philab-sliders" }, ...Object.values(sliders).map(({ node }) => node));
  return {
    node: element("div", { class: "philab-controls" }, row, formula),
    fit(next) {
      image = next;
      sizes = fitting(image, { ...sizes, d: image.channels });
      arrange();
      return sizes;
    },
  };
}

/** The window is no larger than the padded image. */
function fitting({ a, b, channels }: PhiImage, { d, h, s, pad }: PhiSizes): PhiSizes {
  return { d: Math.min(d, channels), h: Math.min(h, Math.min(a, b) + 2 * pad), s, pad };
}

/** a_out = ⌊(a + 2p − h)/s⌋ + 1 with its numbers, and b_out. */
function outputSides({ a, b }: PhiImage, sizes: PhiSizes): (Node | string)[] {
  const { aOut, bOut, h, s, pad } = convShape({ a, b, ...sizes });
  const side = (name: string, from: number, out: number): (Node | string)[] => {
    const padded = pad === 0 ? `${from}` : `${from} + ${2 * pad}`;
    const letter = element("i", {}, name);
    return [
      letter,
      element("sub", {}, "out"),
      ` = ⌊(${padded} − ${h})/${s}⌋ + 1 = `,
      element("b", {}, String(out)),
    ];
  };
  return [...side("a", a, aOut), ",  ", ...side("b", b, bOut)];
}
