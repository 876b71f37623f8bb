/** Declarations as people write them, in the letters that the reader knows. */
import { need } from "./exact.js";

const greek =
  `alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau
upsilon phi chi psi omega`.split(/\s/);
/** What is written for what, one after the other. */
const spellings: readonly (readonly [RegExp, string | ((letter: string) => string)])[] = [
  [/[ᵢⁱ]/g, "^{i}"],
  [/[¹²³⁴-⁹]/g, "^$&"],
  [/×/g, " x "],
  [/∈/g, " in "],
  [/·/g, "*"],
  [/−/g, "-"],
  [/⌊/g, "floor("],
  [/⌋/g, ")"],
  [/[ϕϑϵµℝ¹²³⁴-⁹]/g, (letter) => letter.normalize("NFKC")],
  [/[α-ω]/g, (letter) => greek[letter.charCodeAt(0) - 0x3b1]],
  [/[Α-Ω]/g, (letter) => greek[letter.charCodeAt(0) - 0x391].replace(/^./, (first) => first.toUpperCase())],
];

/** Greek letters by name, signs in ASCII, and marks as parts of names: @ stands for the mark of the instance. */
export function plainText(text: string): string {
  need(!/[$@]/.test(text), "$ and @ are no letters");
  let plain = spellings.reduce((all, [from, to]) => all.replace(from, to as string), text);
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(/(?<!\bin\s+|\w)([A-Za-z]\w*)(@?)\s?([_^])\{([^{}]*)\}/g, marked);
  }
  return plain;
}

function marked(_all: string, name: string, at: string, sign: string, inside: string): string {
  if (sign === "^" && /^\d+$/.test(inside) && /^[hkmnpqs]$/.test(name)) return `${name}^${inside}`;
  const marks = inside.split(",").map((mark) => mark.trim());
  const kept = marks.filter((mark) => mark !== "i").map((mark) => `_${mark}`);
  return name + kept.join("") + (kept.length < marks.length ? "@" : at);
}
