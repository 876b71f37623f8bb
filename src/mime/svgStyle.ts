/** What makes a static figure dark where the page is, and colours a grey raster by a scale. */

import { darkLineColours, type Ramp, type ScaleName, scales } from "./colour.js";

/** The style of a figure, with the two filters that turn grey into the colours of a scale where it has a raster. */
export function figureStyle(scale?: ScaleName): string {
  if (scale === undefined) return `<style>${dark(rules)}</style>`;
  const ids = filterIds(scale);
  const swap = `.philab-figure .raster{filter:url(#${ids.dark})}`;
  return `<style>${dark(rules + swap)}</style>${filter(ids.light, scales[scale].light)}${filter(ids.dark, scales[scale].dark)}`;
}

/** The attributes of what is drawn in grey and shown in the colours of a scale. */
export function rasterAttributes(scale: ScaleName): string {
  return `class="raster" filter="url(#${filterIds(scale).light})"`;
}

/** A tool that knows no media query shows the light form, which stands in the attributes. */
const dark = (text: string): string => `@media (prefers-color-scheme:dark){${text}}`;

const rules = [
  ".ground{fill:#15181c}",
  "text{fill:#e3e6ea}",
  "text.bright{fill:#fff}",
  "text.deep{fill:#000}",
  ".axis{stroke:#7d8791}",
  ...darkLineColours.flatMap((colour, k) => [`.stroke${k}{stroke:${colour}}`, `.fill${k}{fill:${colour}}`]),
]
  .map((rule) => `.philab-figure ${rule}`)
  .join("");

function filterIds(scale: ScaleName): { light: string; dark: string } {
  return { light: `philab-${scale}-light`, dark: `philab-${scale}-dark` };
}

/** Grey levels at equal distances become the colours of the ramp. */
function filter(id: string, ramp: Ramp): string {
  const tables = ["R", "G", "B"].map((channel, c) => {
    const values = ramp.map((colour) => Number((colour[c] / 255).toFixed(4))).join(" ");
    return `<feFunc${channel} type="table" tableValues="${values}"/>`;
  });
  const whole = 'x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB"';
  return `<filter id="${id}" ${whole}><feComponentTransfer>${tables.join("")}</feComponentTransfer></filter>`;
}
